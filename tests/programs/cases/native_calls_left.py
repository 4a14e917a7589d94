# native: entry
# What is left in the middle of native calls of one function by another: values, tracebacks, handlers in outer frames, locals.

import sys
import traceback


def factorial(n):
    if n < 2:
        return 1
    return n * factorial(n - 1)


def tail(n, product):
    if n == 0:
        return product
    return tail(n - 1, product * n)


def divided(x, y):
    z = x + 0.5
    return z / y


def middle(x, y, k):
    first = divided(x, y + 1.0)
    second = divided(first, y)
    return first + second * k


def outer(n):
    total = 0.0
    for i in range(n):
        try:
            total += middle(i * 0.5, 3.0 - i % 7, 2) + middle(total, 1.5, k=i)
        except ZeroDivisionError:
            total += 100.0
    return total


def uncaught(n):
    total = 0.0
    for i in range(n):
        total += middle(float(i), 5000.0 - i, 3)
    return total


def item(values, place):
    return values[place]


def items(values, n):
    s = 0
    for i in range(n):
        s += item(values, i) + item(place=-1, values=values)
    return s


def shown(function, *arguments):
    try:
        result = function(*arguments)
        print(function.__name__, type(result).__name__, str(result)[:60])
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, frame.f_lineno - frame.f_code.co_firstlineno, sorted([(name, str(value)[:30]) for name, value in frame.f_locals.items() if not name.startswith(("f", "error", "trace"))]))
            trace = trace.tb_next
        print("".join(traceback.format_exception(error)))


for turn in range(3):
    for n in (5, 20, 21, 30, 60):
        shown(factorial, n)
        shown(tail, n, 1)
    shown(outer, 20_000)
    shown(uncaught, 10_000)
    shown(items, list(range(20_000)), 20_000)
    shown(items, list(range(20_000)), 20_001)
    shown(items, [1, 2.5, 3] * 7000, 20_000)
sys.setrecursionlimit(300)
for n in (200, 280, 290, 294, 295, 296, 297, 298, 299, 300, 320):
    try:
        print(n, str(tail(n, 0)))
    except RecursionError as error:
        print(n, error, len(traceback.extract_tb(error.__traceback__)))
