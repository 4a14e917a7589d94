"""Random statements: a writer that keeps account of which variables are bound and of what kind.

Invariant: whatever it writes ends soon.  `fuel` bounds the product of the trip counts of nested loops, lists grow to
40 elements at most, and numbers by a few bits an iteration.
"""

import re

from tests.random import productions as rows
from tests.random.loops import Loops

HOLE = re.compile(r"\{([a-z_.]+)\}")
LOCALS = 9              # names v0..v8, so that variables are used again with other kinds
DEPTH = 2               # of expressions
NESTING = 3             # of blocks


class Writer(Loops):
    """Writes one function's (or script's) body as a list of lines."""

    def __init__(self, random, returns):
        self.random = random
        self.kinds = rows.PROFILES[random.choice(list(rows.PROFILES))]
        self.busy = random.choice([0.0, 0.3, 1.0])      # how many of the calls of functions and prints are written
        self.returns = returns
        self.bound = {}         # name -> kind, bound on every way here
        self.perhaps = {}       # name -> kind, bound on some way
        self.kept = set()       # counters and lists being iterated: not assigned to
        self.indices = []       # loop variables that make good indices
        self.loops = 0          # how many loops are around
        self.blocks = 0
        self.fuel = 1
        self.names = 0

    def parameters(self, count):
        """{name: kind}, bound from the start."""
        kinds = {f"p{place}": self.random.choice(self.kinds) for place in range(count)}
        self.bound.update(kinds)
        return kinds

    def function_body(self):
        """Some assignments, a loop for sure, other statements, and what is returned."""
        lines = ["global G_INT, G_FLOAT, G_ROW, G_ONE, G_TWO"] if self.returns else []
        for name, kind in zip(("v0", "v1"), self.random.sample(self.kinds, 2)):
            lines.append(f"{name} = {self.expression(kind, 1)}")
            self.bound[name] = kind
        for _ in range(self.random.randint(0, 2)):
            lines += self.statement()
        lines += self.counted_loop(long=True)
        for _ in range(self.random.randint(0, 3)):
            lines += self.statement()
        if self.returns:
            names = [name for name in self.bound if self.chance(0.9)]
            lines.append(f"return ({', '.join(names)},)" if names else "return None")
        return lines

    # expressions

    def chance(self, probability):
        return self.random.random() < probability

    def expression(self, kind, depth=DEPTH):
        """A random expression of that kind; at depth 0 a variable or a constant where there is one."""
        if kind in rows.DRAWN:
            return self.random.choice(rows.DRAWN[kind])
        special = SPECIAL.get(kind)
        if special is not None:
            return special(self, depth)
        base, dot, which = kind.partition(".")
        if dot:
            return self.variable(base, depth) if which == "variable" else self.constant(base)
        table = [row for row in rows.EXPRESSIONS[base] if self.allowed(row[1])] or rows.EXPRESSIONS[base]
        if depth <= 0 and base in ("int", "float", "bool"):
            return self.variable(base, depth)
        if depth <= -3:
            return SHALLOW.get(base) or self.constant("int")
        template = self.random.choices([text for _, text in table], [weight for weight, _ in table])[0]
        return HOLE.sub(lambda hole: self.expression(hole.group(1), depth - 1), template)

    def allowed(self, template):
        """Whether the program's profile has what the template's holes need."""
        needs = [rows.NEEDS.get(hole.partition(".")[0]) for hole in HOLE.findall(template)]
        return all(need is None or need in self.kinds for need in needs)

    def variable(self, kind, depth):
        """A variable of that kind, seldom one that may be unbound or of another kind."""
        if self.chance(0.004) and self.perhaps:
            return self.random.choice(sorted(self.perhaps))
        if self.chance(0.003):
            return self.random.choice(sorted(self.bound) or ["0"])
        names = [name for name, held in self.bound.items() if held == kind]
        if kind == "int" and self.indices and self.chance(0.4):
            return self.random.choice(self.indices)
        if names:
            return self.random.choice(names)
        if kind in ("int", "float", "bool"):
            return self.constant(kind)
        return SHALLOW[kind]

    def constant(self, kind):
        wide = self.chance(0.06)
        if kind == "int":
            return f"({self.random.choice(rows.WIDE_INTS)})" if wide else self.random.choice(rows.INTS)
        if kind == "float":
            return f"({self.random.choice(rows.WIDE_FLOATS)})" if wide else self.random.choice(rows.FLOATS)
        return self.random.choice(["True", "False"])

    def index(self, depth):
        """An index: mostly a loop variable or a small one, so most are in range."""
        if self.indices and self.chance(0.5):
            name = self.random.choice(self.indices)
            if self.chance(0.06):
                return self.random.choice([name, f"{name} - 1"])
            return self.random.choice([f"{name} % 3", f"{name} % 2", f"-1 - {name} % 3", f"-({name} % 3)", f"{name} & 1"])
        return self.random.choice(["0", "1", "-1", "-2", "2", f"{self.expression('int', 0)} % 3"])

    def named(self, kind, depth):
        """An assignment inside an expression, to a variable of that kind."""
        names = [name for name, held in self.bound.items() if held == kind and name not in self.kept]
        return f"({self.random.choice(names)} := {self.expression(kind, depth - 1)})" if names else self.expression(kind, depth - 1)

    def array(self, depth):
        """An array of rank 1: a variable, or a new one."""
        return self.array_of("array")

    def table(self, depth):
        """An array of rank 2."""
        return self.array_of("array2")

    def array_of(self, kind):
        names = [name for name, held in self.bound.items() if held == kind]
        return self.random.choice(names) if names and not self.chance(0.02) else SHALLOW[kind]

    def element(self, depth):
        """An element of an array, written in one of the ways that people write it."""
        kinds = [kind for kind in ("array", "array2") if kind in self.bound.values()]
        kind = self.random.choice(kinds or ["array"])
        return self.element_of(self.array_of(kind), kind)

    def element_of(self, array, kind):
        first, second = self.index(2), self.index(2)
        if (kind == "array") != self.chance(0.02):
            return f"{array}[{first}]"
        return self.random.choice([f"{array}[{first}, {second}]", f"{array}[{first}][{second}]"])

    # statements

    def statement(self):
        """One statement, as lines."""
        if self.blocks >= NESTING:
            return self.simple()
        table = [(10, Writer.simple), (4, Writer.branch), (2 if self.fuel <= 300 else 0, Writer.loop), (1, Writer.guarded), (1, Writer.change_of_kind)]
        return self.random.choices([write for _, write in table], [weight for weight, _ in table])[0](self)

    def simple(self):
        table = [(8, Writer.assignment), (8, Writer.augmented), (4, Writer.store), (2, Writer.pair), (2, Writer.global_write), (2, Writer.global_object), (2, Writer.call_out),
                 (2, Writer.list_method), (1, Writer.deleted), (1, Writer.asserted), (2 if self.loops else 0, Writer.jump), (1 if self.returns else 0, Writer.leave)]
        return self.random.choices([write for _, write in table], [weight for weight, _ in table])[0](self)

    def block(self, count=3):
        """An indented suite in a scope of its own."""
        before = dict(self.bound)
        self.blocks += 1
        lines = []
        for _ in range(self.random.randint(1, count)):
            lines += self.statement()
        self.blocks -= 1
        self.perhaps.update(self.bound)
        self.bound = {name: kind for name, kind in before.items() if self.bound.get(name) == kind}
        return ["    " + line for line in lines]

    def target(self):
        """A variable to assign to: a new one, an old one, or a parameter; never one that a loop needs."""
        names = [f"v{place}" for place in range(LOCALS)] + list(self.bound)
        return self.random.choice([name for name in names if name not in self.kept])

    def assignment(self):
        name = self.target()
        kind = self.bound.get(name)
        if kind is None or self.chance(0.1):
            kind = self.random.choice(self.kinds)
        lines = [f"{name} = {self.expression(kind)}"]
        self.bound[name] = kind
        return lines

    def augmented(self):
        names = [name for name, kind in self.bound.items() if kind in rows.AUGMENTED and name not in self.kept]
        if not names:
            return self.assignment()
        name = self.random.choice(names)
        operator, kind = self.random.choice(rows.AUGMENTED[self.bound[name]])
        return [f"{name} {operator} {self.expression(kind, 2)}"]

    def store(self):
        """Into a list, an array or an object."""
        names = [name for name, kind in self.bound.items() if kind in rows.ELEMENTS or kind.startswith(("array", "obj"))]
        if not names:
            return self.assignment()
        name = self.random.choice(names)
        if self.bound[name] == "obj":
            attribute = self.random.choice([*rows.ATTRIBUTES, "count", "count", "weight", "weight"])
            kind = rows.ATTRIBUTES[attribute] if self.chance(0.95) else "num"
            return [f"{name}.{attribute} {self.random.choice(['=', '+=', '-='])} {self.expression(kind, 2)}"]
        kind = rows.ELEMENTS.get(self.bound[name], "num")
        place = f"{name}[{self.index(2)}]"
        if self.bound[name].startswith("array"):
            place = self.element_of(name, self.bound[name])
        if self.bound[name] == "llist":
            place, kind = f"{name}[{self.index(2)}][{self.index(2)}]", "int"
        operator = self.random.choice(["=", "=", "+=", "-="] if kind in ("int", "float", "num") else ["="])
        return [f"{place} {operator} {self.expression(kind, 2)}"]

    def pair(self):
        """Tuple assignment: two at once, a swap, or the unpacking of a tuple."""
        first, second = self.target(), self.target()
        if first in self.bound and second in self.bound and self.chance(0.4):
            self.bound[first], self.bound[second] = self.bound[second], self.bound[first]
            return [f"{first}, {second} = {second}, {first}"]
        if self.chance(0.3):
            line = f"{first}, {second} = {self.expression('tuple', 1)}"
            self.bound[first] = self.bound[second] = "num"
            return [line]
        kinds = [self.random.choice(["int", "float", "bool", "num"]) for _ in range(2)]
        line = f"{first}, {second} = {self.expression(kinds[0], 2)}, {self.expression(kinds[1], 2)}"
        self.bound[first] = kinds[0]
        self.bound[second] = kinds[1]
        return [line]

    def global_write(self):
        if not self.returns:
            return self.assignment()
        return [self.random.choice([f"G_INT = {self.expression('int', 1)}", "G_INT += 1", f"G_FLOAT = {self.expression('float', 1)}", f"G_FLOAT += {self.expression('float', 1)}"])]

    def global_object(self):
        """Objects in names of the module: rows of a list, another name's object, something whose end is heard."""
        choice = self.random.choice(rows.GLOBAL_OBJECTS)
        if choice.startswith("x = "):
            name = self.target()
            self.bound[name] = "lint"
            choice = name + choice[1:]
        return [HOLE.sub(lambda hole: self.expression(hole.group(1), 1), choice)]

    def call_out(self):
        """A print, an update of a dict or a call of a function."""
        if not self.chance(self.busy):
            return self.augmented()
        kind = self.random.choice(["int", "float", "bool", "num"])
        expression = self.expression(kind, 1)
        choice = self.random.choice(["print({0})", "TABLE[{0}] = {0}", "TABLE[len(TABLE) % 5] = {0}", "noisy({0})", "counting({0})", "fails_at({0})", "x = plain({0})", "rebinding({0})", "looking({0})"])
        line = choice.replace("{0}", expression)
        if line.startswith("x = "):
            name = self.target()
            line = name + line[1:]
            self.bound[name] = kind
        return [line] if self.loops == 0 or self.chance(0.6) else [f"if {self.expression('bool', 1)}:", "    " + line]

    def list_method(self):
        names = [name for name, kind in self.bound.items() if kind in rows.ELEMENTS]
        if not names:
            return self.assignment()
        name = self.random.choice(names)
        element = self.expression(rows.ELEMENTS[self.bound[name]], 1)
        if self.chance(0.5):
            return [f"if len({name}) < 40:", f"    {name}.append({element})"]
        result = self.target()
        if result == name:
            return [f"if len({name}) > 2:", f"    {name}.pop()"]
        line = f"{result} = {name}.pop()"
        guard = f"if len({name}) > 3:"
        if self.chance(0.05):
            self.bound[result] = rows.ELEMENTS[self.bound[name]]
            return [line]
        self.perhaps[result] = rows.ELEMENTS[self.bound[name]]
        if result in self.bound and self.bound[result] != rows.ELEMENTS[self.bound[name]]:
            return [guard, f"    {name}.pop()"]
        return [guard, "    " + line]

    def deleted(self):
        names = [name for name in self.bound if name not in self.kept]
        if not names or self.chance(0.7):
            return self.assignment()
        name = self.random.choice(names)
        return [f"if {self.expression('bool', 1)} and {self.expression('bool', 1)}:", f"    del {name}"] if self.chance(0.5) else [f"if {self.expression('int', 1)} == 7:", f"    del {name}"]

    def asserted(self):
        message = self.random.choice(["", ", 'asserted'", f", {self.expression('int', 1)}"])
        return [f"assert {self.random.choice(['True or ', ''])}{self.expression('bool', 1)} or {self.expression('int', 0)} != 11{message}"]

    def jump(self):
        return [f"if {self.expression('bool', 1)}:", "    " + self.random.choice(["break", "continue"])]

    def leave(self):
        return [f"if {self.expression('int', 1)} == {self.random.choice(rows.INTS)} and {self.expression('bool', 1)}:", f"    return {self.expression('anything', 2)}"]

    def change_of_kind(self):
        """A variable becomes something else, once, somewhere in the loop."""
        names = [name for name in self.bound if name not in self.kept]
        if not names or not self.indices:
            return self.assignment()
        name = self.random.choice(names)
        self.perhaps[name] = self.bound[name]
        kind = self.random.choice([*self.kinds, "num", "none"])
        return [f"if {self.random.choice(self.indices)} == {self.random.choice(['3', '7', '20', '50'])}:", f"    {name} = {self.expression(kind, 1)}"]

    def branch(self):
        lines = [f"if {self.expression('bool')}:", *self.block()]
        if self.chance(0.2):
            lines += [f"elif {self.expression('bool', 2)}:", *self.block(2)]
        if self.chance(0.5):
            lines += ["else:", *self.block()]
        return lines

    def guarded(self):
        """A try statement; sometimes its body raises."""
        errors = self.random.choice(["ZeroDivisionError", "(IndexError, KeyError)", "(ArithmeticError, ValueError)", "Exception", "Exception as error"])
        body = self.block()
        if self.chance(0.3):
            body.append("    " + self.random.choice(["fails_at({int})", "{int} // ({int} % 4)", "{lint}[{int}]"]))
            body[-1] = HOLE.sub(lambda hole: self.expression(hole.group(1), 1), body[-1])
        lines = ["try:", *body, f"except {errors}:", *self.block(2)]
        if self.chance(0.2):
            lines += ["else:", *self.block(1)]
        if self.chance(0.2):
            lines += ["finally:", *["    " + line for line in self.augmented()]]
        return lines


SPECIAL = {"named_int": lambda writer, depth: writer.named("int", depth), "named_float": lambda writer, depth: writer.named("float", depth), "index": Writer.index, "array": Writer.array, "array2": Writer.table, "element": Writer.element}
SHALLOW = {"lint": "[1, 2, G_INT]", "lfloat": "[0.5, 1.5, G_FLOAT]", "lbool": "([True] * 3)", "lmix": "[1, 2.5, True]", "llist": "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]",
           "tuple": "(1, 2.5)", "pair": "([1, 2], 2.5)", "np": "np.float64(1.5)", "num": "2", "posint": "3", "posfloat": "2.0", "tame": "0.5", "array": "np.arange(6.0)",
           "array2": "np.ones((3, 4))", "obj": "Left(1)", "lobj": "[Left(1), Right(2), Left(3)]"}
