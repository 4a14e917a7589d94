"""Matrices and meshes by index arrays."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def csr_product(data, columns, starts, x, steps):
    for _ in range(steps):
        products = data * x[columns]
        y = np.add.reduceat(products, starts)
        x = y / np.abs(y).max()
    return x


def csr_rows(data, columns, starts, x):
    y = np.zeros(len(starts))
    for i in range(len(starts)):
        end = starts[i + 1] if i + 1 < len(starts) else len(data)
        row = slice(starts[i], end)
        y[i] = np.dot(data[row], x[columns[row]])
    return y


def scatter(places, values, size, steps):
    total = np.zeros(size)
    for _ in range(steps):
        total += np.bincount(places, weights=values, minlength=size)
        values = values * 0.9 + 0.1 * total[places] / (1.0 + np.abs(total[places]))
    return total


def springs(position, velocity, ends_a, ends_b, rest, dt, steps):
    for _ in range(steps):
        d = position[ends_b] - position[ends_a]
        length = np.sqrt((d * d).sum(axis=1))
        pull = ((length - rest) / length)[:, None] * d
        force = np.zeros_like(position)
        np.add.at(force, ends_a, pull)
        np.subtract.at(force, ends_b, pull)
        velocity = 0.99 * velocity + dt * force
        position = position + dt * velocity
    return position


def rows_of(r, n):
    starts = np.arange(n) * 5
    return r.random(5 * n), r.integers(0, n, 5 * n), starts


def mesh(r, n):
    ends = r.integers(0, n, 3 * n)
    return r.random((n, 2)), np.zeros((n, 2)), ends, (ends + 1 + r.integers(0, n - 1, 3 * n)) % n, 0.5, 0.01, 20


PROGRAMS = {
    "csr_product": Program(csr_product, lambda r, n: (*rows_of(r, n), r.random(n), 20), (10, 1_000, 100_000)),
    "csr_rows": Program(csr_rows, lambda r, n: (*rows_of(r, n), r.random(n)), (10, 1_000, 20_000)),
    "scatter": Program(scatter, lambda r, n: (r.integers(0, n, 4 * n), r.random(4 * n), n, 20), (10, 1_000, 100_000)),
    "springs": Program(springs, mesh, (10, 1_000, 50_000)),
}
