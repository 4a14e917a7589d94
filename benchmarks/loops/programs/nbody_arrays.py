"""Gravity between n bodies over arrays: positions and velocities of shape (n, 3)."""

import math

import numpy as np

SMALL = 2
LARGE = 400


def setup(size):
    """Positions, velocities, masses of 40 bodies, the step, the number of steps."""
    random = np.random.default_rng(1)
    return random.standard_normal((40, 3)), random.standard_normal((40, 3)), random.random(40) + 0.1, 1e-3, size


def run(position, velocity, mass, dt, steps):
    n = position.shape[0]
    for step in range(steps):
        for i in range(n):
            ax = 0.0
            ay = 0.0
            az = 0.0
            for j in range(n):
                if i != j:
                    dx = position[j, 0] - position[i, 0]
                    dy = position[j, 1] - position[i, 1]
                    dz = position[j, 2] - position[i, 2]
                    square = dx * dx + dy * dy + dz * dz + 1e-6
                    pull = mass[j] / (square * math.sqrt(square))
                    ax += dx * pull
                    ay += dy * pull
                    az += dz * pull
            velocity[i, 0] += ax * dt
            velocity[i, 1] += ay * dt
            velocity[i, 2] += az * dt
        for i in range(n):
            for k in range(3):
                position[i, k] += velocity[i, k] * dt
    total = 0.0
    for i in range(n):
        total += position[i, 0] + position[i, 1] + position[i, 2]
    return float(total)
