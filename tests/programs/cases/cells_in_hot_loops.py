# native: loop
"""Hot loops in functions that share variables with inner ones: read and written by both, of changing types, emptied."""


def product(left, right):
    rows, inner, columns = len(left), len(right), len(right[0])
    made = [[0] * columns for _ in range(rows)]
    shared = lambda: (rows, inner, columns)  # noqa: E731
    for i in range(rows):
        for j in range(columns):
            total = 0
            for k in range(inner):
                total += left[i][k] * right[k][j]
            made[i][j] = total
    return made, shared()


def changed_by_a_callee(n):
    factor, found = 1, 0

    def change(k):
        nonlocal factor
        if k % 700 == 3:
            factor = factor + 0.5 if k > 15_000 else factor + 1
        return k

    for k in range(n):
        change(k)
        for j in range(10):
            found += factor * j
    return found, factor


def counter():
    count, last = 0, None

    def turn(n):
        nonlocal count, last
        for k in range(n):
            for j in range(20):
                if j == 7:
                    count += k & 3
            last = k
        return count, last

    return turn


def emptied(n, when):
    value = 3

    def empty():
        nonlocal value
        del value

    total = 0
    for k in range(n):
        for j in range(20):
            total += j
        if k == when:
            empty()
        total += value
    return total


class Noisy:
    def __init__(self, k):
        self.k = k

    def __del__(self):
        ended.append(self.k)


def ends(n):
    thing = None

    def peek():
        return thing

    total = 0
    for k in range(n):
        if k % 1000 == 0:
            thing = Noisy(k)
            ended.append(-1)
        for j in range(10):
            total += j
    return total, peek().k


values = [[float(i * 60 + j) / 7 for j in range(60)] for i in range(60)]
for _ in range(4):
    made, shape = product(values, values)
print(repr(sum(map(sum, made))), shape, type(made[3][5]))
whole = [[i * 60 + j for j in range(60)] for i in range(60)]
made, shape = product(whole, whole)
print(sum(map(sum, made)), type(made[3][5]))
print(changed_by_a_callee(30_000))
turn = counter()
print(turn(30_000), turn(20_000))
print(emptied(20_000, -1))
try:
    emptied(40_000, 30_000)
except NameError as error:
    inner = error.__traceback__.tb_next
    print(error, inner.tb_lineno, inner.tb_frame.f_locals["k"], inner.tb_frame.f_locals["total"], "value" in inner.tb_frame.f_locals)
ended = []
print(ends(30_000))
print(len(ended), ended[:8], ended[-4:])
