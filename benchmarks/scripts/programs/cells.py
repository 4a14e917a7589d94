"""A cellular automaton of one dimension."""

RULE = 110
table = [(RULE >> k) & 1 for k in range(8)]
cells = [0] * 600
cells[300] = 1
alive = []
for step in range(8000):
    cells = [table[cells[i - 1] * 4 + cells[i] * 2 + cells[(i + 1) % len(cells)]] for i in range(len(cells))]
    alive.append(sum(cells))
print(alive[-5:], sum(alive))
