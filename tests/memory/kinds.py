"""One small program for each way into native code and out of it: `many(n)` takes it n times.

`share`: how many of a run's turns one of these makes (compiling anew takes a thousand times as long as a call).
`evidence`: counters of stats() that have to rise by so much a turn.
"""

from typing import NamedTuple

from tests.exits.anomalies import ANOMALIES
from tests.exits.guards import GUARDS
from tests.exits.states import STATES


class Kind(NamedTuple):
    name: str
    source: str         # sees np, math, time and framejit
    evidence: dict
    share: float = 1.0
    settings: dict = {}  # environment variables


def called(name, source, each, share=1.0, **evidence):
    """A kind whose turn is one expression."""
    return Kind(name, f"{source}\ndef many(n):\n    for k in range(n):\n        {each}\n", evidence or {"native_entries": 1}, share)


CAUGHT = """
def many(n):
    for k in range(n):
        try:
            f(20)
        except (ValueError, ZeroDivisionError):
            pass
"""

KINDS = (
    called("call", "@framejit.jit\ndef f(a, b):\n    return a * b + 1\n", "f(k, 0.5)"),
    called("call that gives its argument", "@framejit.jit\ndef f(a, b):\n    return a if a * b > 3 else b\n", "f(k + 1000, 10**6)"),
    called("call that misses", "@framejit.jit\ndef f(a):\n    return a * 3 + a\n", "f(k); f('ab')"),
    called("call with a loop", "@framejit.jit\ndef f(n):\n    s = 0\n    for k in range(n):\n        s += k * k\n    return s, n\n", "f(20)"),
    Kind("running loop in a function", """
def f(seconds):
    end, s = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        for k in range(2000):
            s = (s * 3 + k) % 1000003
    yield s
def many(n):
    framejit.enable()
    for k in range(n):
        list(f(0.004))
""", {"osr_entries": 0.2}, 0.01, {"FRAMEJIT_EAGER": "1"}),
    Kind("running loop in a module", """
CODE = compile('''
end, s = time.perf_counter() + 0.004, 0
while time.perf_counter() < end:
    for k in range(2000):
        s = (s * 3 + k) % 1000003
''', "<module>", "exec")
def many(n):
    framejit.enable()
    for k in range(n):
        exec(CODE, globals())
""", {"osr_entries": 0.2}, 0.01, {"FRAMEJIT_EAGER": "1"}),
    called("block", "def f(n):\n    s = 0\n    with framejit.jit():\n        for k in range(n):\n            s += k * 3 % 7\n    return s\n", "f(20)"),
    called("block that is left by an exception", """
def f(n):
    s = 0
    try:
        with framejit.jit():
            for k in range(n):
                s += k * 3 % 7
                if k == 15:
                    raise ValueError(k)
    except ValueError:
        return s
""", "f(20)", native_entries=1, exits=1),
    called("overflow", "@framejit.jit\ndef f(n):\n    product = 1\n    for k in range(1, n):\n        product *= k\n    return product\n", "f(24)", exits=1),
    called("guard", "@framejit.jit\ndef f(items):\n    s = 0\n    for item in items:\n        s += item * 2 + s % 3\n    return s\nitems = list(range(1000, 1020))\n",
           "items[19] = 1000 + k if k % 2 else 2**70 + k; f(items)", exits=0.5),
    called("raise", "@framejit.jit\ndef f(n):\n    s = 0\n    for k in range(n):\n        s += k\n        if k == 19:\n            raise ValueError(s)\n    return s\n" + CAUGHT.replace("many", "all_of"),
           "all_of(1)", exits=1),
    Kind("raise out of a routine", """
def g(k):
    return 100 // (19 - k)
@framejit.jit
def f(n):
    s = 0
    for k in range(n):
        s += g(k)
    return s
""" + CAUGHT, {"native_entries": 1, "exits": 1}),
    called("out of several frames", """
def g(a, b):
    return a * b
def h(a, b):
    return g(a, b) + 1
@framejit.jit
def f(n):
    product = 1
    for k in range(1, n):
        product = h(product, k)
    return product
""", "f(24)", exits=1),
    called("recursion", "@framejit.jit\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\n", "f(6)"),
    called("recursion that overflows", "@framejit.jit\ndef f(n):\n    return 1 if n < 2 else n * f(n - 1)\n", "f(24)", exits=1),
    called("call-out", "@framejit.jit\ndef f(n):\n    s = 0\n    for k in range(n):\n        s += k * k % 7 - k % 3 + (k ^ s) * 3 % 11 + k // 2\n        if k == 10:\n            s += len(repr([s]))\n    return s\n", "f(400)", callouts=1),
    called("world point behind which something has changed", """
STEP = 1
def change():
    global STEP
    STEP = 2.5 if STEP == 1 else 1
@framejit.jit
def f(n):
    total = 0
    for k in range(n):
        total += STEP * k - k % 3 + k // 2 + k * k % 5 + (k ^ 3) % 7
        if k == 10:
            change()
    return total
""", "f(40)"),
    called("array expression", "a, b = np.arange(10.0), np.arange(10.0) + 1\n@framejit.jit\ndef f(a, b):\n    return np.sqrt(a * a + b) - a / b\n", "f(a, b)"),
    called("array expression of other strides", "a, b = np.arange(64.0).reshape(8, 8).T, np.arange(16.0)[::2]\n@framejit.jit\ndef f(a, b):\n    return (a * b + a[:, ::-1]) * 2 - b\n", "f(a, b)"),
    called("array expression that warns", """
import warnings
warnings.simplefilter("ignore")
a, b = np.arange(10.0), np.arange(10.0)
@framejit.jit
def f(a, b):
    s = 0
    for k in range(12):
        s += k * k % 7
    return (a + s) / b
""", "f(a, b)", exits=0.0),
    called("array expression of shapes that don't fit", """
a, b = np.arange(10.0), np.arange(9.0)
@framejit.jit
def f(a, b):
    return a * 2 + b
f(a, a)
def tried():
    try:
        f(a, b)
    except ValueError:
        pass
""", "tried()"),
    called("NumPy's functions as they are", """
x, i, m, p, rng = np.arange(6.0), np.arange(6)[::-1].copy(), np.arange(6) > 2, np.array([[2.0, 0.5], [0.5, 1.0]]), np.random.default_rng(1)
@framejit.jit
def f(x, i, m, p, rng):
    a, b = x[i], x[m]
    x[i], s = a, rng.random() + np.exp(-a[0])
    x[m] += 0.0
    np.add.at(x, i, 0.0)
    np.add(x, 0.0, out=x)
    c = np.concatenate((a, b)).cumsum() + np.roll(np.concatenate([a, b], axis=0), 1)
    d = np.linalg.solve(p, np.array([s, 1.0])) @ np.linalg.inv(p)
    return c, d, np.nonzero(m)[0], p.reshape(-1), rng.random(3), np.searchsorted(x, 0.5), x.tolist()
""", "f(x, i, m, p, rng)"),
    called("masks, ends, transforms, slices", """
x, m, p, rng, loaded = np.arange(8.0), np.arange(8) % 3 > 0, np.arange(24.0).reshape(8, 3), np.random.default_rng(1), np.fft
@framejit.jit
def f(x, m, p, rng):
    part = slice(1, len(x))
    t = x[part].clip(min=1) * 2 + np.clip(x[:-1], 0, a_max=5)
    np.multiply(x, 1.0, out=x, where=m)
    p[m] *= 1.0
    p[m, 1] = t[0]
    return np.fft.irfft(np.fft.rfft(x)), p[x > 2].mean(axis=0), p.T @ p, np.add.reduceat(x, np.nonzero(m)[0]), np.maximum.accumulate(t), rng.integers(9, size=4), np.einsum("ij,ij->i", p, p)
""", "f(x, m, p, rng)"),
    called("statements over arrays", """
a, b, c = np.arange(10.0), np.arange(10.0) + 1, np.arange(12)
@framejit.jit
def g(a, b):
    t = a * b
    u = t - a
    return u / (t + 1.0)
@framejit.jit
def h(a, b):
    d = a[:, None] - b
    s = (d * d).sum(axis=1)
    return np.sqrt(s).round(2) / len(a)
@framejit.jit
def f(a, b, c):
    for k in range(3):
        t = a * b + k
        a = np.maximum(t, 0.5) - b
        b = t * 0.25
    i = c[c % 3 == 0]
    np.subtract.at(c, i, 0)
    return a, b, g(a, b), h(a, b), np.cumsum(c.reshape(3, 4), axis=0)
""", "f(a, b, c)"),
    called("reductions inside expressions", """
x = np.arange(60.0).reshape(6, 10) / 60
@framejit.jit
def f(x):
    m = x.max(axis=-1, keepdims=True)
    e = np.exp(x - m)
    for k in range(2):
        p = e / e.sum(axis=-1, keepdims=True) * x.std(axis=-1, keepdims=True)
    return m, p
""", "f(x)"),
    called("reductions inside expressions that warn", """
x = np.arange(60.0).reshape(6, 10) / 60
@framejit.jit
def g(x, y):
    e = np.exp(x - x.max(axis=-1, keepdims=True)) / y
    return e / e.sum(axis=-1, keepdims=True)
g(x, 1.0)
def f():
    with np.errstate(all="raise"):
        try:
            g(x, 0.0)
        except FloatingPointError:
            return g(x.T, 1.0), g(x, 2.0)
""", "f()"),
    called("statements over arrays that warn", """
import warnings
warnings.simplefilter("ignore")
a, b = np.arange(10.0), np.arange(10.0)
@framejit.jit
def f(a, b):
    for k in range(12):
        t = a + k
        a = t / b
    return a
""", "f(a, b)", exits=0.0),
    called("NumPy's functions that raise", """
x = np.arange(6.0)
@framejit.jit
def f(x, i):
    return np.take(x, i) + np.concatenate((x[:3], x[3:]))
""", """try:
            f(x, np.array([0, 9]))
        except IndexError:
            pass""", 0.1, native_entries=0.9),
    called("arrays stored", "a, b = np.arange(30.0), np.arange(30.0) + 1\n@framejit.jit\ndef f(a, b):\n    a[1:] += b[:-1] * 0.5\n    a[::2] = b[::2] + 1\n    a *= 0.25\n    return a\n", "f(a, b)"),
    called("reductions", "a = np.arange(12.0).reshape(3, 4)\n@framejit.jit\ndef f(a):\n    return (a * a).sum() + a.max() + np.mean(a + 1) + a.argmax()\n", "f(a)"),
    called("reductions along an axis", "a = np.arange(16.0).reshape(4, 4)\n@framejit.jit\ndef f(a):\n    return (a * 2).sum(axis=0) + a.min(axis=1) \n", "f(a)"),
    called("products of matrices", "a = np.arange(16.0).reshape(4, 4)\n@framejit.jit\ndef f(a):\n    return a @ a + np.dot(a, a)\n", "f(a)"),
    called("rows and items", "a = np.arange(16.0).reshape(4, 4)\n@framejit.jit\ndef f(a):\n    s = 0.0\n    for k in range(len(a)):\n        s += a[k][1] - a[k, 0] * 2\n        a[k, 2] = s\n    return s\n", "f(a)"),
    called("lists made", "@framejit.jit\ndef f(n):\n    made = [k * 2 for k in range(n)]\n    again = []\n    for k in range(n):\n        again.append(made[k] * 0.5)\n    return made, again\n", "f(12)"),
    called("generator expression", "@framejit.jit\ndef f(n):\n    return sum(k * k for k in range(n)) + max(k * 0.5 for k in range(n))\n", "f(15)"),
    called("generator expression collected", "@framejit.jit\ndef f(n):\n    return sorted(-k * k for k in range(n)), tuple(k * 0.5 for k in range(n))\n", "f(15)"),
    called("instance", """
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def norm(self):
        return self.x * self.x + self.y * self.y
@framejit.jit
def f(n):
    s = 0.0
    for k in range(n):
        s += Point(k * 0.5, k).norm()
    return s
first = Point(1.0, 2)
""", "f(12)"),
    called("attributes stored, operators", """
class Vec:
    __slots__ = ("x",)
    def __init__(self, x):
        self.x = x
    def __add__(self, other):
        return Vec(self.x + other.x)
one = Vec(0.5)
@framejit.jit
def f(v, n):
    s = v
    for k in range(n):
        s = s + v
        v.x = v.x * 0.75
    return s
""", "f(one, 12)"),
    called("closures", "@framejit.jit\ndef f(n):\n    s = 0\n    step = lambda k: k * n\n    for k in range(n):\n        s += step(k)\n    return s\n", "f(12)", exits=0.0),
    called("star arguments", "def g(*args, by=2):\n    return args[0] * by + args[1]\n@framejit.jit\ndef f(n):\n    s = 0\n    for k in range(n):\n        s += g(k, 1.5) + g(*(k, s))\n    return s\n", "f(12)"),
    Kind("in another thread", """
import threading
@framejit.jit
def f(n):
    s = 0
    for k in range(n):
        s += k * k
    return s
def many(n):
    for k in range(n):
        thread = threading.Thread(target=f, args=(20,))
        thread.start()
        thread.join()
""", {"native_entries": 1}, 0.05),
    Kind("functions made, compiled and let go", """
def many(n):
    for k in range(n):
        space = {}
        exec(compile(SOURCE, "<made>", "exec"), space)
        made = framejit.jit(space["f"])
        made(20), made(20.5)
SOURCE = '''
def g(x):
    return x * 0.5 + 1
def f(n):
    s = 0
    for k in range(int(n)):
        s += g(k) + k * k
    return s
'''
""", {"regions_compiled": 1}, 0.005),
    called("blocks given back", """
SOURCE = '''
def f(items):
    s = 0
    with framejit.jit():
        for item in items:
            s += item * 2
    return s
'''
ITEMS = ([1, 2], [1.5, 2], (1, 2), "ab"[:0], [2**70], np.arange(3), np.arange(3.0))
def made():
    space = {"framejit": framejit}
    exec(compile(SOURCE, "<made>", "exec"), space)
    for items in ITEMS:
        space["f"](items)
""", "made()", 0.001, regions_compiled=1),
)


def left(anomaly):
    """A kind whose turn is all calls of an anomaly that leave: every kind of exit, every guard that misses, every part of a state."""
    return Kind(f"{anomaly.evidence}: {anomaly.name or anomaly.kind}", f"""{anomaly.source}
import warnings
warnings.simplefilter("ignore")
f = framejit.jit(f)
CALLS = [compile(f"f(*{{text}})", "<call>", "eval") for text in {anomaly.warm + anomaly.leave}]
def many(n):
    for k in range(n):
        for call in CALLS:
            try:
                eval(call)
            except Exception:
                pass
""", {}, SHARES.get(anomaly.kind, 0.02))


SHARES = {"waiting": 0.004}         # a turn of it is 30 ms of calls, a part of them interpreted
LONG = ("poll", "threads")       # a turn of these takes tenths of a second
EXITS = tuple(left(anomaly) for anomaly in ANOMALIES + GUARDS + STATES if not anomaly.sampled and anomaly.kind not in LONG)
