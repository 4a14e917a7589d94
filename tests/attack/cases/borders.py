"""Ends of numbers and objects: counting up to the border, remainders that are an operand, what dies when."""
from attacked import attempt, compiled

DEAD = []


class Loud:
    def __del__(self):
        DEAD.append(1)


@compiled
def counted(values, start):
    for number, value in enumerate(values, start):
        pass
    return number


@compiled
def backwards(a, b):
    count = 0
    for number in reversed(range(a, b)):
        count += 1
        if count > 10:
            break
    return count


@compiled
def remainders(values, by):
    out = []
    for value in values:
        out.append(value % by)
        out.append(divmod(value, by)[1])
        out.append(value ** 1)
    return [one is other for one in out for other in values[:3]]


@compiled
def replaced(n):
    kept, seen = [None], 0
    for k in range(n):
        if k % 700 == 0:
            kept[0] = Loud()
        if k == 1500:
            seen = len(DEAD)
        if k % 700 == 3:
            kept[0] = k
    return seen


@compiled
def best_pair(n):
    best = None
    for i in range(1, n):
        k = i
        while k > 1:
            k = k - 300
        if i % 50 == 0:
            best = 5, i
    return best


@compiled
def best_single(n):
    best = None
    for i in range(1, n):
        k = i
        while k > 1:
            if k < i:
                break
            k = k - 3
        if i == 950:
            best = (i,)
    return best


def halves(k):
    return k * 0.5, k * 0.25


@compiled
def taken_out(values, n):
    for k in range(n):
        values[0] = halves(k)[0]
        values[1] = halves(k)[1]
        first = halves(k)[0]
        values = values if first is not None else None
    return values


def fresh(function):
    def made():
        DEAD.clear()
        return (2000,)
    attempt(function, made)


attempt(counted, lambda: ([0] * 3, 2**63 - 2))
attempt(counted, lambda: ([0] * 3, 5))
attempt(backwards, lambda: (-2**63, -2**63 + 3))
attempt(backwards, lambda: (2, -2**63))
attempt(backwards, lambda: (0, 5))
attempt(remainders, lambda: ([1000 + k for k in range(50)], 2**31 - 1))
attempt(remainders, lambda: ([(1 << 40) + k for k in range(50)], 2**41))
attempt(remainders, lambda: ([1000 + k for k in range(50)], 7919))
attempt(best_pair, lambda: (1000,))
attempt(best_single, lambda: (1000,))
attempt(taken_out, lambda: ([0.0] * 4, 300))
fresh(replaced)
