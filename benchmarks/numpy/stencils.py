"""Finite differences on grids, over loops in time."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def heat(u, steps):
    for _ in range(steps):
        u[1:-1, 1:-1] += 0.1 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1])
    return u


def jacobi(a, b, steps):
    for _ in range(steps):
        b[1:-1, 1:-1] = 0.2 * (a[1:-1, 1:-1] + a[1:-1, :-2] + a[1:-1, 2:] + a[2:, 1:-1] + a[:-2, 1:-1])
        a[1:-1, 1:-1] = 0.2 * (b[1:-1, 1:-1] + b[1:-1, :-2] + b[1:-1, 2:] + b[2:, 1:-1] + b[:-2, 1:-1])
    return a


def wave(u, before, speed, steps):
    for _ in range(steps):
        after = np.zeros_like(u)
        after[1:-1] = 2.0 * u[1:-1] - before[1:-1] + speed * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        before, u = u, after
    return u


def laplacian(z):
    return z[:-2, 1:-1] + z[1:-1, :-2] + z[1:-1, 2:] + z[2:, 1:-1] - 4 * z[1:-1, 1:-1]


def gray_scott(u, v, steps):
    for _ in range(steps):
        inner_u, inner_v = u[1:-1, 1:-1], v[1:-1, 1:-1]
        reaction = inner_u * inner_v * inner_v
        change_u = 0.16 * laplacian(u) - reaction + 0.06 * (1 - inner_u)
        change_v = 0.08 * laplacian(v) + reaction - 0.122 * inner_v
        inner_u += change_u
        inner_v += change_v
        for z in (u, v):
            z[0, :], z[-1, :], z[:, 0], z[:, -1] = z[-2, :], z[1, :], z[:, -2], z[:, 1]
    return u, v


def life(board, steps):
    for _ in range(steps):
        around = np.zeros(board.shape, dtype=np.int64)
        around[1:-1, 1:-1] += (board[:-2, :-2] + board[:-2, 1:-1] + board[:-2, 2:] + board[1:-1, :-2] + board[1:-1, 2:] + board[2:, :-2] + board[2:, 1:-1] + board[2:, 2:])
        birth = (around == 3)[1:-1, 1:-1] & (board[1:-1, 1:-1] == 0)
        survive = ((around == 2) | (around == 3))[1:-1, 1:-1] & (board[1:-1, 1:-1] == 1)
        board[...] = 0
        board[1:-1, 1:-1][birth | survive] = 1
    return board


def burgers(u, dt, dx, nu, steps):
    for _ in range(steps):
        known = u.copy()
        u[1:-1] = (known[1:-1] - known[1:-1] * dt / dx * (known[1:-1] - known[:-2]) + nu * dt / dx**2 * (known[2:] - 2 * known[1:-1] + known[:-2]))
        u[0] = u[-2]
        u[-1] = u[1]
    return u


def fdtd(ex, ey, hz, steps):
    for t in range(steps):
        ey[0, :] = t
        ey[1:, :] -= 0.5 * (hz[1:, :] - hz[:-1, :])
        ex[:, 1:] -= 0.5 * (hz[:, 1:] - hz[:, :-1])
        hz[:-1, :-1] -= 0.7 * (ex[:-1, 1:] - ex[:-1, :-1] + ey[1:, :-1] - ey[:-1, :-1])
    return hz


def grid(r, n):
    return r.random((n, n))


PROGRAMS = {
    "heat": Program(heat, lambda r, n: (grid(r, n), 50), (16, 128, 1024)),
    "jacobi": Program(jacobi, lambda r, n: (grid(r, n), grid(r, n), 50), (16, 128, 1024)),
    "wave": Program(wave, lambda r, n: (r.random(n), r.random(n), 0.3, 100), (50, 5_000, 500_000)),
    "gray_scott": Program(gray_scott, lambda r, n: (1.0 - 0.1 * grid(r, n), 0.1 * grid(r, n), 50), (16, 128, 768)),
    "life": Program(life, lambda r, n: ((grid(r, n) > 0.6).astype(np.int64), 50), (16, 128, 768)),
    "burgers": Program(burgers, lambda r, n: (1.0 + r.random(n), 0.0001, 2.0 / n, 0.07 / n, 100), (50, 5_000, 200_000)),
    "fdtd": Program(fdtd, lambda r, n: (grid(r, n), grid(r, n), grid(r, n), 30), (16, 128, 1024)),
}
