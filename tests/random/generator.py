"""Random programs: a seed in, the text of a module out, always the same one for a seed.

The module has globals, a few functions that the hot loops call, `f`, and `CALLS`: argument lists as text, first some
of the kinds that `f` was written for, then surprising ones.  A module-level program has the same statements at module
level and prints its globals at the end.  Loops are bounded, so every program ends soon.
"""

import random as randomness

from tests.random import arguments
from tests.random.statements import Writer

HEAD = '''\
import math
import numpy as np

G_INT = 3
G_FLOAT = 0.75
G_ROW = [3, 1, 2, 5]
G_ONE = G_TWO = None
TABLE = {}
DROPPED = []


class Loud:
    def __init__(self, number):
        self.number = number

    def __repr__(self):
        return f"Loud({self.number})"

    def __del__(self):
        DROPPED.append((self.number, len(G_ROW), G_ONE is G_TWO))


class Left:
    share = 3

    def __init__(self, count, weight=0.5):
        self.count, self.weight = count, weight

    def __repr__(self):
        return f"{type(self).__name__}({self.count!r}, {self.weight!r})"

    def step(self, x):
        return x + self.count

    def scaled(self, x):
        return x * self.weight

    def grown(self):
        self.count += 1
        return self.count


class Right:
    def __init__(self, count, weight=1.5):
        self.weight = weight
        self.scaled = half
        self.share = self.count = count

    __repr__ = Left.__repr__

    def step(self, x):
        return x - self.count

    @property
    def twin(self):
        return self.count * 2

    def grown(self):
        return self.count


class Middle(Left):
    def __init__(self, count, weight=2.5):
        self.seen = 0
        super().__init__(count, weight)

    def step(self, x):
        self.seen += 1
        return x ^ 1


def half(x):
    return x / 2


def told(o, x):
    step = o.step
    return step(x) + o.share


def weighed(o, x):
    scaled = o.scaled
    for k in range(3):
        x = scaled(x)
    return x - o.weight


def plain(x):
    return x


def noisy(x):
    print("noisy", x)
    return x


def counting(x):
    global G_INT
    G_INT = (G_INT + 1) % 1000
    return x


def rebinding(x):
    global G_ROW
    if x % 5 == 3:
        G_ROW = [x, G_ROW[0], 2, 7]
    return x


def looking(x):
    print("looking", G_ROW, G_ONE is None, G_ONE is G_TWO)
    return x


def fails_at(x):
    if x == 5:
        raise KeyError("five")
    return x


def locked(a):
    a.flags.writeable = False
    return a

'''

WARM, SURPRISING = 4, 4

SHOW = '''
import atexit


def shown(x, depth=0):
    if isinstance(x, float):
        return type(x).__name__ + ("nan" if x != x else x.hex())
    if isinstance(x, (list, tuple)) and depth < 5:
        return type(x).__name__ + "(" + ", ".join([shown(y, depth + 1) for y in x]) + ")"
    if isinstance(x, int):
        return type(x).__name__ + hex(x)
    if isinstance(x, (Left, Right)):
        return type(x).__name__ + ", ".join([name + " " + shown(y, 4) for name, y in vars(x).items() if y is not half])
    return type(x).__name__ + repr(x)


def show():
    for name, x in list(globals().items()):
        if isinstance(x, (int, float, list, tuple, np.ndarray, np.generic, dict, Left, Right, type(None))) and not name.startswith("__"):
            print(name, shown(x))


atexit.register(show)
'''


def program(seed):
    """The text of the program with that number."""
    random = randomness.Random(f"program {seed}")
    writer = Writer(random, returns=True)
    kinds = writer.parameters(random.randint(2, 4))
    body = writer.function_body()
    calls = [[arguments.value(random, kind, False) for kind in kinds.values()] for _ in range(WARM)]
    for _ in range(SURPRISING):
        call = [arguments.value(random, kind, random.random() < 0.3) for kind in kinds.values()]
        place = random.randrange(len(call))
        call[place] = arguments.surprise(random, list(kinds.values())[place])
        calls.append(call)
    lines = [f"def f({', '.join(kinds)}):", *("    " + line for line in body), "", "", "CALLS = ["]
    lines += [f"    {'(' + ', '.join(call) + ',)'!r}," for call in calls]
    return HEAD + "\n" + "\n".join(lines) + "\n]\n"


def script(seed):
    """The text of the module-level program with that number."""
    random = randomness.Random(f"script {seed}")
    writer = Writer(random, returns=False)
    kinds = writer.parameters(random.randint(2, 4))
    body = writer.function_body()
    values = [f"{name} = {arguments.value(random, kind, random.random() < 0.2)}" for name, kind in kinds.items()]
    return HEAD + SHOW + "\n" + "\n".join(values + body) + "\n"
