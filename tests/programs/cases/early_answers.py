# native: entry
# What recursive functions give early: results that don't fit, errors, other types, the last level of the recursion limit.
import sys
import traceback


def raised(n, x):
    return n + 1 if x == 0 else raised(n, x - 1)


def divided(x, n):
    return 1.0 / x if n == 0 else divided(x, n - 1) + 1.0


def item(values, place, n):
    if n == 0:
        return values[place]
    return item(values, place, n - 1) + item(values, place + 1, n - 1)


def total(tree):
    return 0 if tree is None else total(tree[0]) + tree[1] + total(tree[2])


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def grown(depth, leaf=None):
    return leaf if depth == 0 else (grown(depth - 1, leaf), depth, grown(depth - 1, leaf))


def attempt(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception as error:
        trace = traceback.format_exc().splitlines()
        print(len(trace), *trace[:4], *trace[-3:], sep="\n")
        print(type(error).__name__, error)


numbers = [float(k) for k in range(40)]
tree = grown(9)
for _ in range(300):
    raised(3, 20), divided(2.0, 20), item(numbers, 0, 4), total(tree), ackermann(2, 6), fib(11), even(31)

for depth in (0, 1, 2, 5, 6, 7, 8, 9, 14, 15):         # copies of a function in itself are some levels deep
    attempt(raised, 2**63 - 2, depth)
    attempt(raised, 2**63 - 1, depth)
    attempt(divided, 0.0, depth)
    attempt(item, numbers, 39 - depth, depth)
    attempt(item, numbers, 40 - depth, depth)
attempt(raised, 0.5, 4)
attempt(raised, True, 3)
attempt(divided, 4.0, 7)
attempt(divided, 0.0, 7)
attempt(divided, -0.0, 0)
attempt(divided, 3, 2)
attempt(item, numbers, 38, 1)
attempt(item, numbers, 36, 3)
attempt(item, numbers, 37, 3)
attempt(item, (1, 2, 3), 0, 2)
attempt(item, numbers, -3, 2)
attempt(item, ["a", "b", "c"], 0, 2)
attempt(total, ((None, 1, 3), 2, None))
attempt(total, (grown(4, leaf=(None, 2**62, None)), 0, None))
attempt(total, grown(6, leaf=()))
attempt(total, grown(3, leaf=(None, 0.5, None)))
attempt(ackermann, 1, 20)
attempt(ackermann, 0, 2**63 - 1)
attempt(ackermann, 0, "n")
attempt(fib, 1.5)
attempt(fib, 15.0)
attempt(fib, 2**64 - 2**64 + 12)
attempt(even, 40)
attempt(even, 41)
sys.setrecursionlimit(200)
for depth in range(180, 205):
    attempt(raised, 1, depth)
    attempt(divided, 2.0, depth)
