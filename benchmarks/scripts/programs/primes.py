"""Primes by trial division: all() of a generator expression."""

def is_prime(n):
    if n < 2:
        return False
    return all((n % d for d in range(2, int(n ** 0.5) + 1)))


print(sum((n for n in range(400000) if is_prime(n))))
