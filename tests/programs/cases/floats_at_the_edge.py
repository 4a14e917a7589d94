# native: loop
# Signed zeros, infinities, NaN, subnormals: comparisons, min, max, //, %, divmod, round, int.
import math


def pairs(values):
    rows = []
    for x in values:
        for y in values:
            row = [min(x, y), max(x, y), x < y, x <= y, x == y, x != y, not x >= y, x + y, x - y, x * y]
            if y:
                row += [x / y, x // y, x % y, divmod(x, y)]
            rows.append(row)
        rows.append([-x, abs(x), x * -0.0, 0.0 - x, x + 0.0, bool(x)])
    return rows


def roundings(n):
    rows = []
    for k in range(n):
        rows.append((round(k * 0.5), round(k * 0.125, 2), int(k * -0.7), -k // 4, -k % 4, k // -4, k % -4, divmod(-k, 3), round(k * 2.5, -1)))
    return rows


def scan(values):
    low, high = values[0], values[0]
    for k in range(len(values)):
        low = min(low, values[k])
        high = max(values[k], high)
    return low, high


plain = [0.0, -0.0, 1.5, -2.5, 3e300, -5e-324, 1e-310]
for _ in range(120):
    pairs(plain)
    roundings(16)
    scan(plain)
print(repr(pairs(plain + [math.nan, math.inf, -math.inf])))
print(roundings(24))
print(scan([math.nan, 1.0, 2.0]), scan([1.0, math.nan, 2.0]), scan([0.0, -0.0]), scan([-0.0, 0.0]))
for bad in (math.nan, math.inf):
    try:
        print(int(bad))
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
