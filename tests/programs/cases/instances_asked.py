# native: loop
# isinstance in hot functions: numbers, objects of several classes, classes that change their bases or have their own say.

import abc


class Vec:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        if isinstance(other, Vec):
            return Vec(self.x + other.x)
        if isinstance(other, (int, float)):
            return Vec(self.x + other)
        return NotImplemented


class Longer(Vec):
    pass


class Apart:
    def __init__(self, x):
        self.x = x

    def __radd__(self, other):
        return other


class Asked(type):
    def __instancecheck__(cls, one):
        SAID.append(type(one).__name__)
        return True


class Anything(metaclass=Asked):
    pass


class Registered(abc.ABC):
    pass


class Liar:
    @property
    def __class__(self):
        SAID.append("liar")
        return Vec


SAID = []
Registered.register(Apart)


def kind(x):
    if isinstance(x, bool):
        return 1
    if isinstance(x, int):
        return 2
    if isinstance(x, float):
        return 3
    if isinstance(x, (Vec, str)):
        return 4
    return 5 if isinstance(x, Registered) else 6


def kinds(values, n):
    s = 0
    for k in range(n):
        s = (s * 7 + kind(values[k % len(values)])) % 100_003
    return s


def added(others, n):
    v = Vec(0.5)
    for k in range(n):
        v = v + others[k % len(others)]
    return v.x


def told(values, n):
    s = 0
    for k in range(n):
        x = values[k % len(values)]
        s += x * 2 if isinstance(x, int) else len(x) if isinstance(x, (tuple, list)) else 1
        s += isinstance(k, object) + isinstance(s, Anything) + isinstance((k, s), tuple)
        if k == n // 2:
            change()
    return s


def change():
    if CHANGES:
        CHANGES.pop()()


def other_bases():
    Longer.__bases__ = (Apart,)


def back_again():
    Longer.__bases__ = (Vec,)


def own_say():
    Apart.__class__ = property(lambda self: SAID.append("apart") or Vec)


def no_say():
    del Apart.__class__


CHANGES = []


def shown(function, *arguments):
    try:
        print(function.__name__, function(*arguments), len(SAID), SAID[-2:])
    except Exception as error:
        print(type(error).__name__, error, error.__traceback__.tb_next.tb_lineno)


for turn in range(3):
    shown(kinds, [1, 2.5, True, 3], 2_000)
    shown(kinds, [Vec(1), Longer(2), Apart(3)], 2_000)
    shown(kinds, [Vec(1), "text", None, 2], 2_000)
    shown(kinds, [Vec(1), Liar()], 500)
    shown(added, [Vec(1), Vec(2.5)], 2_000)
    shown(added, [Vec(1), 2.5, 3], 2_000)
    shown(added, [Vec(1), Longer(0.5), 3], 2_000)
    shown(added, [Vec(1), Apart(2)], 2_000)
    shown(added, [Vec(1), "text"], 2_000)
    shown(told, [1, (2, 3), [4]], 500)
    for changed in (other_bases, back_again, own_say, no_say):
        CHANGES.append(changed)
        shown(told, [1, 2.5, Apart(1)], 500)
        shown(kinds, [Vec(1), Longer(2), Apart(3)], 2_000)
        shown(added, [Vec(1), Longer(0.5)], 2_000)
        shown(kinds, [Apart(1)], 200)
