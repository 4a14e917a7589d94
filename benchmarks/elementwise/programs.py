"""The expressions: functions of arrays of n elements, 1 to 30 operations each."""

import numpy as np


def arithmetic(a, b, c, d, e):
    return a * b + c - d / e


def distance(x, y):
    return np.sqrt(x * x + y * y)


def single(x, y):
    return x + y


def gauss(x):
    return np.exp(-x * x / 2.0) * 0.3989422804014327


def logistic(x):
    return 1.0 / (1.0 + np.exp(-x))


def logistic_map(x):
    for _ in range(10):
        x = 3.7 * x * (1.0 - x)
    return x


def polynomial(x):
    return ((((((x * 0.5 + 1.5) * x - 2.25) * x + 0.125) * x - 3.0) * x + 0.75) * x - 1.0) * x + 4.0


def root_mean_square(x, y):
    return np.sqrt(((x - y) ** 2).mean())


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def heat(u):
    u = u.copy()
    for _ in range(10):
        u[1:-1] = u[1:-1] + 0.25 * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return u


def black_scholes(s, k, t):
    d = (np.log(s / k) + (0.02 + 0.5 * 0.3 * 0.3) * t) / (0.3 * np.sqrt(t))
    e = d - 0.3 * np.sqrt(t)
    near = 0.5 * (1.0 + np.tanh(0.7978845608 * (d + 0.044715 * d * d * d)))
    far = 0.5 * (1.0 + np.tanh(0.7978845608 * (e + 0.044715 * e * e * e)))
    return s * near - k * np.exp(-0.02 * t) * far


def jacobi(u):
    side = int(len(u) ** 0.5)
    u = u[:side * side].reshape(side, side).copy()
    for _ in range(10):
        u[1:-1, 1:-1] = 0.25 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2])
    return u


def mandelbrot(x, y):
    c = (3.0 * x - 2.0) + (2.0 * y - 1.0) * 1j
    z = np.zeros_like(c)
    count = np.zeros_like(x)
    for _ in range(5):
        inside = np.abs(z) < 2.0
        z = np.where(inside, z * z + c, z)
        count = count + inside
    return count


# name -> (function, number of arguments)
PROGRAMS = {function.__name__: (function, function.__code__.co_argcount) for function in
            (single, arithmetic, distance, gauss, logistic, logistic_map, polynomial, root_mean_square, softmax, heat, jacobi, black_scholes, mandelbrot)}


def arguments(count, n):
    """Arrays of n numbers between 0 and 1."""
    generator = np.random.default_rng(7)
    return [generator.random(n) * 0.9 + 0.05 for _ in range(count)]


__all__ = ["PROGRAMS", "arguments"]
