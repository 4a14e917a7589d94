# native: loop
"""Functions that give numbers of several kinds, None, strings, constant tuples and computed ones by turns: who has which object, and what leaves in them."""
import math

LIMIT = 2.5
log = []


def part(k):
    if k % 7 == 0:
        return 0
    if k % 7 == 1:
        return None
    return k * 0.5


def pair(k):
    if k % 3 == 0:
        return 0, 0
    if k % 50 == 49:
        return 1, k, 2.5
    return k * 0.5, LIMIT


def named(k):
    return "even" if k % 2 == 0 else k


def recursive(depth, x):
    if depth == 0:
        return 0, 0
    if x > 40:
        return x, math.sqrt(x)
    a, b = recursive(depth - 1, x * 1.5)
    c, d = recursive(depth - 1, x + 1)
    s, t = 0, 0
    s += a
    t += b
    s += c
    t += d
    return s, t


def big(k):
    if k % 3 == 0:
        return k * 2 ** 60
    return k * 0.5 if k % 3 == 1 else True


class Number:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return self.x if self.x > 3 else None if self.x < 0 else "low"

    def __len__(self):
        return 3 if self.x > 1 else True

    @property
    def half(self):
        return self.x / 2 if self.x % 2 else None

    @half.setter
    def half(self, value):
        if value < 2:
            return 1
        self.x = value
        return 2.5

    def __call__(self, k):
        return (k, 0.5) if k % 2 else (1, 1)


def parts(n):
    total, none = 0.0, 0
    for k in range(n):
        found = part(k)
        if found is None:
            none += 1
        else:
            total += found
    return total, none


def pairs(n):
    kept, same, total = [], 0, 0.0
    for k in range(n):
        one = pair(k)
        total += one[0]
        if len(one) == 3:
            kept.append(one)
        if one is pair(0):
            same += 1
    return total, same, kept


def names(n):
    return [named(k) for k in range(n)].count("even"), sum(part(k) is None for k in range(n))


def large(n):
    total = 0
    for k in range(n):
        total += big(k)
    return total


def operators(n):
    seen = {}
    for k in range(n):
        number = Number(k % 9 - 2)
        found = number + 1
        seen[str(found)] = seen.get(str(found), 0) + 1
        number.half = k % 5
        half = number.half
        seen[half] = seen.get(half, 0) + len(number)
        a, b = number(k)
        seen["sum"] = seen.get("sum", 0) + a + b
    return seen


def unpacked(n):
    total = 0
    for k in range(n):
        a, b = pair(k)
        total += a + b
    return total


for turn in range(3):
    print(parts(3000), pairs(3000), names(500))
    print(large(2000), sorted(operators(900).items(), key=str))
    print(recursive(9, 1), recursive(9, 1.5), recursive(8, 30), pair(3) is pair(6), pair(4) is pair(4))
    try:
        print(unpacked(2000))
    except ValueError as error:
        print(error, error.__traceback__.tb_next.tb_lineno, error.__traceback__.tb_next.tb_frame.f_locals)
    if turn == 1:
        LIMIT = 7
