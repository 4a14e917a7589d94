# native: loop
"""Tuples and names that share a number or a list hold one object, whatever lies between: a jump, an exit, another value of the name."""


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def across_a_jump(x, limit, n):
    for k in range(n):
        y = x * 0.5 + k
        pair = (y, y)
        if k > limit:
            x += 1
        else:
            x -= 0.25
    return [y, pair, pair[0] is y, pair[1] is y]


def unpacked(x, y, n):
    same = 0
    for k in range(n):
        pair = (x * 0.5 + k, y)
        a, b = pair
        y += 0.5
        if k > 3:
            same += 1
        same += a is pair[0]
        same += b is pair[1]
    return [a, b, pair, same, a is pair[0], b is pair[1]]


def appended(x, y, n):
    made = []
    for k in range(n):
        z = x * 0.5 + k
        pair = (z, y)
        made.append(pair)
        y += 0.5
    return [made[-1] is pair, made[-1][0] is z, made[-1][0] is pair[0], pair, len(made)]


def nested(x, y, n):
    kept = None
    for k in range(n):
        y = x * 0.5 + k
        z = k * 1000
        x = ((y, z), 1 if k > 4 else 2)
        kept = (x, y) if k > 4 else 3
        x = y
    return [y, z, x, kept, kept[1] is y, kept[0][0][0] is y, kept[0][0][1] is z]


def other_value(x, y, n):
    """The name of an item gets another value while the tuple lives."""
    kept = None
    for k in range(n):
        pair = (x, x)
        numbers = (y, (y := k * 0.25), k)
        inner = ((x, y), (x := [k * 2.5]), (y := k * 0.75))
        if k == n // 2:
            kept = (pair, numbers, inner)
    return [kept, pair, numbers, inner, x, y, pair[0] is pair[1], inner[1] is x]


def leaves(x, y, n, surprise):
    """An exit in mid-loop, where the tuple is not built yet."""
    for k in range(n):
        z = x * 2.0 + k
        pair = (z, (z, y))
        x = surprise[k & 7] + 1
    return [z, pair, pair[0] is z, pair[1][0] is z, pair[1][1] is y, x]


def dropped(thing, n):
    for k in range(n):
        pair = (thing, k)
        thing = [k]
        if k == n - 3:
            thing = Noisy(k)
    print("end", pair)
    return thing


for size in (10, 30000):
    print(across_a_jump(1.0, 3, size))
    print(unpacked(1.0, 3.0, size))
    print(appended(1.0, 3.0, size))
    print(nested(1.0, 2.5, size))
    print(other_value([1.0], 2.5, size))
    print(other_value(1.5, 2.5, size))
    print(leaves(1.0, 2.5, size, [1.0] * 7 + [2**70]))
    print(leaves(1.0, 2.5, size, [1.0, 2, 3.0, True, 1.0, 2.0, 5, 2**70]))
    print(dropped([0], size))
