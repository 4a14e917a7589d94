# native: loop
# status: 3
# Objects that live to the end of a program whose loops and functions were compiled end as they would: in the same order, seeing the same.
import atexit
import sys


class Object:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("finalizer", self.name, type(k).__name__, sys is not None, total(50000) if total else None)


def total(n):
    s = 0
    for j in range(n):
        s += j & 3
    return s


class Number(int):
    def __del__(self):
        print("number", int(self))


first = Object("first")
_hidden = Object("hidden")
cycle = Object("cycle")
cycle.itself = cycle
holder = [Object("in a list"), Number(7)]
atexit.register(lambda: print("exit function", first.name, total(300000)))
for k in range(600000):
    last = holder
    holder = last
    number = k * 0.5
print(total(600000), number)
for k in range(3000000):
    if k == 2500000:
        sys.exit(3)
