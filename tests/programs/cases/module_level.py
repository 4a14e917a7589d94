# native: loop
# The hot loop stands at module level: its variables are globals, and functions see them change.
values = [k * 0.5 for k in range(50)]


def state():
    return k, round(total, 3)


total = 0.0
seen = []
for k in range(40_000):
    total += values[k % 50] * 2.0
    if k % 10_000 == 9_999:
        seen.append(state())
print(seen, k, total)
n = 27
steps = 0
while n != 1:
    n = 3 * n + 1 if n % 2 else n // 2
    steps += 1
print(steps)
try:
    for k in range(100_000):
        total += 1.0 / (70_000 - k)
except ZeroDivisionError as error:
    print(error, k, round(total, 6), error.__traceback__.tb_lineno)
del k
try:
    print(k)
except NameError as error:
    print(error)
