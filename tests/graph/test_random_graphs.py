"""Random arithmetic: the interpreter and machine code agree bit for bit, on values and on which exit is taken."""

from hypothesis import HealthCheck, given, settings, strategies as st

from .both_ways import Compiled, packed
from .builder import Builder
from .test_operations import pool

from framejit.graph.nodes import Node
from framejit.graph.parse import parse
from framejit.graph.show import show
from framejit.graph.verify import verify
from framejit.tables.operations import OPERATIONS

TYPES = ("i1", "i8", "i32", "i64", "f32", "f64")
INTEGERS = ("i8", "i32", "i64")
# poison outside their domain, or the sign of a NaN: test_operations.py has them
LEFT_OUT = ("fptosi", "bitcast", "fcopysign")
GUARDED = ("sdiv", "srem", "udiv", "urem", "shl", "ashr", "lshr")
PLAIN = [row for row in OPERATIONS.values() if (row.compute or row.typed) and row.result in ("I", "F", "i1") and row.name not in (*LEFT_OUT, *GUARDED)]
LETTERS = {"I": INTEGERS, "F": ("f32", "f64"), "T": INTEGERS}
CONVERSIONS = [("sext", "i8", "i64"), ("sext", "i32", "i64"), ("zext", "i1", "i64"), ("zext", "i8", "i32"), ("trunc", "i64", "i32"),
               ("trunc", "i32", "i8"), ("sitofp", "i64", "f64"), ("sitofp", "i64", "f32"), ("uitofp", "i64", "f64"),
               ("uitofp", "i32", "f32"), ("fpext", "f32", "f64"), ("fptrunc", "f64", "f32")]


class Random(Builder):
    """A builder that draws its operations."""

    def __init__(self, draw):
        super().__init__()
        self.draw = draw
        self.results = [self.input(type) for type in TYPES for _ in range(2)]

    def operand(self, type):
        choices = [node for node in self.results if node.type == type]
        if type != "i1" and self.draw(st.integers(0, 5)) == 0:
            return Node("const", (), type, self.draw(st.sampled_from(pool(type))))
        return self.draw(st.sampled_from(choices[-6:]))

    def step(self):
        kind = self.draw(st.integers(0, 9))
        if kind < 6:
            self.arithmetic(self.draw(st.sampled_from(PLAIN)))
        elif kind == 6:
            op, source, target = self.draw(st.sampled_from(CONVERSIONS))
            self.add(op, self.operand(source), type=target, attr=target)
        elif kind == 7:
            type = self.draw(st.sampled_from(TYPES))
            self.add("select", self.operand("i1"), self.operand(type), self.operand(type), type=type)
        elif kind == 8:
            self.guarded(self.draw(st.sampled_from(GUARDED)))
        else:
            op = self.draw(st.sampled_from(("iand", "ior", "ixor")))
            self.add(op, self.operand("i1"), self.operand("i1"), type="i1")

    def add(self, op, *args, **rest):
        self.results.append(self.emit(op, *args, **rest))
        del self.results[12:-20]

    def arithmetic(self, row):
        letter = row.args.split()[0]
        type = self.draw(st.sampled_from(LETTERS[letter]))
        args = [self.operand(type) for _ in row.args.split()]
        exit = self.exit("overflow") if row.effect == "guard" else None
        self.add(row.name, *args, type="i1" if row.result == "i1" else type, exit=exit)

    def guarded(self, op):
        type = self.draw(st.sampled_from(INTEGERS))
        first, second = self.operand(type), self.operand(type)

        def constant(value):
            return Node("const", (), type, value)

        if op in ("shl", "ashr", "lshr"):
            fits = self.emit("icmp_ult", second, constant(int(type[1:])), type="i1")
        else:
            low = constant(-(1 << int(type[1:]) - 1))
            fits = self.emit("icmp_ne", second, constant(0), type="i1")
            both = self.emit("ior", self.emit("icmp_ne", second, constant(-1), type="i1"), self.emit("icmp_ne", first, low, type="i1"), type="i1")
            fits = self.emit("iand", fits, both, type="i1")
        self.emit("guard", fits, exit=self.exit("guard"))
        self.add(op, first, second, type=type)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_both_ways_agree(data):
    builder = Random(data.draw)
    for _ in range(data.draw(st.integers(1, 40))):
        builder.step()
    graph = verify(builder.finish())
    compiled = Compiled(graph)
    assert show(parse(show(graph))) == show(graph)
    for _ in range(5):
        values = [(type, data.draw(st.sampled_from(pool(type)))) for type in TYPES for _ in range(2)]
        compiled.agree(inputs=b"".join([packed(type, value) for type, value in values]))
