"""Life on an endless board: a Counter of neighbours."""

from collections import Counter


def step(cells):
    counts = Counter(((x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy))
    return {c for c, n in counts.items() if n == 3 or (n == 2 and c in cells)}


cells = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2), (10, 10), (11, 10), (12, 10), (11, 11), (20, 5), (21, 5), (22, 5), (23, 6)}
for _ in range(20000):
    cells = step(cells)
print(sorted(cells)[:5], len(cells))
