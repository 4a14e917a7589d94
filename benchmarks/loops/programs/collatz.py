"""The Collatz problem: which start below a limit has the longest chain.  Integers only."""

SMALL = 200
LARGE = 120_000


def setup(size):
    """The limit."""
    return (size,)


def run(limit):
    best = 0
    longest = 0
    for start in range(1, limit):
        n = start
        length = 1
        while n != 1:
            if n % 2 == 0:
                n //= 2
            else:
                n = 3 * n + 1
            length += 1
        if length > longest:
            longest = length
            best = start
    return best, longest
