"""A tuple with several names is one object to whoever asks, a traceback's frames included, even where nobody reads one of the names any more."""

import itertools
import random

import pytest

from tests.arrays.programs import plain_and_jitted

NAMES = "uvwxy"


class Writer:
    """Loops in loops that give tuples other names, and read some of them."""

    def __init__(self, seed):
        self.random = random.Random(f"names {seed}")

    def name(self):
        return self.random.choice(NAMES)

    def statement(self, depth):
        choose, name = self.random.choice, self.name()
        kind = self.random.random()
        if depth and kind < 0.25:
            return [f"for e{depth} in range({choose(('2', '3', 'k % 3'))}):", *self.block(depth - 1)]
        if depth and kind < 0.4:
            return [f"if k % {choose((2, 3))} == {choose((0, 1))}:", *self.block(depth - 1)]
        read = self.random.choice("uv")
        return [choose((f"{self.random.choice('xy')} = {read}", f"{name} = {read}", f"{read} = n, xs", f"{read} = len, s", f"{read} = (xs, {read})", f"{read} = (({self.random.choice('uv')}, {choose((1, 'xs'))}), {choose(('k', 'u', 'n'))})", f"{read} = {self.random.choice('uv')}[0]", f"s += u is v[0]", f"s += {read} is {self.random.choice('uv')}",
                        f"s += len({read})", f"a, b = {read}", f"xs[k + {choose((0, 0, 1))}]"))]

    def block(self, depth):
        return ["    " + line for _ in range(self.random.randint(1, 4)) for line in self.statement(depth)]

    def program(self):
        lines = ["for k in range(n):", f"    u = {self.random.choice(('len, xs', 'n, 0.25'))}", f"    v = {self.random.choice(('s, xs', 'u'))}", *self.block(2), "    xs[k]"]
        return "def f(n, xs):\n    u = v = w = x = y = s = a = b = 0\n" + "".join([f"    {line}\n" for line in lines]) + "    return s\n"


def told(function, given):
    """The result, or the error, its line, and the locals there with which of the tuples in them are the same object."""
    try:
        return function(*given)
    except (IndexError, TypeError, ValueError) as error:
        frame = error.__traceback__.tb_next
        found = {name: value for name, value in sorted(frame.tb_frame.f_locals.items()) if name != "xs"}
        return str(error), frame.tb_lineno, repr(found), same(found.values())


def same(values):
    """The pairs of places in these values, and in tuples in them, that are one tuple."""
    places = [(place,) for place in enumerate(values)]
    for path in places:
        if type(path[-1][1]) is tuple and len(path) < 5:
            places += [(*path, item) for item in enumerate(path[-1][1])]
    ids = [id(path[-1][1]) if type(path[-1][1]) is tuple else None for path in places]
    return [(one, other) for one, other in itertools.combinations(range(len(ids)), 2) if ids[one] is not None and ids[one] == ids[other]]


@pytest.mark.parametrize("seed", range(60))
def test_programs(seed):
    plain, jitted = plain_and_jitted(Writer(seed).program())
    for n in (4, 7, 3, 4, 5, 9, 2):
        for rest in (0, 1, n + 2):
            given = n, [1] * rest
            assert told(jitted, given) == told(plain, given)


class Displays:
    """A loop that puts named tuples into displays of displays."""

    def __init__(self, seed):
        self.random = random.Random(f"displays {seed}")

    def display(self, depth, names):
        choose = self.random.choice
        if depth == 0 or self.random.random() < 0.35:
            return choose((*names, *names, "k", "1", "d", "k * 0.5", "None"))
        return f"({self.display(depth - 1, names)}, {self.display(depth - 1, names)})"

    def program(self):
        choose = self.random.choice
        lines = [f"f = {choose(('(k, 2)', '(k, None)', '(d, k)', '(k * 0.5, k)', '(n, d)'))}", f"a = ({self.display(2, 'f')}, {self.display(1, 'fk')})"]
        lines += [f"b = ({self.display(2, 'fa')}, {self.display(1, 'ak')})", choose(("if k % 3: f = b", "a = b", "c = f", "c = a"))][:self.random.randint(0, 2)]
        lines.append(choose(("xs[k]", "out.append(a)", "out.append(f); out.append(a)", "s += f is a[0]", "s += b is a", "pass")))
        return "def f(n, xs):\n    d = 1, 2\n    f = a = b = c = d\n    s, out = 0, []\n    for k in range(n):\n" + "".join([f"        {line}\n" for line in lines]) + "    return s, d, f, a, b, c, out\n"


@pytest.mark.parametrize("seed", range(80))
def test_displays(seed):
    plain, jitted = plain_and_jitted(Displays(seed).program())
    for n in (4, 9, 4, 5, 9):
        results = [function(n, [1] * n) for function in (plain, jitted)]
        assert repr(results[0]) == repr(results[1]) and same(results[0]) == same(results[1])
        errors = [told(function, (n, [1] * (n - 2))) for function in (plain, jitted)]
        assert repr(errors[0]) == repr(errors[1])


CALLED = ("return t", "return t, 1", "return t[0], t", "return t, t", "y = t[0] * 2.5\n    return y, y", "y = t[0] * 2.5, 1\n    return y, (y, 2)", "if t[0] > 5: return t, t\n    return t, (1, 2)",
          "y = t[0] * 2.5\n    return y, (y, 1)", "s = 0\n    for k in range(t[0]): s += k\n    y = s, 1\n    return y, y", "s = 0\n    for k in range(t[0]): s += k\n    return t, s", "u = t\n    t = u[0], 5\n    return t, u",
          "out.append(t)\n    return t[0]", "s = 0.5\n    for k in range(t[0]): s += k\n    return t, (s, (s, t))", "return t if t[0] % 2 else (t[1], t[0])", "return out[-1] is t")


@pytest.mark.parametrize("body", CALLED)
def test_functions_that_get_tuples(body):
    """What a function gives is, or has in it, the very tuple that it was called with."""
    gives_the_same(f"out = [None]\ndef h(t):\n    {body}\ndef f(n):\n    found = []\n    for k in range(n):\n        t = k, 2\n        a = h(t)\n        found.append(a)\n        found.append(t)\n"
                   "        if k % 5 == 4: found.append(h((k, found[-1])))\n    return found, t, a, out\n")


GIVEN = ("y = x * 2.5\n    out.append(y)\n    return y", "y = x * 2.5\n    t = y, 1\n    out.append(t)\n    return y", "y = x * 2.5\n    t = y, 1\n    out.append(y)\n    return t", "out.append((x, x))\n    return x",
         "y = x * 2.5\n    o.a = y\n    return y, 1", "y = x * 2.5\n    o.a = y, 1\n    return y", "o.a = x * 2.5, 1\n    return o.a", "t = x, 1\n    o.a = t\n    return t, 1", "t = x, 1\n    d['k'] = t\n    return t",
         "t = x, 1\n    d['k'] = x\n    return t", "y = x * 2.5\n    return [y, y]", "t = x * 2.5, x\n    return [t, t]", "t = x * 2.5, x\n    return {'a': t, 'b': t[0]}", "t = x * 2.5, x\n    u = t, t\n    return u[0]",
         "t = x * 2.5, x\n    u = (t, 1), (t, 2)\n    out.append(u[0])\n    return u[1]", "t = x * 2.5, x\n    return max(t, (0.0, 1)), t", "for t in ((x, 1), (x, 2)): out.append(t)\n    return t",
         "ts = [(x, 1), (x * 2.5, 2)]\n    a, b = ts\n    return a, ts", "def inner(): return x, t\n    t = x, 3\n    return inner(), t", "t = x * 2.5, x\n    y, z = t\n    out.append(y)\n    return t",
         "t = x * 2.5, x\n    return sorted([t, (1.0, 2)])[0] if x > 3 else t", "t = x, x * 2.5\n    return t if x % 2 else t[::-1]", "t = x, x * 2.5\n    return t + (t,)", "g = lambda q: (q, x)\n    t = g((x, 1))\n    return t, t[0]")


@pytest.mark.parametrize("body", GIVEN)
def test_functions_that_get_numbers(body):
    """The same of numbers, and of what functions make of them and leave somewhere."""
    gives_the_same(f"class O: pass\no, d, out = O(), {{}}, [None]\no.a = None\ndef h(x):\n    {body}\ndef f(n):\n    found = []\n    for i in range(n):\n        x = i * 1.5\n        a = h(x)\n"
                   "        found.append((a, x, out[-1], o.a, d.get('k')))\n        b = h(i)\n        found.append((b, i, out[-1], o.a, d.get('k')))\n    return found\n")


LEFT_OVER = ("return t", "return t, x", "return t[0], t[0]", "return t[0], t", "s = 0\n    for y in t: s += y[0]\n    return t[0], s", "y = t[0]\n    return y, (y, x)", "out.append(t)\n    return x",
             "return [u for u in t]", "return out[-1] is t[0], x is t[0]", "s = 0\n    for a, b in t: s += a\n    return x, s", "return x, [x]", "return h(*t) if len(t) > 1 else t[0]")


@pytest.mark.parametrize("body", LEFT_OVER)
def test_functions_that_get_what_is_left_over(body):
    """What is in the tuple of arguments left over is the very object that the caller passed; the tuple is the function's own."""
    gives_the_same(f"out = [None]\ndef h(x, *t):\n    {body}\ndef f(n):\n    found = []\n    for k in range(n):\n        t = k * 1.5, 2\n        u = t, t\n        found.append((t, u))\n"
                   "        found.append(h(t, t))\n        found.append(h(k, t, (k, 3)))\n        found.append(h(*u))\n        found.append(h(u, *u))\n    return found, t, out\n")


def gives_the_same(source):
    plain, jitted = plain_and_jitted(source)
    for n in (4, 9, 4, 5, 30):
        for function in (plain, jitted):
            del function.__globals__["out"][1:]
        results = [function(n) for function in (plain, jitted)]
        assert repr(results[0]) == repr(results[1])
        assert [shared(result) for result in results[:1]] == [shared(result) for result in results[1:]]


def shared(result):
    """For each tuple and float in it the place of the first that is the same object."""
    first, items = {}, list(flat(result))
    return [first.setdefault(id(item), place) if type(item) in (tuple, float) else None for place, item in enumerate(items)]


def flat(value):
    """What lists, tuples and dictionaries consist of, themselves included."""
    yield value
    for item in value if type(value) in (list, tuple) else value.values() if type(value) is dict else ():
        yield from flat(item)
