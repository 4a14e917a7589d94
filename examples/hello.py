"""A first program: the sum of some squares, the hard way."""


def squares(n):
    total = 0
    for k in range(n):
        total += k * k
    return total


print(squares(100_000))
