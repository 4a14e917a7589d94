"""Linear systems, eigenvalues, roots, differential equations."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def conjugate_gradient(a, b, steps):
    x = np.zeros_like(b)
    r = b - a @ x
    p = r.copy()
    old = r @ r
    for _ in range(steps):
        ap = a @ p
        alpha = old / (p @ ap)
        x += alpha * p
        r -= alpha * ap
        new = r @ r
        if np.sqrt(new) < 1e-14:
            break
        p = r + (new / old) * p
        old = new
    return x


def poisson(f, steps):
    """Conjugate gradients with the matrix never made."""
    def apply(v):
        out = 4.0 * v
        out[1:, :] -= v[:-1, :]
        out[:-1, :] -= v[1:, :]
        out[:, 1:] -= v[:, :-1]
        out[:, :-1] -= v[:, 1:]
        return out

    x = np.zeros_like(f)
    r = f.copy()
    p = r.copy()
    old = np.sum(r * r)
    for _ in range(steps):
        ap = apply(p)
        alpha = old / np.sum(p * ap)
        x += alpha * p
        r -= alpha * ap
        new = np.sum(r * r)
        p = r + (new / old) * p
        old = new
    return x


def red_black(u, f, steps):
    for _ in range(steps):
        u[1:-1:2, 1:-1:2] = 0.25 * (u[:-2:2, 1:-1:2] + u[2::2, 1:-1:2] + u[1:-1:2, :-2:2] + u[1:-1:2, 2::2] - f[1:-1:2, 1:-1:2])
        u[2:-1:2, 2:-1:2] = 0.25 * (u[1:-2:2, 2:-1:2] + u[3::2, 2:-1:2] + u[2:-1:2, 1:-2:2] + u[2:-1:2, 3::2] - f[2:-1:2, 2:-1:2])
    return u


def power_iteration(a, v, steps):
    for _ in range(steps):
        w = a @ v
        v = w / np.sqrt(np.sum(w**2))
    return v @ (a @ v)


def newton(x, c, steps):
    for _ in range(steps):
        x = x - (x**3 - c * x - 1.0) / (3.0 * x**2 - c)
    return x


def lorenz(state, dt, steps):
    def rate(s):
        x, y, z = s[0], s[1], s[2]
        out = np.empty_like(s)
        out[0] = 10.0 * (y - x)
        out[1] = x * (28.0 - z) - y
        out[2] = x * y - 8.0 / 3.0 * z
        return out

    for _ in range(steps):
        k1 = rate(state)
        k2 = rate(state + 0.5 * dt * k1)
        k3 = rate(state + 0.5 * dt * k2)
        k4 = rate(state + dt * k3)
        state = state + dt / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
    return state


def thomas(a, b, c, d):
    n = len(d)
    for i in range(1, n):
        w = a[i] / b[i - 1]
        b[i] -= w * c[i - 1]
        d[i] -= w * d[i - 1]
    x = np.empty(n)
    x[-1] = d[-1] / b[-1]
    for i in range(n - 2, -1, -1):
        x[i] = (d[i] - c[i] * x[i + 1]) / b[i]
    return x


def symmetric(r, n):
    a = r.random((n, n))
    return a @ a.T + n * np.eye(n)


PROGRAMS = {
    "conjugate_gradient": Program(conjugate_gradient, lambda r, n: (symmetric(r, n), r.random(n), 40), (8, 100, 1000)),
    "poisson": Program(poisson, lambda r, n: (r.random((n, n)), 30), (16, 128, 1024)),
    "red_black": Program(red_black, lambda r, n: (r.random((n, n)), r.random((n, n)), 50), (17, 129, 1025)),
    "power_iteration": Program(power_iteration, lambda r, n: (symmetric(r, n), r.random(n), 100), (4, 60, 800)),
    "newton": Program(newton, lambda r, n: (1.5 + r.random(n), r.random(n), 20), (20, 2_000, 500_000)),
    "lorenz": Program(lorenz, lambda r, n: (r.random((3, n)), 0.001, 100), (10, 1_000, 100_000)),
    "thomas": Program(thomas, lambda r, n: (r.random(n), 3.0 + r.random(n), r.random(n), r.random(n)), (20, 2_000, 200_000)),
}
