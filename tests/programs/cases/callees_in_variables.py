# native: loop
# Functions that variables hold: passed on, made anew, closures that share cells, changed and replaced in mid-loop.

import traceback
import weakref


def simpson(f, a, b, n):
    h = (b - a) / n
    s = f(a) + f(b)
    for k in range(1, n):
        s += f(a + k * h) * (4.0 if k % 2 else 2.0)
    return s * h / 3.0


def newton(f, df, x, n):
    for k in range(n):
        x = x - f(x) / df(x)
    return x


def counter(start):
    total, calls = start, 0

    def add(k, by=1):
        nonlocal total, calls
        calls += 1
        total += k * by
        return total

    def seen():
        return total, calls

    return add, seen


def shared(n):
    add, seen = counter(0)
    s = 0
    for k in range(n):
        s += add(k) - add(1, 3) + add(by=2, k=k)
        if k % 5000 == 4999:
            s += seen()[0]
    return s, seen()


def own_cell(n):
    scale = 0.5
    names = []

    def scaled(x):
        return x * scale

    s = 0.0
    for k in range(n):
        s += scaled(k)
        if k % 4000 == 3999:
            scale = scale + 1.0
            names.append(scale)
    scale = "ab"
    return s, names, scaled(2)


def grows(n):
    add, seen = counter(2 ** 62)
    for k in range(n):
        add(2 ** 50)
    return seen()


def divided(n, at):
    limit = at

    def inverse(x):
        y = x + 0.25
        return y / (x - limit)

    def both(x):
        z = inverse(x) * 2.0
        return z + inverse(x - 1.0)

    s = 0.0
    for k in range(n):
        s += both(k)
    return s


def unbound(n):
    def late(x):
        return x + bound

    s = 0
    for k in range(n):
        try:
            s += late(k)
        except NameError as error:
            s += len(str(error))
        if k == n // 2:
            bound = 5
        if k == n - 2:
            del bound
    return s


def recursive(n):
    def fib(k):
        return k if k < 2 else fib(k - 1) + fib(k - 2)

    s = 0
    for k in range(n):
        s += fib(k % 12)
    return s


def first(x, by=2):
    return x + by


def second(x, by=3):
    return x * by


def replaced(n, change):
    f = first
    s = 0
    for k in range(n):
        s += f(k)
        if k % 3000 == 2999:
            f = change(k, f)
    return s


def other(k, f):
    return second if f is first else first


def other_code(k, f):
    first.__code__, second.__code__ = second.__code__, first.__code__
    return f


def other_defaults(k, f):
    f.__defaults__ = (k,)
    return f


def other_kind(k, f):
    return [abs, other, int, lambda x: x * 0.5, first][k // 3000 % 5] if k != 5999 else first


class Loud:
    def __init__(self, name):
        self.name = name

    def __call__(self, x):
        return x + 1

    def __del__(self):
        print("gone", self.name)


def anew(n):
    s, gone = 0, []
    for k in range(n):
        f = lambda x: x + k
        s += f(k)
        if k % 2500 == 2499:
            g = weakref.ref(f, lambda _: gone.append(len(gone)))
        if k % 2500 == 2000:
            loud = Loud(k)
            f = lambda x, loud=loud: x + k
            del loud
    return s, gone


def passed(n):
    s = 0.0
    for k in range(n):
        s += simpson(lambda x: x * x + k, 0.0, 1.0, 4)
    return s


def listed(n):
    functions = [first, second, lambda x: x - 1, abs]
    s = 0
    for k in range(n):
        s += functions[k % 4](k)
    for k in range(n):
        s += functions[2](k)
    return s


def shown(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, float))]))
            trace = trace.tb_next
        print("".join(traceback.format_exception(error)))


for turn in range(3):
    shown(simpson, lambda x: x * x * x + 1.0, 0.0, 2.0, 50_000)
    shown(simpson, lambda x: 1.0 / (x - 1.0), 0.0, 2.0, 50_000)
    shown(newton, lambda x: x * x - 2.0, lambda x: 2.0 * x, 3.0, 40_000)
    shown(newton, lambda x: x * x, lambda x: 2.0 * x, 3.0, 40_000)
    for function in (shared, own_cell, grows, unbound, recursive, anew, passed, listed):
        shown(function, 12_000)
    shown(divided, 20_000, 1e9)
    shown(divided, 20_000, 15_000)
    for change in (other, other_code, other_defaults, other_kind):
        shown(replaced, 15_000, change)


def chosen(x, y):
    return x + 2000 if y else x


def pair(x, y):
    return y, x + y


def identities(x, n):
    c, found = x, 0
    for k in range(n):
        c = c + 3
        a = chosen(c, k % 3)
        found += a is c
        t = pair(c, a)
        found += t[0] is a
        u, w = pair(a, a)
        found += u is a
    return a is c, u is a, found


for turn in range(3):
    print(identities(1500, 4000), identities(0.5, 4000))
    print([identities(2000 + turn, n)[0] for n in range(37, 43)])
