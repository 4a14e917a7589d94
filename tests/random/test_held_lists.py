"""Random programs of objects that have lists, which methods and functions append to and shorten: values, identity, tracebacks, what the lists hold."""

import os

import pytest

from tests.random.test_classes import KINDS, Generator, compare_objects

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40


class HeldLists(Generator):
    """Beside the attributes each object has a list of numbers, and all have one that is the program's; `put` and `take` change any."""

    def list(self):
        return self.pick("self.l", "self.l", "shared") if self.number is not None else self.pick("o.l", "o.l", "items[k % 3].l", "shared")

    def expression(self, calls=True):
        kind = self.random.randrange(16)
        if kind == 0:
            return f"len({self.list()})"
        if kind == 1:
            return f"{self.list()}[{self.pick('-1', '0', '1')}]"
        if kind == 2 and calls:
            return f"take({self.list()}, {self.name()})"
        return super().expression(calls)

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(0, 3)):
            held, name, target = self.list(), self.name(), self.pick(*"abcd")
            lines.append(indent + self.pick(
                f"{held}.append({name})", f"{held}.append({self.expression(False)})", f"put({held}, {name})", f"if len({held}) > 3: {target} = {held}.pop()",
                f"{target} = take({held}, {name})", f"for e in {held}: {target} = e if e is not {name} else {target}",
                f"pairs.append(({name}, {self.name()}))", f"{target} = note({name}, {self.expression(False)})", f"if pairs: {target} = pairs[-1][{self.pick('0', '1')}]",
                f"if len({held}) > 20: {held}[5:] = []" if self.number is None else f"{held}[-1] = {name}"))
        return lines

    def program(self):
        text = super().program().replace("'p', 'q', 'r')", "'p', 'q', 'r', 'l')", 1)
        text = text.replace("self.p, self.q, self.r = p, q, r", f"self.p, self.q, self.r, self.l = p, q, r, {self.pick('[]', '[p]', '[p, 1, q]', '[0.5]')}")
        functions = ["shared = [1, 2.5, 7]", "pairs = []", "def note(what, other):", "    pairs.append((what, other))", "    return what", "def put(where, what):", "    where.append(what)", "    return what", "def take(where, other):", "    return where.pop() if len(where) > 2 else other"]
        text = "\n".join([*functions, text]).replace("    count = 0\n", "    count = 0\n    shared[:] = [a, b, a]\n    pairs[:] = []\n", 1)
        return text.replace("for name in 'pqr']", "for name in 'pqr'], *[x for o in items for x in o.l[:9]], *shared[:9], *[x for pair in pairs[-5:] for x in pair]")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "both"])       # whose types six calls don't teach
def test_lists_that_objects_have(kind):
    compare_objects(HeldLists, kind, COUNT)
