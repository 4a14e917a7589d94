# native: loop
# Loops whose iterations are computed side by side: what the last one leaves, what hangs on the one before, what is skipped.
import warnings

import numpy as np


def last_values(a, n):
    t = u = 0.0
    for i in range(n):
        t = a[i] * 0.5
        u = t + i
        a[i] = u
    return t, u, n and i


def shifted(a, out):
    before = -1.0
    for i in range(len(a)):
        out[i] = a[i] - before
        before = a[i]
    return before


def chain(a, out, x):
    for i in range(len(a)):
        x = x * 0.5 + a[i]
        out[i] = x
    return x


def whole_numbers(k, n, total):
    for i in range(n):
        total += k[i] * 3
    return total


def products(k, n):
    total = 1
    for i in range(n):
        k[i] = k[i] * (i + 1)
        total = total * 3 - i
    return total


def without(p, q, me, n):
    total = 0.0
    last = count = None
    for j in range(n):
        if j != me:
            d = p[j] - p[me]
            q[j] = 1.0 / d
            total += d * d
            last = d
    return total, last, j


def without_two(p, me, other, n):
    total = 0.0
    count = 0
    for j in range(n):
        if j == me:
            continue
        if j == other:
            continue
        total += p[j]
        count += 1
    return total, count


def backwards(a, b, n):
    for i in range(1, n):
        a[n - i] = b[i] * 2.0
    return i


def by_columns(table, c, n):
    s = 0.0
    for i in range(n):
        table[i, c] = table[i, 0] + 1.5
        s += table[i, c]
    return s


def halves(a, b):
    for i in range(len(a)):
        b[i] = a[i] * a[i] - a[i]
    return b


def square_roots(a, b, n):
    for i in range(n):
        b[i] = abs(a[i]) / (1.0 + a[i] * a[i])
    return i


def counted(a, b):
    for i, x in enumerate(range(3, 3 + len(a))):
        b[i] = a[i] + x
    return x


def spread(a, steps, n):
    m = len(steps)
    s = 0.0
    for i in range(n):
        s += a[i * m]
        a[i * m] = s
    return s


def grown(table, n):
    for i in range(n):
        table[i, 1] = table[i, 1] * 1.5 + 1.0
    return n


def attempt(function, *arguments):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = function(*arguments)
        except Exception as error:
            result = type(error).__name__, str(error)
    print(function.__name__, repr(result), type(result), [(str(one.message), one.lineno) for one in caught])
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            print(argument.tolist())


for turn in range(2):
    for step in (0, 1, 3, 2**20, 2**33, 2**61):
        attempt(spread, np.arange(40.0), range(step), 14)
        attempt(spread, np.arange(40.0), range(step), 8)
    for stride in (0, 4, 8, -8, 16, -24):
        memory = np.arange(200.0)
        table = np.lib.stride_tricks.as_strided(memory[100:], shape=(20, 2), strides=(stride, 8))
        attempt(grown, table, 20)
        print(memory.tolist())
    for size in (0, 1, 2, 4, 7, 8, 9, 16, 17, 24, 25, 31, 40, 67):
        ramp = np.linspace(0.5, 2.0, size)
        attempt(last_values, ramp.copy(), size)
        attempt(last_values, ramp.copy(), size + 1)
        attempt(shifted, ramp, np.zeros(size))
        attempt(shifted, ramp, np.zeros(max(size - 1, 0)))
        attempt(chain, ramp, np.zeros(size), 0.25)
        attempt(whole_numbers, np.arange(size), size, 0)
        attempt(whole_numbers, np.arange(size) * 2**58, size, 0)
        attempt(products, np.arange(size), size)
        attempt(products, np.full(size, 2**57), size)
        attempt(backwards, np.zeros(size), ramp, size)
        attempt(counted, ramp, np.zeros(size))
        attempt(by_columns, np.arange(size * 3.0).reshape(size, 3), 2, size)
        attempt(by_columns, np.arange(size * 3.0).reshape(3, size).T, 1, size)
        attempt(by_columns, np.arange(size * 3.0).reshape(size, 3), 0, size)
        for kind in (np.float32, np.int64, np.int32):
            attempt(halves, np.arange(size, dtype=kind), np.zeros(size, dtype=kind))
            attempt(halves, np.full(size, 2**30 + 1, dtype=kind), np.zeros(size, dtype=np.float64))
        attempt(square_roots, ramp - 1.0, np.zeros(size), size)
        for me in {0, 1, size // 2, size - 9, size - 1} & set(range(size)):
            attempt(without, np.arange(float(size)), np.zeros(size), me, size)
            attempt(without, np.ones(size), np.zeros(size), me, size)
            attempt(without_two, ramp, me, size // 3, size)
            attempt(without_two, ramp, me, me, size)
        attempt(without, np.arange(size + 5.0), np.zeros(size + 5), size + 2, size)
        for where in range(0, size, 5):
            for bad in (np.inf, np.nan, 1e200, 1e-200, 5e-324, -0.0, 0.0):
                changed = ramp - 1.0
                changed[where] = bad
                attempt(chain, changed, np.zeros(size), 0.25)
                attempt(halves, changed, np.zeros(size))
                attempt(square_roots, changed, np.zeros(size), size)
                attempt(shifted, changed, np.zeros(size))
