# native: loop
# zip and enumerate keep the items that they gave last until the next ones, or their own end.

from turns import run

died = []


class Noticed:
    made = 0

    def __init__(self, value):
        Noticed.made += 1
        self.number = Noticed.made

    def __del__(self):
        died.append(self.number)


def order_at_the_end(n, make, t):
    count = 0
    for k in range(n):
        for b, o in enumerate([make(k), make(k)]):
            a, o = t
        for b, o in zip([1, 2], [make(k), make(k)]):
            a, o = t
        count = (count * 3 + len(died)) % 1000003
        for x in range(9):
            count += x
    return count, died[-4:], a, b


def taken_from_the_list(n, make, t):
    count = 0
    for k in range(n):
        objects = [make(k), make(k), make(k)]
        for b, o in enumerate(objects):
            objects[b] = o = None
            count = (count * 3 + len(died)) % 1000003
        for b, o in zip(range(2), [make(k), make(k)]):
            o = None
            if b == 1: break
            count = (count * 3 + len(died)) % 1000003
        for x in range(9):
            count += x
    return count, died[-4:], b


def rows(n, grid, t):
    count = 0
    for k in range(n):
        for i, row in enumerate(grid):
            for j, x in enumerate(row):
                count += x * (i + j)
        for (a, b), row in zip([(1, 2), (3, 4)], grid):
            count += a * b + row[0]
    return count


for function in order_at_the_end, taken_from_the_list:
    died.clear()
    Noticed.made = 0
    run(function, lambda k: (20, Noticed, (1, None)), 300)
    print(died[:20])
run(rows, lambda k: (5, [[k, 2, 3], [4, 5, 6]], None), 600)
