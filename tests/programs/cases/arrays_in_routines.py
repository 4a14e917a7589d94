# native: loop
# Functions and methods that compute with arrays, called by loops: results, locals, temporaries, views; and what comes between.

import gc
import sys
import tracemalloc
import warnings
import weakref

import numpy as np


def lap(u):
    return u[2:] - 2.0 * u[1:-1] + u[:-2]


def step(u, dt):
    r = u.copy() if dt < 0 else u * 1.0
    r[1:-1] += dt * lap(u)
    return r


def norm(v):
    return np.sqrt((v * v).sum())


def scaled(v, k):
    v = v * k
    v = v + k
    return v


def same(v):
    return v


def middle(v):
    return v[1:-1]


def ratio(a, b):
    q = a / b
    return q[0]


def halves(v):
    if len(v) < 4:
        return (v * v).sum()
    h = len(v) // 2
    return halves(v[:h]) + halves(v[h:])


def leap(u, v, dt):
    v = v - dt * u
    return u + dt * v, v


def ends(u):
    return u[0], u[1:], u


class Field:
    def __init__(self, n, k):
        self.u = np.arange(n) * 0.5
        self.v = np.ones(n)
        self.k = k

    def smooth(self):
        self.u[1:-1] += self.k * (self.u[2:] - 2.0 * self.u[1:-1] + self.u[:-2])

    def push(self, other):
        self.u = self.u * 0.5 + other.u * self.k - self.v
        self.v *= 0.999

    def energy(self):
        return (self.u * self.u + self.v * self.k).sum()

    def old_and_new(self):
        before = self.u
        self.u = before + 1.0
        return before


def work(n, size, surprise):
    u, s = np.arange(size) * 0.25, 0.0
    a, b = Field(size, 0.125), Field(size, 0.25)
    for k in range(n):
        u = step(u, 0.01)
        s += norm(u) + norm(scaled(u, 0.5) - u) + ratio(u + 1.0, u + 2.0)
        s += middle(u)[0] + halves(u)
        if same(u) is not u:
            print("another")
        p, q = leap(u, b.v, 0.125)
        first, rest, whole = ends(p)
        s += first + rest[-1] * 1e-3 + q[2]
        if whole is not p or rest.base is not p:
            print("others")
        a.smooth()
        a.push(b)
        s += a.energy() * 1e-9
        kept = b.old_and_new()
        s += kept[1] - b.u[1]
        if k % 50 == 17:
            surprise(k, a, b)
            b.u = b.u * 0.01
    return s, u, a.u, b.v


def nothing(k, a, b):
    pass


def other_types(k, a, b):
    a.u = a.u.astype("f4") if k % 100 == 17 else a.u.astype("f8")


def other_shapes(k, a, b):
    a.u, a.v, b.u, b.v = [one[:len(one) - 1].copy() for one in (a.u, a.v, b.u, b.v)]


def referred(k, a, b):
    array = a.u
    weakref.finalize(array, print, "gone", k)


def replaced(k, a, b):
    global norm
    norm = (lambda v: np.abs(v).max()) if k % 100 == 17 else (lambda v: float(len(v)))


def method_replaced(k, a, b):
    Field.energy = (lambda self: self.u.max()) if k % 100 == 17 else (lambda self: self.v.min())


class Loud(np.ndarray):
    def __array_finalize__(self, other):
        LOUD.append(type(other).__name__)


LOUD = []


def subclass(k, a, b):
    a.u = a.u.view(Loud) if k % 100 == 17 else np.asarray(a.u)


def read_only(k, a, b):
    if k > 100:
        a.u.flags.writeable = False


plain_norm, plain_energy = norm, Field.energy
print(repr(work(9000, 12, nothing)[0]))
for surprise in (nothing, other_types, other_shapes, referred, replaced, method_replaced, subclass, read_only):
    for size in (12, 100):
        try:
            s, *arrays = work(160, size, surprise)
            print(surprise.__name__, repr(s), [(one.dtype, one.tobytes().hex()[:64], one.strides) for one in arrays])
        except Exception as error:
            print(surprise.__name__, type(error), error)
            entry = error.__traceback__
            while entry:
                print("  ", entry.tb_frame.f_code.co_name, entry.tb_lineno, sorted(entry.tb_frame.f_locals)[:4])
                entry = entry.tb_next
    norm, Field.energy = plain_norm, plain_energy
print(len(LOUD))


# ---- what warns, raises, doesn't fit

def divided(a, b):
    t = a * 2.0
    return t / b


def mixed(n, a, b, when):
    s = 0.0
    for k in range(n):
        if k == when:
            b = b * 0.0
        if k == when + 20:
            b = np.ones(len(b) + 1)
        try:
            s += divided(a, b)[1]
        except ValueError as error:
            s += 1.0
            b = np.ones(len(a))
            if k % 7 == 0:
                print(error, error.__traceback__.tb_next.tb_lineno)
        except FloatingPointError as error:
            s += 2.0
            if k % 7 == 0:
                print(error, error.__traceback__.tb_next.tb_lineno)
    return s


for state in ("warn", "ignore", "raise"):
    with np.errstate(all=state), warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        for _ in range(2):
            print(state, repr(mixed(100, np.arange(5) + 1.0, np.arange(5) + 1.0, 50)))
        print(len(found), sorted({(str(one.message), one.lineno) for one in found}))


# ---- long arrays, one after the other

def total(n, v):
    s = 0.0
    for k in range(n):
        s += norm(v) + scaled(v, 0.25)[3]
    return s


for size in (10, 1000, 100000, 20):
    print(repr(total(12, np.arange(size) * 1e-3)))


# ---- nothing is kept

def grown(n):
    gc.collect()
    work(20, 30, nothing)
    before = tracemalloc.get_traced_memory()[0]
    work(n, 30, nothing)
    return tracemalloc.get_traced_memory()[0] - before


tracemalloc.start()
grown(100)
print(grown(600) < 50000)
tracemalloc.stop()
one = np.arange(9) * 1.0
counted = sys.getrefcount(one)
for _ in range(3):
    total(50, one)
print(sys.getrefcount(one) - counted)


# ---- a view as an argument keeps what the callee lets go of

class Owner:
    def __init__(self):
        self.u, self.calls = np.arange(8) * 1.0, 0


def replace(owner, part):
    owner.calls += 1
    owner.u = part[:4] * 2.0
    return part[0]


def replaced_by(owner, n):
    s = 0.0
    for k in range(n):
        s += replace(owner, owner.u[0:])
        if k % 10 == 3:
            weakref.finalize(owner.u, print, "let go", k, owner.calls)
    return s, owner.calls


for _ in range(3):
    print(replaced_by(Owner(), 45))
