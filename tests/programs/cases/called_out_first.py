# native: loop
"""The first thing that a turn does is called out, and nothing is known of what comes back: looked up in dictionaries, made
by unknown functions, of another type now and then, missing in the end."""
import math


class Table(dict):
    def __missing__(self, key):
        return key + 0.5


def over_dictionary(table, n):
    s = 0.0
    for i in range(n):
        x = table[i & 15]
        y = x * x + 1.0
        s += (x + y) * (y * x - s) * 1e-9
        s -= x * y * 1e-12
        s *= 0.5
    return s


def over_function(function, n):
    total = 0
    for i in range(n):
        k = function(i)
        total = (total * 5 + k * k + (k ^ i)) & 0xFFFFFF
        total ^= k & 63
    return total, k


def nested(rows, n):
    s = 0
    for i in range(n):
        row = rows.get(i & 3)
        for k in range(20):
            s = (s * 3 + k * i + row) & 0xFFFF
    return s


FLOATS = {i: i * 0.5 for i in range(16)}
MIXED = Table(FLOATS)
del MIXED[7]
MIXED[9] = 2
print(over_dictionary(FLOATS, 120_000))
print(over_dictionary(MIXED, 120_000))
print(over_function(abs, 80_000), over_function(int.bit_length, 80_000), over_function(lambda i: i % 7 == 3, 80_000))
print(nested({0: 1, 1: 2, 2: 3, 3: True}, 8_000))
try:
    nested({0: 1, 1: 2, 2: 3}, 8_000)
except TypeError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)
FLOATS[math.isqrt(81)] = 1 << 70
print(over_dictionary(FLOATS, 50_000))
del FLOATS[3]
try:
    over_dictionary(FLOATS, 50_000)
except KeyError as error:
    print(repr(error), error.__traceback__.tb_next.tb_lineno)

s = 0.0
for i in range(150_000):
    x = MIXED[i & 15]
    s += x * x - s * 0.25
    s = s * 0.5 + x
print(s, x, i)
