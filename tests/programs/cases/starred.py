# native: loop
# What has a star, conversions in f-strings, dictionaries of constant keys, imports and deleted attributes, in hot loops: call-outs between numbers.
import sys
import traceback


class Loud:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"Loud({self.value})" if self.value < 3000 else 5

    def __format__(self, text):
        raise LookupError(text)

    def __str__(self):
        return f"<{self.value}>"


class Mapping:
    def keys(self):
        print("keys")
        return ["x", "y"]

    def __getitem__(self, key):
        return 2.5


def three(a, b=0, *rest, c=1, **others):
    return a + b * c + len(rest) + len(others)


def numbers(n, x):
    """Something to compile the loop for."""
    return (x * 1.5 + n) % 7.0 - x * 1e-3


def calls(n, pair, names):
    total = 0.0
    for k in range(n):
        total = numbers(k, total) + (total + k) * 0.25 % 3 - k % 5 * 0.5 + (k * k & 15)
        total += three(1, *pair) + three(*pair, 5, 6) + three(*pair, c=k) + three(k, **names) + three(*pair, *pair, **names, z=1)
    return total


def displays(n, pair, names):
    total, seen = 0, None
    for k in range(n):
        total = (total * 31 + k * k) % 65537 + (k ^ total) % 11 - k // 3
        seen = (*pair, k), [*pair, *pair, k], {*pair, k}, {**names, "k": k}, {"a": k, "b": total}
        total += len(seen[0]) + len(seen[1]) + len(seen[2]) + len(seen[3])
    return total, seen


def targets(n, items):
    total, rest = 0, None
    for k in range(n):
        total = (total * 31 + k * k) % 65537 + (k ^ total) % 11 - k // 3
        first, *rest, last = items
        *rest, final = rest
        total += first * last + len(rest) + final
    return total, rest, sys.getsizeof(rest)


def texts(n, values):
    total, text = 0, ""
    for k in range(n):
        for step in range(30):
            total = (total * 31 + k * step) % 65537 + (k ^ total) % 11 - k // 3
        text = f"{values[k % 2]!r:>6}|{total!s}|{values[0]!a}"
        total += len(text)
    return total, text


def imports(n):
    total = 0.0
    for k in range(n):
        for step in range(30):
            total = (total * 1.25 + k * step) % 65537 + step % 11 - k // 3
        import math
        from math import floor, sqrt as root
        import os.path as paths
        total += root(k) + floor(total) * 1e-3 + len(paths.sep) + math.pi
    return total


class Held:
    pass


def attributes(n, held):
    total = 0
    for k in range(n):
        total = (total * 31 + k * k) % 65537 + (k ^ total) % 11 - k // 3
        held.number = total
        total += held.number
        del held.number
    return total, vars(held)


def shown(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        lines = [one.lineno - function.__code__.co_firstlineno for one in traceback.extract_tb(error.__traceback__)[1:2]]
        return type(error).__name__, str(error).replace(str(id(arguments)), ""), lines, sorted(error.__traceback__.tb_next.tb_frame.f_locals)


for _ in range(3):
    print(calls(4000, (2, 3), {"x": 1}), displays(4000, (1, 2), {"x": 1}), targets(4000, [1, 2, 3, 4, 5]), texts(6000, ["a", "é"]), imports(6000), attributes(3000, Held()))
print(shown(calls, 3, (1, 2), {"z": 1}), shown(calls, 3, 5, {}), shown(calls, 3, (1, 2), Mapping()), shown(calls, 3, (1, 2), {5: 1}))
print(shown(displays, 3, (1, []), {}), shown(displays, 3, 7, {}), shown(displays, 3, (), Mapping()), shown(displays, 3, iter([1, 2]), {1: 2, "a": 3}))
print(shown(targets, 3, (1,)), shown(targets, 3, "abcdef"), shown(targets, 3, 8), shown(targets, 3, range(9)))
print(shown(texts, 4000, [Loud(7), Loud(1)]), shown(texts, 4, [Loud(7000), 1]))
paths = sys.modules["os.path"]
sys.modules["os.path"] = None
print(shown(imports, 5))
sys.modules["os.path"] = paths


def replaced(name, *rest):
    print("import of", name)
    return original(name, *rest)


import builtins
original = builtins.__import__
builtins.__import__ = replaced
answer = imports(2)
builtins.__import__ = original
print(answer)
print(imports(8000), texts(8000, [1.5, None]))
