"""Random functions that make lists of numbers, and everything that makes such a list or one of its items be seen.

`program(seed)` is the text of a function `f(n, p, data)`; what it does by accident (an index out of range, an unbound
name) belongs to it.  All names are read at the end, so that no number is held by a name that nobody reads any more.
"""

import random

CONSTANTS = {"int": ["0", "1", "7", "1000", "100000000000"], "float": ["0.0", "1.0", "-0.0", "2.5"], "bool": ["True", "False"]}
FRESH = {"int": ["i * 1000", "x + 300", "y - 7000", "k * i + 400", "n + 1000"],
         "float": ["i * 0.5", "x * 1.25", "y - 0.5", "p + i", "x + y"],
         "bool": ["i % 2 == 0", "x == y", "(not x)", "k > i", "x != y"]}
LISTS = ("a", "b", "c")
NAMES = ("x", "y")
INDICES = ("i % 3", "i % 3", "k % 3", "0", "1", "-1", "-2", "2 - i % 3", "2 * k % 3", "i % 4")


class Writer:
    """Writes one function as a list of lines."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.kind = self.random.choice(list(CONSTANTS))
        self.lines = []
        self.depth = 0

    def pick(self, options):
        return self.random.choice(options)

    def number(self):
        """An expression of the kind of all items, most of the time."""
        if self.random.random() < 0.03:
            return self.pick([text for texts in CONSTANTS.values() for text in texts])
        return self.pick([self.pick(CONSTANTS[self.kind]), self.pick(FRESH[self.kind]), self.pick(FRESH[self.kind]), self.pick(NAMES), self.item(),
                          f"min({self.item()}, {self.pick(FRESH[self.kind])})", f"max({self.pick(NAMES)}, {self.item()})",
                          "data[i % 4]" if self.random.random() < 0.3 else self.pick(FRESH[self.kind])])

    def item(self):
        return f"{self.pick(LISTS)}[{self.pick(INDICES)}]"

    def add(self, text):
        self.lines.append("    " * (self.depth + 1) + text)

    def block(self, head, count):
        self.add(head)
        self.depth += 1
        for _ in range(count):
            self.statement()
        self.depth -= 1

    def statement(self):
        rows = STATEMENTS if self.depth < 3 else STATEMENTS[:-BLOCKS]
        self.pick([row for weight, row in rows for _ in range(weight)])(self)

    def made(self):
        some = ", ".join(self.number() for _ in range(self.random.choice((3, 4, 4, 5, 1))))
        constant, count = self.pick(CONSTANTS[self.kind]), self.pick(["n", "5", "i % 5 + 3"])
        return self.pick([f"[{constant}] * {count}", f"[{constant}] * {count}", f"[{some}]", "[]" if self.random.random() < 0.1 else f"[{some}]", f"{count} * [{self.number()}]", self.pick(LISTS)])

    def seen(self):
        what = self.pick([self.pick(LISTS), self.pick(NAMES), self.item()])
        self.add(f"if i == {self.random.randrange(30)}: " + self.pick([f"SEEN.append({what})", f"look({what})", f"keep[0] = {what}",
                                                                       f"return {what}, {self.pick(NAMES)}", f"return {what}", "1 // (i - i)"]))


def _swap(writer):
    one, other = writer.item(), writer.item()
    writer.add(f"{one}, {other} = {other}, {one}")


STATEMENTS = [
    (3, lambda w: w.add(f"{w.pick(LISTS)} = {w.made()}")),
    (4, lambda w: w.add(f"{w.item()} = {w.number()}")),
    (4, lambda w: w.add(f"{w.pick(NAMES)} = {w.number()}")),
    (2, lambda w: w.add(f"{w.pick(NAMES)} = {w.item()}")),
    (3, lambda w: w.add("if len({0}) < 40: {0}.append({1})".format(w.pick(LISTS), w.number()))),
    (2, lambda w: w.add("if len({0}) > 4: {1} = {0}.pop()".format(w.pick(LISTS), w.pick(NAMES)))),
    (1, lambda w: w.add(f"a, b = b, {w.pick(LISTS)}")),
    (1, _swap),
    (1, lambda w: w.add(f"k += len({w.pick(LISTS)})")),
    (1, lambda w: w.add(f"k += {w.pick(LISTS)} is {w.pick(LISTS)}")),
    (1, lambda w: w.add(f"{w.item()} {w.pick(['+=', '-=', '*='])} {w.number()}")),
    (1, lambda w: w.add(f"k += {w.item()} is {w.pick(NAMES)}" if w.random.random() < 0.2 else "k -= 1")),
    (1, Writer.seen),
    (1, lambda w: w.block(f"if {w.pick(NAMES)} < {w.number()}:", 2)),
    (1, lambda w: w.block(f"if {w.pick(LISTS)}:", 1)),
    (1, lambda w: w.block(f"for k in range({w.pick(['n', '4', 'i'])}):", 2)),
    (1, lambda w: w.block("for {} in {}[:9]:".format(w.pick(NAMES), w.pick(LISTS)) if w.random.random() < 0.1 else
                          "for {} in {}:".format(w.pick(NAMES), w.pick(("a", "b"))), 1)),
]
BLOCKS = 4


def program(seed):
    """The text of a module with a function `f` and what it uses."""
    writer = Writer(seed)
    start = CONSTANTS[writer.kind]
    writer.lines = ["SEEN = []", "keep = [None]", "def look(what):", "    SEEN.append(what)", "def f(n, p, data):", "    i = k = 0",
                    f"    x = {writer.pick(start)}", f"    y = {writer.pick(start)}", f"    a = [{writer.pick(start)}] * n",
                    f"    b = [{writer.pick(start)}] * n", "    c = []" if writer.random.random() < 0.3 else "    c = [x, y, x]"]
    for _ in range(writer.random.randrange(3)):
        writer.statement()
    writer.block("for i in range(30):", writer.random.randrange(3, 7))
    writer.lines.append(
        f"        if i == {writer.random.randrange(9)} * (n - 5): " + writer.pick(["return a, b, c, x, y, (i + 9 << 40) * (i + 9 << 40)", "return a, b, c, x, y", "SEEN.append((x, a, y))"]))
    for _ in range(writer.random.randrange(3)):
        writer.statement()
    result = writer.pick(["(a, b, c, x, y)", "(a, x)", "(x, y)", "(x, a[0], a[0], b)", "a", "x", "(c, c, y)"])
    writer.lines += [f"    return {result}" if writer.random.random() < 0.7 else f"    return 1 // (n - 7), {result}"]
    return "\n".join(writer.lines) + "\n", writer.kind
