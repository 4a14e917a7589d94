# native: loop
# Arrays that functions make, whose types are expected before one was seen: another function takes a maker's place in the middle, a
# dtype that changes, a failure in the middle, a subclass; views by attributes, kept and freed; large arrays changed in place.

import warnings
import weakref

import numpy as np


def show(name, value):
    if isinstance(value, tuple):
        for one in value:
            show(name, one)
        return
    if isinstance(value, np.ndarray):
        print(name, type(value).__name__, value.dtype, value.shape, value.strides, value.flags.c_contiguous, value.flags.owndata, value.base is None,
              value.flags.writeable, value.tobytes()[:200].hex(), complex(value.sum()))
        return
    print(name, type(value).__name__, repr(value))


def steps(n, k, kind):
    u, v = np.zeros(n), np.linspace(0.0, 1.0, n)
    w, m = u.copy(), np.ones_like(v, dtype=kind)
    grid = np.arange(n * 2).reshape(2, n).astype(kind)
    for i in range(k):
        u = u + 0.1 * (v - u)
        w = w * m + u
        grid = (grid.T * 0.5 + np.full((n, 2), 1.0)).T
    return u, w, m, grid


def replaced(n, k):
    total = 0.0
    for i in range(k):
        a = np.ones(n)
        total += ((a + 1) * 0.5).sum()
        if i == k // 2:
            np.ones = lambda n: np.full((n, 2), 3, np.int16)[:, ::-1]
    return total, a


class Loud(np.ndarray):
    def __array_finalize__(self, other):
        pass

    def __del__(self):
        print("a loud array ends")


def subclassed(a, n):
    for i in range(n):
        b = a.copy()
        c = (b * 2 + 1) - b
        if i == n - 3:
            a = a[:3].view(Loud)
    return c.shape, type(c).__name__


def parts(z, n):
    c = z * 0.5
    for i in range(n):
        z = z * z + c
        m = z.real ** 2 + z.imag ** 2
        z.imag[1:] *= 0.5
    return z, m, z.real, z.T.imag


def kept(z):
    found = []
    for i in range(5):
        z = z + 1
        found.append(z.T)
        found.append(z.real)
    watched = weakref.ref(found[-1].base if found[-1].base is not None else found[-1])
    del z
    show("kept", found[-1] * 2)
    found.clear()
    return watched() is None


def large(u, w, n):
    for i in range(n):
        c = (u * w + 0.5 * u - w) / (u * u + 1.0)
        u += c
        w[...] = u
        u[1:-1] *= 0.5
    return u, w


def fails(n, k):
    for i in range(k):
        a = np.arange(n).reshape(3, -1)
        b = (a.T + 1) * 2
        if i == k - 2:
            n = 7
    return b


for turn in range(4):
    for kind in ("float64", "float32", "int8", "complex64"):
        show("steps", steps(6, 30, kind))
original = np.ones
for turn in range(3):
    show("replaced", replaced(5, 60))
    np.ones = original
for turn in range(3):
    show("subclassed", subclassed(np.linspace(0.0, 1.0, 9), 40))
for kind in ("complex128", "complex64", "float64"):
    for turn in range(3):
        try:
            show("parts", parts((np.linspace(-0.5, 0.5, 12) * (0.5 + 0.5j if kind[0] == "c" else 1)).reshape(3, 4).astype(kind), 30))
        except Exception as error:
            print(type(error).__name__, error)
    print(kept(np.arange(4).reshape(2, 2).astype(kind)))
for turn in range(6):
    show("large", large(np.linspace(0.0, 1.0, 20_000), np.linspace(1.0, 0.0, 20_000), 12))
with warnings.catch_warnings():
    warnings.simplefilter("always")
    warnings.showwarning = lambda message, category, filename, line, *rest: print(category.__name__, message, line)
    for value in (np.inf, 1e308, np.nan):
        u, w = np.ones(20_000), np.ones(20_000)
        u[-5] = value
        show("large", large(u, w, 3))
for turn in range(3):
    try:
        fails(9, 30)
    except ValueError as error:
        print(error, error.__traceback__.tb_next.tb_lineno)
