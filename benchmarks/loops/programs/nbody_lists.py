"""The n-body problem of the benchmarks game, the bodies as lists of floats."""

import math

SMALL = 20
LARGE = 150_000


def setup(size):
    """The sun and the outer planets, the step, and the number of steps."""
    bodies = [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.47841760435743],
        [4.84143144246472, -1.16032004402743, -0.10362204447112, 0.60632639299729, 2.81198684491629, -0.02521836165988, 0.03769367487038],
        [8.34336671824458, 4.12479856412430, -0.40352341711432, -1.01077434617879, 1.82566237123041, 0.00841576137658, 0.01128632613196],
        [12.8943695621391, -15.1111514016986, -0.22330757889265, 1.08279100644153, 0.86871301816960, -0.01083263740136, 0.00172372405705],
        [15.3796971148509, -25.9193146099879, 0.17925877295037, 0.97909073224389, 0.59469899864767, -0.03475595555081, 0.00203368686992],
    ]
    return bodies, 0.01, size


def run(bodies, dt, steps):
    n = len(bodies)
    for step in range(steps):
        for i in range(n):
            a = bodies[i]
            for j in range(i + 1, n):
                b = bodies[j]
                dx = a[0] - b[0]
                dy = a[1] - b[1]
                dz = a[2] - b[2]
                square = dx * dx + dy * dy + dz * dz
                magnitude = dt / (square * math.sqrt(square))
                mass_a = a[6] * magnitude
                mass_b = b[6] * magnitude
                a[3] -= dx * mass_b
                a[4] -= dy * mass_b
                a[5] -= dz * mass_b
                b[3] += dx * mass_a
                b[4] += dy * mass_a
                b[5] += dz * mass_a
        for body in bodies:
            body[0] += dt * body[3]
            body[1] += dt * body[4]
            body[2] += dt * body[5]
    energy = 0.0
    for i in range(n):
        a = bodies[i]
        energy += 0.5 * a[6] * (a[3] * a[3] + a[4] * a[4] + a[5] * a[5])
        for j in range(i + 1, n):
            b = bodies[j]
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            energy -= a[6] * b[6] / math.sqrt(dx * dx + dy * dy + dz * dz)
    return energy
