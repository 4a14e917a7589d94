"""Control flow and code of unusual shape: long, deep, wide, nested, empty."""

from attacked import attempt, compiled, say


def made(source, name="f"):
    space = {}
    exec(compile(source, "cases/made.py", "exec"), space)
    return compiled(space[name])


@compiled
def for_else(n, stop):
    out = []
    for i in range(n):
        for j in range(i):
            if j == stop:
                break
            if j % 2:
                continue
        else:
            out.append(i)
            continue
        out.append(-i)
    else:
        out.append("end")
    while n:
        n -= 1
        if n == stop:
            break
    else:
        out.append("zero")
    return out[:5], out[-5:], n


for arguments in ((0, 0), (1, 0), (30, 5), (30, 50), (200, 150)):
    attempt(for_else, lambda: arguments)


@compiled
def while_true(n):
    i = total = 0
    while True:
        i += 1
        if i % 2:
            continue
        total += i
        while True:
            total -= 1
            if total % 5 == 0:
                break
        if i > n:
            break
    return i, total


attempt(while_true, lambda: (400,))


@compiled
def side_effects(log, n):
    def note(value):
        log.append(value)
        return value
    hits = 0
    for i in range(n):
        if note(i % 3) < note(i % 2) < note(5):
            hits += 1
        if note(0) or note(i % 2) and note(7):
            hits += 10
        hits += (note(1) if i % 4 else note(2))
    return hits, len(log)


attempt(side_effects, lambda: ([], 60))


@compiled
def objects_by_condition(a, b, n):
    x = a
    changes = 0
    for i in range(n):
        y = a if i % 3 else b
        if y is not x:
            changes += 1
        x = y or x
        z = x and 5
    return changes, x, z


attempt(objects_by_condition, lambda: ([], "text", 100))
attempt(objects_by_condition, lambda: (1, 1.0, 100))
attempt(objects_by_condition, lambda: (None, 0, 100))
attempt(objects_by_condition, lambda: (300, [1], 100))


@compiled
def variable_of_many_types(n):
    x = 0
    seen = []
    for i in range(n):
        k = i % 6
        if k == 0:
            x = i
        elif k == 1:
            x = i * 0.5
        elif k == 2:
            x = str(i)
        elif k == 3:
            x = [i]
        elif k == 4:
            x = (i, x)
        else:
            x = None
        if i > n - 8:
            seen.append(x)
    return seen


attempt(variable_of_many_types, lambda: (300,))

wide = ["def f(n):"]
wide += [f"    v{i} = {i}" for i in range(320)]
wide += ["    for k in range(n):"]
wide += [f"        v{i} += v{(i * 7 + 1) % 320} % {i + 2}" for i in range(0, 320, 3)]
wide += ["        if k == n - 2:", "            del v300", "    return v0 + v319, v299, v300"]
attempt(made("\n".join(wide)), lambda: (100,))
attempt(made("\n".join(wide)), lambda: (1,))
long = ["def f(n):", "    t = 1"] + [f"    t = (t * {i + 3} + n) % 1000003" for i in range(1500)] + ["    return t"]
attempt(made("\n".join(long)), lambda: (5,))
attempt(made("\n".join(long)), lambda: (0.5,))
long = ["def f(n):", "    t = 1", "    for i in range(n):"] + [f"        t = (t * {i + 3} + i) % 1000003 if t % 7 else t + {i}" for i in range(300)] + ["    return t"]
attempt(made("\n".join(long)), lambda: (60,))
deep = "def f(n):\n    t = 0\n    for i in range(n):\n        t += " + "(" * 60 + "i" + " + 1) * 2 % 1009" * 60 + "\n    return t"
attempt(made(deep), lambda: (60,))
nested = "def f(n):\n    t = 0\n" + "".join("    " * (d + 1) + f"for i{d} in range(2):\n" for d in range(10)) + "    " * 11 + "t += i0 + i9 * n\n    return t"
attempt(made(nested), lambda: (3,))
branches = ["def f(n):", "    t = 0", "    for i in range(n):"]
for i in range(60):
    branches += [f"        {'if' if i == 0 else 'elif'} i % 61 == {i}:", f"            t += {i} if t % 2 else {i}.5"]
attempt(made("\n".join(branches + ["    return t"])), lambda: (300,))


@compiled
def walrus_and_comprehensions(n):
    total = 0
    rows = []
    while (m := n - total) > 0:
        total += (k := m // 2 + 1)
        rows.append([(i, j) for i in range(3) for j in range(i) if (last := i + j) > 0])
        total += sum(x * x for x in range(3)) + max([y for y in range(k % 5)], default=0)
        pairs = {a: b for a, b in rows[-1]}
        kept = {b for _, b in rows[-1]}
    return total, k, last, pairs, kept, len(rows)


attempt(walrus_and_comprehensions, lambda: (10000,))


@compiled
def texts(names, methods, n):
    total = 0
    for j in range(n):
        for method in methods:
            text = f"{names}.{method}"
            total += len(text) + len(f"{j:>5}|{text!r:10}|{j + 1}{'x'}")
    return total, text


attempt(texts, lambda: ("a", ["b", "cc", 1], 100))


@compiled
def empty_loops(n):
    for i in range(n):
        pass
    for j in []:
        pass
    for j in ():
        k = j
    for _ in range(0):
        i = 99
    while False:
        i = 100
    return i


attempt(empty_loops, lambda: (1000,))
attempt(empty_loops, lambda: (0,))


@compiled
def bound_the_first_time(n, early):
    if early:
        later = [n]
    i = total = 0
    while i < n:
        i += 1
        total += i % 3
        if i == n - 1:
            later = [total]
        elif i == n:
            total += later[0]
    return total


for turn in range(6):
    attempt(bound_the_first_time, lambda: (30000, turn % 2 == 0), times=1)
attempt(bound_the_first_time, lambda: (1, False), times=1)


@compiled
def tries_in_loops(values):
    out = []
    for value in values:
        try:
            for i in range(3):
                try:
                    if value == i:
                        break
                    if value > 5:
                        return out, "returned"
                    out.append(10 // value)
                finally:
                    out.append("f")
            else:
                out.append("else")
                continue
        except (ZeroDivisionError, TypeError) as error:
            out.append(type(error).__name__)
    return out


attempt(tries_in_loops, lambda: ([1, 2, 3, -1] * 20,))
attempt(tries_in_loops, lambda: ([1, 2, "a", None, 0, 3, 4, 6, 1],))


@compiled
def defaults_and_keywords(a, b=2, *rest, c=3, **named):
    total = 0
    for i in range(100):
        total += a * i + b - c
    return total, rest, sorted(named)


say(defaults_and_keywords(1), defaults_and_keywords(1, 2.5), defaults_and_keywords(1, 2, 3, c=4, d=5), defaults_and_keywords(a=1, b=0.5))
try:
    defaults_and_keywords()
except TypeError as error:
    say(error)


@compiled
def many(a, b, c):
    return a + b * c


say([many(1, 2, 3), many(c=1, b=2, a=3), many(*[1, 2], c=0.5), many(2 ** 62, 2, 2 ** 62), many("a", "b", 2), many([1], (2,), 0) if False else 0])
for wrong in ((), (1,), (1, 2, 3, 4)):
    try:
        many(*wrong)
    except TypeError as error:
        say(error)


class Calls:
    @compiled
    def method(self, n):
        total = 0
        for i in range(n):
            total += self.weight
            self.weight += 1
        return total

    weight = 1


thing = Calls()
say(thing.method(100), thing.method(100), thing.weight, Calls.weight, Calls.method(thing, 10))
