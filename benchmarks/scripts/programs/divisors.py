"""Numbers with many divisors: a comprehension and its sum."""

def divisors(n):
    return [d for d in range(1, n // 2 + 1) if n % d == 0]


print(len([n for n in range(1, 14000) if sum(divisors(n)) > n]))
