# native: loop
"""Names that share a number with one that nobody reads any more: they go on sharing it with each other."""


def beside_a_dead_name(p0, p1, n):
    first = p1 * 0.5
    second = first
    for k in range(n):
        other, p0 = (round, second)
    return [p1, first, second, first is second]


def two_types(p0, p1, n):
    total = 0
    for k in range(n):
        if k & 1:
            p0 = k * 0.5
            value = p0
        else:
            p0 = k * 1000
            value = p0
        total += value
        again = value
        if k == n - 3:
            p1 = again
    return [total, value, again, value is again, p1]


def chosen(p0, p1, n):
    """The dead name comes first, and only one way of two shares."""
    same = 0
    for k in range(n):
        p0 = k * 0.25
        if k % 3:
            one = p0
            two = one
        else:
            one = k * 0.5
            two = k * 0.75
        p0 = 1.5
        same += one is two
        if k == n // 2:
            p1 = two
    return [one, two, same, one is two, p1]


def overflows(p0, p1, values):
    for k in range(len(values)):
        p0 = values[k] + 1
        one = p0
        if k % 5 == 0:
            p1 = one
        two = one
        p0 = None
    return [one, two, p1, one is two]


for size in (1, 2, 3, 20, 60000, 60001):
    print(beside_a_dead_name(53, 0.483, size))
    print(two_types(1.5, 2, size + 3))
    print(chosen(1.5, 2, size))
    print(overflows(1, 2, [1000 * k for k in range(size)] + [2**63 - 1, 3.5, 2**80]))
