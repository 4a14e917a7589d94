# native: loop
# Stores into arrays that the right side reads, reductions along axes, products of matrices, complex numbers: warnings that find
# the array as it was, errors in the middle, functions that are replaced, arrays whose end is noticed, views that are kept.

import warnings
import weakref

import numpy as np

ENDED = []


def show(name, value):
    if isinstance(value, tuple):
        for one in value:
            show(name, one)
        return
    if isinstance(value, np.ndarray):
        print(name, value.dtype, value.shape, value.strides, value.flags.c_contiguous, value.flags.owndata, value.tobytes()[:200].hex(), complex(value.sum()))
        return
    print(name, type(value).__name__, repr(value))


def heat(u, n):
    for k in range(n):
        u[1:-1] = u[1:-1] + 0.25 * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return u


def jacobi(u, n):
    for k in range(n):
        u[1:-1, 1:-1] = 0.25 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2])
    return u


def turned(u, n):
    for k in range(n):
        u[...] = u[::-1] * 0.5 + u
    return u


def layers(m, x, b, n):
    for k in range(n):
        x = np.tanh(m @ x + b)
        if k == n // 2:
            ENDED.append(weakref.ref(x, lambda r: ENDED.append("gone")))
    return x


def grows(m, x, n):
    for k in range(n):
        x = m @ x * 1e3
    return x


def softmax(x, n):
    for k in range(n):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        x = e / e.sum(axis=1, keepdims=True) + x
    return x


def statistics(x, n):
    found = 0
    for k in range(n):
        found += (x > 0.5).sum() + (x > 0.25).mean() + x.argmax() + np.prod(x + 0.5)
        if k == n - 3:
            x = x.astype(np.int16)
    return found


def replaced(a, b, n, when):
    total = 0.0
    for k in range(n):
        if k == when:
            np.dot = lambda x, y: x.sum() - y.sum()
        total += np.dot(a, b)
    return total


def mandelbrot(c, n):
    z = np.zeros(c.shape, dtype=c.dtype)
    count = np.zeros(c.shape, dtype=np.int64)
    for k in range(n):
        inside = np.abs(z) < 2.0
        z = np.where(inside, z * z + c, z)
        count = count + inside
    return z, count


def newton(z, n):
    for k in range(n):
        z = z - (z ** 3 - 1) / (3 * z ** 2)
    return z


def parts(a, n):
    kept = a[None, 1:]
    total = 0.0
    for k in range(n):
        kept = a[None, 1:]
        total += kept[0, k] + a[..., :3][1]
    return kept, total


def attempt(function, *given):
    try:
        show(function.__name__, function(*given))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)
    for one in given:
        if isinstance(one, np.ndarray):
            show("    " + function.__name__, one)


warnings.simplefilter("always")
x = np.linspace(-1.0, 1.0, 40)
m = np.linspace(0.0, 1.0, 36).reshape(6, 6)
for _ in range(3):
    attempt(heat, x.copy(), 30)
    attempt(jacobi, m.copy(), 30)
    attempt(jacobi, np.asfortranarray(m), 30)
    attempt(turned, x.copy(), 10)
    attempt(layers, m, m[0], m[1], 30)
    print([one for one in ENDED if isinstance(one, str)])
    attempt(softmax, m, 20)
    attempt(statistics, np.linspace(0.0, 1.0, 12), 20)
    attempt(parts, x, 12)
attempt(layers, m, x, m[0], 5)              # shapes that don't fit
attempt(grows, m, m[0], 150)                # overflows on the way
large = np.linspace(0.0, 1.0, 1_100_000)
attempt(heat, large, 3)
large[-2], large[-4] = np.inf, -np.inf
attempt(heat, large, 3)
with np.errstate(all="raise"):
    large[-2], large[-4] = np.inf, -np.inf
    attempt(heat, large, 3)
    attempt(grows, m, m[0], 150)
for dot in (np.dot, np.dot):
    attempt(replaced, x, x, 40, 30)
    np.dot = dot
points = np.linspace(-2.0, 1.0, 30)[:, None] + 1j * np.linspace(-1.5, 1.5, 20)
for _ in range(2):
    attempt(mandelbrot, points, 25)
    attempt(mandelbrot, points.astype(np.complex64), 25)
    attempt(mandelbrot, points.T, 25)
    attempt(newton, points, 12)
show("divided by zero", np.isnan(newton(points * 0, 3)))
