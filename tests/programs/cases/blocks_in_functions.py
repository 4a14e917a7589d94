# native: loop
# alone: yes
"""Functions and methods with blocks: entered often, nested, recursive, left in every way; what changes meanwhile."""

import sys
import traceback
import warnings

import framejit

scale = 2


def often(n):
    s = 0
    with framejit.jit():
        for k in range(10):
            s += k * n
    return s


def left(how, n):
    s = 0.0
    for turn in range(3):
        with framejit.jit() as block:
            for k in range(n):
                s += k * 0.5
                if k == how:
                    return "returned", s, turn, k
                if k == how - 1000:
                    break
                if k == how - 2000:
                    raise KeyError(s)
            if turn == how - 3000:
                continue
            s += 1000
        s += 1
    return s, turn, block is not None


def nested(n):
    s = t = 0
    with framejit.jit():
        for i in range(n):
            s += i
            if i % 50 == 0:
                with framejit.jit():
                    for j in range(40):
                        t += j * s
                        if t > 10**17:
                            t = 0
        with framejit.jit(), framejit.jit() as inner:
            for i in range(n):
                s -= i // 2
    return s, t, i, j, inner is not None


def recursive(depth):
    s = 0
    with shared:
        for k in range(30):
            s += k * depth
            if k == 20 and depth:
                s += recursive(depth - 1)
    return s


shared = framejit.jit()


class Counter:
    def __init__(self):
        self.count, self.step = 0, 0.5

    def run(self, n):
        with framejit.jit():
            for k in range(n):
                self.count += self.step * k
                if k == 700:
                    self.step = Noisy(self.step)
        return self.count


class Noisy(float):
    def __mul__(self, other):
        return float(self) * other + 1.0

    def __del__(self):
        print("a Noisy ends")


def rescaled(n):
    global scale
    s = 0
    with framejit.jit():
        for k in range(n):
            s += k * scale
            if k == 600:
                change()
    return s


def change():
    global scale
    scale = 3 if scale == 2 else 2.5
    print("changed in line", sys._getframe(1).f_lineno)


def warned(values):
    s = 0
    with framejit.jit():
        for value in values:
            s += value
            if value == 250:
                warnings.warn(f"at {value}", stacklevel=2)
    return s


def unbound(n):
    with framejit.jit():
        for k in range(n):
            if k > 400:
                s += k
            if k > 800:
                s = 0
    return s


def finalized(n):
    s = 0
    with framejit.jit():
        thing = Noisy(2.0)
        for k in range(n):
            s += k
            thing = k
        del thing
    return s


results = [often(n) for n in range(3000)]
print(sum(results), results[7])
print(often(2.5), often(10**30), often("ab") if False else None)
for how in (-1, 5, 400, 1005, 2007, 3001, 99):
    try:
        print(how, left(how, 500))
    except KeyError as error:
        print(how, "raised", error, error.__traceback__.tb_next.tb_lineno)
print([nested(n) for n in (10, 300, 1000)])
print([recursive(depth) for depth in (0, 3, 12)])
for _ in range(2):
    counter = Counter()
    print(counter.run(1500), type(counter.step).__name__)
    del counter
print([rescaled(1200) for _ in range(3)])
print([warned(list(range(500))), warned([k * 0.5 for k in range(1000)])])
for _ in range(3):
    try:
        unbound(900)
    except UnboundLocalError:
        traceback.print_exc(file=sys.stdout)
print(finalized(1000), finalized(3))
try:
    often(None)
except TypeError:
    traceback.print_exc(file=sys.stdout)
