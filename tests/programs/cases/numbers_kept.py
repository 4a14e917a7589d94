# native: loop
"""Numbers that others keep while loops go on changing them: what call-outs were given, what generators have yielded, and what a callee puts in
their places late, in the frame or in a global name."""

import sys
from collections import deque

out = deque()
keep = out.append
rate = 3


def numbers(n, keep):
    a, b, c, d, e = 1, 0.5, -(1 << 40), 300, 0
    for k in range(n):
        a = a * 3 % 1000003
        keep(a)
        b = b * 0.999 + k
        keep(b)
        c += 12345678901 if k % 3 else -98765432109
        keep(c)
        keep(d)
        d = a if k & 1 else c
        keep(d)
        e = (e + 1) % 300
        keep(e)
        if k % 50 == 0:
            c = 7 - k
        if k % 60 == 1:
            c = -(1 << 61) + k
    return a, b, c, d, e


def changed(n, look):
    a, b, t = 1000, 0.25, 0
    for k in range(n):
        a = a * 3 % 1000003
        look(k)
        b += a
        t += rate + a
    return a, b, t


def look(k):
    global rate
    if k == 900:
        rate += 1000
        rate = rate - 1
    if k > 1200 and k % 100 == 0:
        rate += 1
    if k == 700:
        return sys._getframe(1).f_locals["a"] & 1
    if k == 1100:
        sys._getframe(1).f_locals["a"] = 12345
    if k == 1150:
        space = sys._getframe(1).f_locals
        space["a"] = 54321
        space["a"] = space["b"]
        space["a"] = 1 << 20
    return 0


def turns(n, m):
    s = 500
    last = None
    for i in range(n):
        for j in range(m):
            s = (s + (i ^ j)) % 100003
        yield s
        last = s if i % 5 else last
    yield last


def deeper(n, m):
    s = x = 0
    for i in range(n):
        for j in range(m):
            s += (i ^ j) % 7
        x = [i, s * 0.5, (yield s)]
        for j in range(m):
            s += j & 1
        x = max(s, (yield x[1]) or 0)
    yield x


def nested(n, m):
    s = 0.0
    for i in range(n):
        for j in range(m):
            s = s * 0.5 + j
        yield i, s, s


print([hash(x) for x in numbers(1500, keep)])
found = list(out)
print(len(found), sum(hash(x) & 0xffff for x in found), [x for x in found[::997]])
print([sum(x is y for x, y in zip(found, found[step:])) for step in range(1, 8)])
print(changed(2000, look), rate)
rate = 3
print(changed(2000, look), rate)
for made in (turns, deeper, nested):
    kept = list(made(1500, 900))
    copies = [repr(x) for x in kept]
    again = list(made(1500, 900))
    print(made.__name__, [repr(x) for x in kept] == copies == [repr(x) for x in again], hash(tuple(again)) & 0xffffff,
          sum(x is y for x, y in zip(kept, kept[1:])), again[-3:])
running = deeper(400, 900)
sent = [next(running)]
try:
    while True:
        sent.append(running.send(len(sent)))
except StopIteration:
    print(len(sent), sum(hash(x) & 0xfff for x in sent))
