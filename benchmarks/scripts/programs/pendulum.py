"""A pendulum by Runge and Kutta, arrays of two numbers."""

import numpy as np


def f(t, y):
    return np.array([y[1], -np.sin(y[0]) - 0.1 * y[1]])


def rk4(y, t, h):
    k1 = f(t, y)
    k2 = f(t + h / 2, y + h / 2 * k1)
    k3 = f(t + h / 2, y + h / 2 * k2)
    k4 = f(t + h, y + h * k3)
    return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


y = np.array([1.0, 0.0])
for i in range(150000):
    y = rk4(y, i * 0.01, 0.01)
print(y)
