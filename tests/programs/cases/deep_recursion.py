# status: 1
# The recursion limit comes at the depth, and with the error, that plain Python has.
import sys


def count(n):
    return 0 if n == 0 else 1 + count(n - 1)


def carry(n, thing):
    if n == 0:
        return thing
    return carry(n - 1, thing)


def bottom(n):
    try:
        return bottom(n + 1)
    except RecursionError:
        return n


print(bottom(0), sys.getrecursionlimit())
for _ in range(800):
    count(40)
    carry(40, 0.5)
print(count(900), carry(900, "end"), bottom(0))
try:
    count(3000)
except RecursionError as error:
    entries = 0
    traceback = error.__traceback__
    while traceback is not None:
        entries += 1
        traceback = traceback.tb_next
    print(error, entries)
sys.setrecursionlimit(10**6)
print(count(60_000), carry(60_000, "end"))
sys.setrecursionlimit(200)
print(bottom(0))
count(250)
