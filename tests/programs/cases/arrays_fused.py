# native: loop
# Arithmetic on whole arrays in hot loops: warnings and where they point, errors, functions that are replaced, arrays whose
# end is noticed, subclasses, views, what a slice shows of itself while it is stored.

import warnings
import weakref

import numpy as np

ENDED = []


def show(name, value):
    if isinstance(value, tuple):
        for one in value:
            show(name, one)
        return
    text = value.tobytes().hex()[:400] if isinstance(value, (np.ndarray, np.generic)) else repr(value)
    print(name, type(value).__name__, getattr(value, "shape", ""), getattr(value, "strides", ""), text)


def step(a, b, n):
    for k in range(n):
        a = np.sqrt(a * a + 0.5) - b / (k + 1.0)
    return a


def shifting(u, n):
    for k in range(n):
        u[1:] = u[:-1] * 0.5 + u[1:]
        u[::2] = u[::-2]
        u *= 0.75
    return u, u.sum(), u[1:-1].max()


def divides(a, b, n):
    total = 0.0
    for k in range(n):
        c = a / (b - k)
        total += c[0]
    return total


def named(a, n):
    for k in range(n):
        if k == n // 2:
            ENDED.append(weakref.ref(a, lambda r: ENDED.append("gone")))
        a = a * 1.5 - 1.0
    return a


def replaced(a, n, when):
    for k in range(n):
        if k == when:
            np.sqrt = np.square
        a = np.sqrt(a) * 0.5
    return a


def grows(m, v, n):
    for k in range(n):
        m = m + v[:, None] * m[0] - m[..., ::-1]
        v = v + 1
    return m, v


class Loud(np.ndarray):
    def __array_finalize__(self, other):
        ENDED.append("finalized")


def repeated(function, *arguments):
    """Several times, so that it is compiled; with what it warns of."""
    for _ in range(3):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                show(function.__name__, function(*[one() if callable(one) else one for one in arguments]))
            except Exception as error:
                trace = error.__traceback__.tb_next
                print(function.__name__, type(error).__name__, error, trace and trace.tb_lineno)
        for one in caught:
            print("    warned", one.category.__name__, one.message, one.lineno)


repeated(step, lambda: np.arange(7.0), lambda: np.arange(7.0) + 1, 2000)
repeated(step, lambda: np.arange(7.0), lambda: np.arange(6.0), 5)
repeated(step, lambda: np.arange(6.0).reshape(2, 3), lambda: np.arange(3.0), 300)
repeated(shifting, lambda: np.arange(9.0), 300)
repeated(divides, lambda: np.arange(3.0) + 1, lambda: np.arange(3.0), 40)
with np.errstate(divide="raise"):
    repeated(divides, lambda: np.arange(3.0) + 1, lambda: np.arange(3.0) + 5, 40)
with np.errstate(all="ignore"):
    repeated(divides, lambda: np.arange(3.0), lambda: np.arange(3.0), 40)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        divides(np.ones(3), np.arange(3.0), 10)
    except RuntimeWarning as error:
        print("error", error, error.__traceback__.tb_next.tb_lineno)
repeated(named, lambda: np.arange(3.0), 60)
print([one for one in ENDED if one == "gone"])
root = np.sqrt
repeated(replaced, lambda: np.arange(5.0), 200, 100)
np.sqrt = root
repeated(replaced, lambda: np.arange(5.0), 200, 300)
np.sqrt = root
repeated(grows, lambda: np.arange(6).reshape(2, 3), lambda: np.arange(2), 12)
ENDED.clear()
show("subclass", type(step(np.arange(4.0).view(Loud), np.ones(4), 3)).__name__)
print(len(ENDED))
frozen = np.arange(5.0)
frozen.flags.writeable = False
repeated(shifting, lambda: frozen, 3)
repeated(step, lambda: frozen, lambda: np.float32(2.0), 30)
repeated(step, lambda: np.arange(4, dtype=object), lambda: np.ones(4), 2)
repeated(step, lambda: np.arange(4.0).astype(">f8"), lambda: np.ones(4), 3)


def augmented(u, v, n):
    for k in range(n):
        u[1:-1] += v[1:-1] * 0.5
        u[::2] *= 0.75
        u[1:] -= u[:-1]
        u[k % 3:] //= 3
    return u


def columns(m, v, n):
    for k in range(n):
        m[1, 1:] *= v[1:]
        m[:, k % 3] += v[0]
        m[0:2] /= 2
    return m


repeated(augmented, lambda: np.arange(9.0), lambda: np.arange(9.0) + 0.5, 200)
repeated(augmented, lambda: np.arange(9), lambda: np.arange(9.0) + 0.5, 3)
repeated(columns, lambda: np.arange(20.0).reshape(4, 5), lambda: np.arange(5.0), 30)
repeated(columns, lambda: np.arange(20.0).reshape(4, 5)[:, ::-1], lambda: np.arange(5.0), 30)
repeated(columns, lambda: np.arange(20).reshape(4, 5), lambda: np.arange(5), 3)
repeated(columns, lambda: np.arange(20.0).reshape(4, 5), lambda: np.arange(4.0), 3)
