"""Random loops over generator expressions whose items' ends are noticed: the generator's own variable keeps each alive to its next step, and no longer."""

import os
import random

import framejit
from tests.random.test_temporaries import Noticed, died, show

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
CALLS = ((3, 5), (4, 2), (3, 0), (5, 6), (2, 9))


class Generator:
    """Two lists of objects, a tuple of pairs, a dictionary; loops over what is made of them, whose bodies let go of items."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def expression(self):
        """(targets, expression) of one loop."""
        condition = self.pick("", "", " if x.number % 3", " if x.value", " if x is not ys[0]", " if x.number > c % 7")
        source = self.pick("xs", "xs", "ys", "xs[1:]", "tuple(ys)", "list(xs)", "(xs[0], ys[-1])")
        single = self.pick("x", "x", "x.value", "x.number", "x.number + c", "x.value * 2")
        pair = self.pick("(x, x.number)", "(x.number, x.value)", "(x, k)", "(x, x)", "(x, ys[0])")
        two = self.pick("x", "y", "x.value + y.number", "y.number")
        return self.pick(("v", f"{single} for x in {source}{condition}"), ("v", f"{single} for x in {source}{condition}"), ("v, w", f"{pair} for x in {source}{condition}"),
                         ("v", f"{two} for x, y in zip(xs, ys)"), ("v", f"{two.replace('y', 'x')} for i, x in enumerate(xs)"), ("v", f"{two} for x, y in pairs"),
                         ("v, w", "(y, x.number) for x, y in pairs"), ("v", "d[i] for i in range(len(d))"), ("v", "x for i, x in d.items()"), ("v", f"{single} for x in d.values()"))

    def change(self):
        return self.pick("xs[k % len(xs)] = make(k)", "if len(xs) > 2: xs.pop()", "if len(xs) > 2: del xs[0]", "if len(xs) < 8: xs.append(make(c))", "ys[0] = ys[-1]", "ys[-1] = make(7)",
                         "xs[0], ys[0] = ys[0], xs[0]", "v = None", "v = w = 0", "keep = v", "keep = xs[0]", "d[k % len(d)] = make(k)", "xs = [make(1), make(2), make(3)]", "ys[:] = [make(k), ys[0]]",
                         "pairs = ((make(1), make(2)), (keep, xs[-1]))", "xs.reverse()", "xs[1:3] = [ys[0]]", "ys = xs", "note.append(v)", "note.clear()")

    def notice(self):
        return self.pick("c = (c * 3 + len(died)) % 1000003", "c += (k + 1) * len(died)", "found.append(len(died))", "c += number(v)", "c += 1")

    def loop(self, indent, depth):
        targets, expression = self.expression()
        lines = [f"{indent}for {targets} in ({expression}):"]
        for _ in range(self.random.randrange(1, 4)):
            lines.append(f"{indent}    {self.pick(self.notice(), self.notice(), self.change())}")
        if depth < 1 and self.random.random() < 0.2:
            lines += self.loop(indent + "    ", depth + 1)
        if self.random.random() < 0.3:
            lines.append(f"{indent}    if {self.pick('c % 5 == 2', 'k == 2', 'len(found) % 4 == 3')}: {self.pick('break', 'break', 'continue', 'return c, found', 'raise KeyError(c)')}")
        lines.append(f"{indent}    {self.notice()}")
        return lines

    def program(self):
        lines = ["def f(n, xs, ys, pairs, d):", "    c, found, note, keep, v, w = 0, [], [], None, 0, 0", "    for k in range(n):"]
        for _ in range(self.random.randrange(1, 3)):
            if self.random.random() < 0.2:
                lines += ["        try:", *self.loop(" " * 12, 0), f"        except {self.pick('KeyError', 'IndexError', 'AttributeError')}:", "            c += 100"]
            else:
                lines += self.loop(" " * 8, 0)
            lines.append(f"        {self.notice()}")
        return "\n".join([*lines, "    return c, found, show([xs, ys, keep, v, w])"])


def number(thing):
    return thing.number if type(thing) is Noticed else 3 if thing is None else thing


def outcome(function, n, length):
    """What it gives, or the error; what has died when it returns, and in which order."""
    died.clear()
    Noticed.made = 0
    try:
        found = function(n, [Noticed(i) for i in range(length)], [Noticed(i * 2) for i in range(3)], ((Noticed(1), Noticed(2)), (Noticed(3), Noticed(4))), {i: Noticed(i) for i in range(3)})
    except Exception as error:
        found = repr(error)
    return found, died[:]


def compared(seed):
    """(source, call, plain, accelerated) of what differs, or None."""
    source = Generator(seed).program()
    namespace = dict(make=Noticed, number=number, show=show, died=died)
    exec(compile(source, "<program>", "exec"), namespace)
    plain, fast = namespace["f"], framejit.jit(namespace["f"])
    for n, length in CALLS * 4:
        found, wanted = outcome(fast, n, length), outcome(plain, n, length)
        if found != wanted:
            return source, (n, length), wanted, found
    return None


def test_items_live_as_long_as_they_did():
    before = framejit.stats()["native_iterations"]
    for seed in range(COUNT):
        different = compared(seed)
        assert different is None, "\n".join(map(str, different))
    assert framejit.stats()["native_iterations"] - before > COUNT


