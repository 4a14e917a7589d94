"""The Mandelbrot set: iterations until escape, summed over a grid of points.  Scalars only."""

SMALL = 24
LARGE = 500


def setup(size):
    """Width and height of the grid, and the limit of iterations."""
    return size, size, 100


def run(width, height, limit):
    total = 0
    for row in range(height):
        ci = 2.0 * row / height - 1.0
        for column in range(width):
            cr = 3.0 * column / width - 2.0
            x = 0.0
            y = 0.0
            count = 0
            while count < limit and x * x + y * y <= 4.0:
                t = x * x - y * y + cr
                y = 2.0 * x * y + ci
                x = t
                count += 1
            total += count
    return total
