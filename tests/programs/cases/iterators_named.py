# native: loop
# Iterators that have names: behind the loop, a comprehension, an error they stand where the loop left them, whoever asks.

import sys


def broken_off(n):
    it = enumerate(list(range(n)))
    t = 0
    for i, x in it:
        t += i
        if i == n // 2:
            break
    return t, next(it)


def by_turns(n):
    it = zip(range(n), list(range(n)))
    out = []
    for turn in range(3):
        for i, x in it:
            if i % 1000 == 999:
                break
        out.append(next(it, None))
    return out


def behind_an_error(n):
    it = iter(list(range(n)))
    pairs = enumerate(it)
    found = []
    try:
        [1 // (i - n // 2) for i, x in pairs]
    except ZeroDivisionError:
        found = [next(pairs), next(it)]
    try:
        [1 // (x - n // 2 - 1000) for x in it]
    except ZeroDivisionError:
        found.append(next(it))
    return found


def seen_by(n):
    it = enumerate(list(range(n)))
    for i, x in it:
        if i == n - 5:
            print(sys._getframe().f_locals["it"].__reduce__()[1][1:], locals()["it"].__reduce__()[1][1:])
    return i


def adv(x):
    if x == 3000:
        print(next(sys._getframe(1).f_locals.get(".0", iter("q"))))
    return x


def hot(n):
    t = 0
    for k in range(n):
        t += k & 3
    return t


for n in (9000, 9000, 1000000, 9000):
    print(broken_off(n), by_turns(n), behind_an_error(n), seen_by(n), hot(n))
source = list(range(5000))
for turn in range(3):
    print(len([adv(x) + i for i, x in enumerate(source)]) - 5000 < 1, len([adv(x) for x in source]) - 5000 < 1)
pairs = enumerate(list(range(1000000)))
for i, x in pairs:
    if i == 500000:
        break
print(next(pairs), sum([x for i, x in pairs]), next(pairs, "over"))
print(hot(3000000))
