"""Writing LLVM's text: names, literals, declarations, the metadata of alias classes."""

import re
import struct

from framejit.backends.llvm.cold import keeping, rare
from framejit.backends.llvm.inline import ROWS
from framejit.tables.types import MACHINE_TYPES

ALIASES = ("header", "refcnt", "number", "list", "array", "items", "element", "word", "spill", "home")
LLVM = {name: row.llvm for name, row in MACHINE_TYPES.items()}


class Text:
    """A function's text as it grows."""

    tag = staticmethod(lambda alias: tag(alias))

    def out(self, text):
        self.lines.append("  " + text)

    def temp(self):
        self.temporary += 1
        return f"%t{self.temporary}"

    def start(self, label):
        self.lines.append(f"{label}:")
        self.label = label

    def fresh(self, stem):
        self.temporary += 1
        return f"{stem}{self.temporary}"

    def ref(self, node):
        if node.op == "const":
            return literal(node.type, node.attr)
        if node.op == "object":
            return f"%k{node.attr}"
        return f"%n{node.id}" if node.op != "argument" else f"%a{node.attr[0]}"

    def typed(self, node):
        return f"{LLVM[node.type]} {self.ref(node)}"

    def llvm(self, node):
        return LLVM[node.type]

    def number(self):
        """A node number that is not in use."""
        return next(self.numbers)

    def declare(self, name, result, arguments, attributes="nounwind"):
        if name in ROWS:
            self.inlined.add(name)
        elif rare(name):
            self.declarations[name] = keeping(name, result, arguments, attributes)
        else:
            self.declarations[name] = f"declare {result} @{name}({', '.join(arguments)}) {attributes}"


def literal(type, value):
    if type == "f64":
        return "0x%016X" % struct.unpack("<Q", struct.pack("<d", value))
    if type == "f32":
        return "0x%016X" % struct.unpack("<Q", struct.pack("<d", struct.unpack("<f", struct.pack("<f", value))[0]))
    if type == "c128":
        return "{" + ", ".join([f"double {literal('f64', part)}" for part in (value.real, value.imag)]) + "}"
    if type == "i1":
        return "true" if value else "false"
    if type == "ptr":
        return "null"
    return str(value)


def answer_type(routine):
    """LLVM's type of what a routine answers: whether it has left, and what it gives."""
    return "{" + ", ".join(["i64", *[LLVM[type] for type in routine.gives]]) + "}"


ARITHMETIC = re.compile(r"= (fadd|fsub|fmul) ")


def relaxed(lines):
    """The same lines with sums and products that may be contracted and reassociated: `fastmath`."""
    return [ARITHMETIC.sub(r"= \1 reassoc contract ", line) for line in lines]


def alignment(type):
    return max(1, MACHINE_TYPES[type].bits // 8)


def tag(alias):
    """Number of an alias class's metadata."""
    return 200 + ALIASES.index(alias)


def metadata():
    """Type-based alias classes: the fields of tables/fields.py, items, elements, spills, homes."""
    yield "!100 = !{}"
    yield '!101 = !{!"branch_weights", i32 100000, i32 1}'
    yield '!102 = !{!"branch_weights", i32 1, i32 100000}'
    yield '!103 = !{!"framejit"}'
    for index, alias in enumerate(ALIASES):
        yield f'!{300 + index} = !{{!"{alias}", !103, i64 0}}'
        yield f"!{200 + index} = !{{!{300 + index}, !{300 + index}, i64 0}}"


__all__ = ["ALIASES", "LLVM", "Text", "alignment", "answer_type", "metadata", "relaxed", "tag"]
