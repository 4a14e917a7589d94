"""The sieve of Eratosthenes over a list of bools: how many primes, and their sum."""

SMALL = 300
LARGE = 8_000_000


def setup(size):
    """The largest number to look at."""
    return (size,)


def run(limit):
    prime = [True] * (limit + 1)
    prime[0] = False
    prime[1] = False
    i = 2
    while i * i <= limit:
        if prime[i]:
            for multiple in range(i * i, limit + 1, i):
                prime[multiple] = False
        i += 1
    count = 0
    total = 0
    for i in range(limit + 1):
        if prime[i]:
            count += 1
            total += i
    return count, total
