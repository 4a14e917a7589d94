# native: loop
# Shifts: counts of 0, 63, 64 and more, negative ones, literals that are shifted, and which object `x >> 0` is.


def right(numbers, counts):
    found = []
    for x in numbers:
        for n in counts:
            y = x >> n
            found.append((y, y is x, x >> n & 1, (x >> n) + 3, x >> n < 2))
    return found


def left(counts):
    found = []
    for n in counts:
        try:
            found += [1 << n, 7 << n, 0 << n, 2 ** 40 << n, -3 << n, 2 ** 62 << n, (1 << n) - 1]
        except ValueError as error:
            found.append((n, str(error)))
    return found


def shifted(x, n):
    return x >> n


def called(turns):
    total = 0
    for i in range(turns):
        total += shifted(i * 12345, i % 100)
    return total


def widely(turns):
    total = 0
    for i in range(turns):
        total += i * 12345 >> i % 70
    return total


NUMBERS = [0, 1, 5, -1, -7, 2 ** 29, 2 ** 31, 2 ** 45, -2 ** 31, -2 ** 45, -2 ** 62, 2 ** 62]
for _ in range(30):
    result = right(NUMBERS, [0, 1, 2, 30, 31, 62, 63])
print(result)
print(right(NUMBERS, [64, 65, 100, 1000, 0, 63]))
print(called(20000), widely(20000))
for _ in range(30):
    result = left([0, 1, 2, 20, 22, 23, 40, 59, 60])
print(result)
print(left([61, 62, 63, 64, 70, -1, 1]))
try:
    right([1, 2], [3, -1])
except ValueError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)
