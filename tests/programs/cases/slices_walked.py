# native: entry
# Generator expressions over slices, and over ranges that variables hold: bounds of every sign, lists that change between or meanwhile, errors in the middle.

import sys
import traceback


def chosen(pool, indices, r):
    found = []
    for k in range(12):
        found.append(tuple(pool[i] for i in indices[:r]))
        found.append(list(pool[i] for i in indices[k:]))
        found.append(sum(pool[i] for i in indices[-k:r]))
        found.append(set(pool[i] for i in indices[k - 5:-1]))
    return found


def bounds(xs, a, b):
    kept = None
    for _ in range(5):
        kept = [list(x for x in xs[a:b]), sorted(x for x in xs[b:a]), tuple(x for x in xs[a:]), any(x == 3 for x in xs[:b]), max(x for x in xs[:] if x >= 0)]
    return kept


def stepped(xs):
    return [sum(x for x in xs[::step]) for step in (1, 2, -1)], sum(x for x in xs[1:9:3])


def grown(xs):
    def grows(x):
        if len(xs) < 40:
            xs.append(x)
        return x + len(xs)
    return [sum(grows(x) for x in xs[:5]) for _ in range(10)], len(xs)


def inverse(xs, n):
    total = 0
    for k in range(n):
        total += sum(1 / x for x in xs[k:k + 3])
    return total


def over(r, xs):
    total, seen = 0, []
    for k in range(15):
        total += sum(x * k for x in r)
        for i in r:
            total += i
            if i > 50:
                break
        seen.append(len(set(xs[i % len(xs)] for i in r)))
    return total, seen, r


def one_after_the_other(spans):
    total = 0
    for r in spans:
        for _ in range(8):
            total += sum(i for i in r)
            for i in r:
                total -= 2 * i
            total += sum(range(3)) + len(r)
    return total


def permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r
    indices, cycles = list(range(n)), list(range(n - r + 1, n + 1))[::-1]
    yield tuple(pool[i] for i in indices[:r])
    while n:
        for i in reversed(range(r)):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1:] + indices[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                indices[i], indices[-j] = indices[-j], indices[i]
                yield tuple(pool[i] for i in indices[:r])
                break
        else:
            return


class Place:
    def __init__(self, at):
        self.at = at

    def __index__(self):
        print("asked for", self.at)
        return self.at


def shown(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception as error:
        print("".join(traceback.format_exception(error)))


xs = [3, 1, 4, 1, 5, 9, 2, 6]
for turn in range(3):
    shown(chosen, (10, 20, 30, 40), [2, 0, 3, 1], 3)
    shown(chosen, [1.5, 2.5], [1, 0, 1], -1)
    shown(chosen, [1.5, 2.5], [1, 0, 7], 2)
    for a in (0, 2, -3, 20, -20, None, True, 2 ** 40, 2 ** 70, Place(1)):
        for b in (5, -1, None, Place(-2)):
            shown(bounds, xs, a, b)
    shown(bounds, tuple(xs), 1, -1)
    shown(bounds, "text", 1, 2)
    shown(bounds, xs, 1.5, 2)
    shown(stepped, xs)
    shown(grown, xs[:6])
    shown(inverse, [1, 2, 4, 5.0, 8, 10], 4)
    shown(inverse, [1, 2, 4, 5, 0, 10], 4)
    for r in (range(8), range(3, 9), range(9, -1, -2), range(0), range(0, 100, 7), range(2 ** 62 - 2, 2 ** 62), range(2 ** 70, 2 ** 70 + 3), range(2 ** 63 - 3, 2 ** 63 - 1), (1, 2), range(True)):
        shown(over, r, xs)
    shown(one_after_the_other, [range(4), range(4, 0, -1), range(0, 12, 5), [7, 8], range(3)])
    print(sum(hash(one) % 1000 for one in permutations("abcdef")), len(list(permutations(range(6), 3))))
held = [float(k) for k in range(5)]
print([one is other for one, other in zip(held[1:4], list(x for x in held[1:4]))], sys.getrefcount(held) < 5)
