# native: loop
# Integers have no size: every 64-bit operation can go on as a big one.
def powers(n, factor):
    value = 1
    for k in range(n):
        value = value * factor - k
    return value


def weighted(n, weight):
    total = 0
    for k in range(n):
        total += k * weight
    return total


def shifts(n):
    value, bits = 1, 0
    for k in range(n):
        value <<= 1
        bits += (value >> (k // 2)) & 1
    return value, bits


def down(n, step):
    value = 0
    while n > 0:
        value -= step
        n -= 1
    return value, -value, abs(value), ~value


for _ in range(800):
    powers(20, 3)
    weighted(60, 7)
    shifts(30)
    down(30, 5)
print(powers(39, 3), powers(40, 3), powers(41, 3), powers(150, -7))
print(weighted(1000, 10**14), weighted(100, 2**62), weighted(100, -(2**63)), weighted(4, 2**64), type(weighted(3, True)), weighted(0, 0.5))
print(shifts(62), shifts(63), shifts(64), shifts(100))
print(down(3, 2**62), down(2, 2**62), down(2, -(2**62)))
print(-(-(2**63)), abs(-(2**63)), (-(2**63)) // -1, (2**63 - 1) + 1)
