"""Pi by Monte Carlo, the random numbers from a linear congruential generator.  Scalars only."""

SMALL = 200
LARGE = 4_000_000


def setup(size):
    """The number of points and the seed."""
    return size, 12345


def run(points, seed):
    state = seed
    inside = 0
    for point in range(points):
        state = (1103515245 * state + 12345) % 2147483648
        x = state / 2147483648.0
        state = (1103515245 * state + 12345) % 2147483648
        y = state / 2147483648.0
        if x * x + y * y < 1.0:
            inside += 1
    return 4.0 * inside / points
