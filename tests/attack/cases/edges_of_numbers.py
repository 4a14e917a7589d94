"""Edges of int and float: 2**53, 2**63, hash and equality, bool arithmetic, conversions, printing of results."""

import math

from attacked import attempt, compiled, say

EDGES = [0, 1, -1, 2, 255, 256, 257, -5, -6, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 1, -2 ** 53 - 1, 2 ** 62, 2 ** 63 - 1, -2 ** 63, 2 ** 63, 2 ** 64,
         2 ** 100, 10 ** 400, True, False, 0.0, -0.0, 0.5, -0.5, 1.5, 2.5, 1e16, 9007199254740992.0, 9007199254740994.0, 9.223372036854775807e18, -9.223372036854775808e18,
         1e300, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, float("inf"), float("-inf"), float("nan")]


@compiled
def arithmetic(a, b):
    out = []
    for operation in range(9):
        try:
            if operation == 0:
                c = a + b
            elif operation == 1:
                c = a - b
            elif operation == 2:
                c = a * b
            elif operation == 3:
                c = a / b
            elif operation == 4:
                c = a // b
            elif operation == 5:
                c = a % b
            elif operation == 6:
                c = divmod(a, b)
            elif operation == 7:
                c = min(a, b), max(a, b)
            else:
                c = abs(a), -a, +b, round(a), int(a), float(b), bool(a)
            out.append(c)
        except (ArithmeticError, ValueError) as error:
            out.append(str(error))
    return out


@compiled
def comparisons(a, b):
    return a < b, a <= b, a == b, a != b, a > b, a >= b, a < b < a, a == b == a, not a, a and b, a or b, (a if b else b), a is b


@compiled
def bits(a, b):
    out = []
    for operation in range(6):
        try:
            if operation == 0:
                out.append(a & b)
            elif operation == 1:
                out.append(a | b)
            elif operation == 2:
                out.append(a ^ b)
            elif operation == 3:
                out.append(a << (b & 127))
            elif operation == 4:
                out.append(a >> b)
            else:
                out.append(~a)
        except (ValueError, TypeError, OverflowError) as error:
            out.append(str(error))
    return out


for a in EDGES:
    for b in EDGES:
        attempt(arithmetic, lambda: (a, b), times=1)
        attempt(comparisons, lambda: (a, b), times=1)
        if type(a) in (int, bool) and type(b) in (int, bool):
            if b < 1000:
                attempt(bits, lambda: (a, b), times=1)


@compiled
def powers(a, n):
    out = []
    for i in range(-3, n):
        try:
            out.append(a ** i)
        except ArithmeticError as error:
            out.append(str(error))
    return out


for a in EDGES[:36]:
    if not (type(a) is int and abs(a) > 2 ** 101):
        attempt(powers, lambda: (a, 6), times=1)


@compiled
def mathematics(values):
    out = []
    for value in values:
        for which in range(10):
            try:
                if which == 0:
                    out.append(math.sqrt(value))
                elif which == 1:
                    out.append(math.exp(value))
                elif which == 2:
                    out.append(math.log(value))
                elif which == 3:
                    out.append(math.floor(value))
                elif which == 4:
                    out.append(math.sin(value))
                elif which == 5:
                    out.append(math.pow(value, 2))
                elif which == 6:
                    out.append(math.fabs(value))
                elif which == 7:
                    out.append(math.hypot(value, 1.0))
                elif which == 8:
                    out.append(math.isnan(value) or math.isinf(value))
                else:
                    out.append(math.copysign(1.0, value))
            except (ValueError, OverflowError) as error:
                out.append(str(error))
    return out


attempt(mathematics, lambda: (EDGES,))
attempt(mathematics, lambda: ([value for value in EDGES if type(value) is float],))


@compiled
def overflow_by_steps(n):
    a, b, c, d = 1, 1, 1, -1
    for i in range(n):
        a = a * 3
        b = b + (1 << 58)
        c = c << 1
        d = d * 2 - 1
    return a, b, c, d


attempt(overflow_by_steps, lambda: (100,))


@compiled
def float_and_int_take_turns(n):
    x = 0
    seen = []
    for i in range(n):
        if i % 3 == 0:
            x = x + 1
        elif i % 3 == 1:
            x = x * 1.0
        else:
            x = int(x)
        if i % 50 < 3:
            seen.append(x)
    return seen


attempt(float_and_int_take_turns, lambda: (300,))


@compiled
def booleans(n):
    total = True
    flags = []
    for i in range(n):
        flag = i % 3 == 0
        total = total + flag
        flags.append(flag & True)
        flags.append(flag | (i > 5))
        flags.append(flag + flag)
        flags.append(-flag)
        flags.append(flag ^ 1)
        flags.append(not flag)
        flags.append(flag < True)
    return total, flags[-14:], flags[:7]


attempt(booleans, lambda: (100,))


@compiled
def identities(values):
    out = []
    last = None
    for value in values:
        same = value
        copy = value + 0
        out.append((same is value, copy is value, last is value, type(copy)))
        last = value
    return out


attempt(identities, lambda: ([1, 1, 300, 300, 0.5, 0.5, True, 2 ** 70, 256, 257, -5, -6],))


@compiled
def collatz_to_big(n):
    steps = 0
    top = n
    while n != 1:
        n = 3 * n + 1 if n % 2 else n // 2
        if n > top:
            top = n
        steps += 1
    return steps, top


attempt(collatz_to_big, lambda: (837799,))
attempt(collatz_to_big, lambda: (2 ** 61 - 1,))
attempt(collatz_to_big, lambda: (2 ** 64 + 1,))


@compiled
def float_remainders(values, by):
    return [(value % by, value // by, -value % by, value % -by) for value in values]


attempt(float_remainders, lambda: ([0.0, -0.0, 1.5, -1.5, 1e308, 5e-324, float("inf")], 0.7))
attempt(float_remainders, lambda: ([0.0, -0.0, 1.5, -1.5, 1e308, 5e-324], float("inf")))


@compiled
def text(n):
    out = ""
    total = 0.1
    for i in range(n):
        total += i / 3
        out = f"{i}:{total:.3f}|{out[:40]!r:>10}"
        if (m := i * 2) > 50:
            out += f"{m=}"
    return out, total


attempt(text, lambda: (60,))
