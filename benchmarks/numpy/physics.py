"""Particles, spins, fractals."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def accelerations(position, mass, softening):
    x, y, z = position[:, 0:1], position[:, 1:2], position[:, 2:3]
    dx, dy, dz = x.T - x, y.T - y, z.T - z
    inverse = (dx**2 + dy**2 + dz**2 + softening**2) ** (-1.5)
    return np.hstack(((dx * inverse) @ mass, (dy * inverse) @ mass, (dz * inverse) @ mass))


def nbody(position, velocity, mass, dt, steps):
    force = accelerations(position, mass, 0.1)
    for _ in range(steps):
        velocity += force * dt / 2.0
        position += velocity * dt
        force = accelerations(position, mass, 0.1)
        velocity += force * dt / 2.0
    return position, 0.5 * np.sum(mass * velocity**2)


def lennard_jones(x, v, dt, steps):
    energy = 0.0
    for _ in range(steps):
        d = x[:, None] - x[None, :]
        r2 = d * d + np.eye(len(x))
        inverse = 1.0 / (r2 * r2 * r2)
        force = (24.0 * (2.0 * inverse * inverse - inverse) / r2 * d).sum(axis=1)
        v = v + np.clip(force, -10.0, 10.0) * dt
        x = x + v * dt
        energy = 0.5 * (v * v).sum() + np.abs(inverse).sum() * 1e-3
    return x, energy


def ising(spins, rng, beta, steps):
    n = len(spins)
    even = (np.arange(n)[:, None] + np.arange(n)[None, :]) % 2 == 0
    for step in range(steps):
        around = np.roll(spins, 1, 0) + np.roll(spins, -1, 0) + np.roll(spins, 1, 1) + np.roll(spins, -1, 1)
        chance = np.exp(-2.0 * beta * spins * around)
        flip = (rng.random((n, n)) < chance) & (even if step % 2 == 0 else ~even)
        spins = np.where(flip, -spins, spins)
    return spins.mean()


def pi(rng, n, rounds):
    inside = 0
    for _ in range(rounds):
        x, y = rng.random(n), rng.random(n)
        inside += np.count_nonzero(x * x + y * y < 1.0)
    return 4.0 * inside / (n * rounds)


def mandelbrot(c, steps):
    z = np.zeros_like(c)
    count = np.zeros(c.shape, dtype=np.int64)
    for k in range(steps):
        alive = np.abs(z) < 2.0
        z = np.where(alive, z * z + c, z)
        count += alive
    return count


def julia(z, c, steps):
    count = np.zeros(z.shape, dtype=np.int32)
    for k in range(steps):
        mask = z.real**2 + z.imag**2 <= 4.0
        z[mask] = z[mask] ** 2 + c
        count[mask] = k
    return count


def pendulums(angle, speed, dt, steps):
    for _ in range(steps):
        speed = speed - dt * np.sin(angle)
        angle = angle + dt * speed
    return angle, 0.5 * speed**2 - np.cos(angle)


def plane(n):
    return np.linspace(-2, 0.5, n)[None, :] + 1j * np.linspace(-1.2, 1.2, n)[:, None]


PROGRAMS = {
    "nbody": Program(nbody, lambda r, n: (r.random((n, 3)), r.random((n, 3)), r.random((n, 1)), 0.01, 20), (5, 50, 600)),
    "lennard_jones": Program(lennard_jones, lambda r, n: (np.arange(n) * 1.2 + 0.1 * r.random(n), np.zeros(n), 0.001, 20), (5, 50, 800)),
    "ising": Program(ising, lambda r, n: (np.where(r.random((n, n)) > 0.5, 1, -1), np.random.default_rng(3), 0.4, 20), (8, 64, 512)),
    "pi": Program(pi, lambda r, n: (np.random.default_rng(3), n, 50), (10, 1_000, 200_000)),
    "mandelbrot": Program(mandelbrot, lambda r, n: (plane(n), 40), (8, 64, 512)),
    "julia": Program(julia, lambda r, n: (plane(n) + 0.7, -0.4 + 0.6j, 40), (8, 64, 512)),
    "pendulums": Program(pendulums, lambda r, n: (r.random(n), r.random(n), 0.01, 100), (10, 1_000, 200_000)),
}
