"""What conditions teach, against every run of small graphs of 8-bit values: what is decided, and which intervals hold."""

import itertools

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from framejit.graph.nodes import Graph, Node, Terminator
from framejit.graph.passes.intervals import COMPARISONS
from framejit.graph.passes.ranges import Ranges
from framejit.tables.operations import evaluate, exact

VALUES = (-128, -127, -126, -66, -8, -3, -2, -1, 0, 1, 2, 3, 5, 8, 60, 64, 120, 125, 126, 127)
STEPS = ("iadd", "isub", "iadd_ovf", "isub_ovf")
NUMBERS = (1, 1, 2, 3, -1, -2, 100, 127, -128, 0)


def constant(value):
    return Node("const", (), "i8", value)


class Straight:
    """One block: two inputs, sums with literals, guards; and everything that can be asked behind them."""

    def __init__(self):
        self.graph = Graph("straight")
        self.block = self.graph.block()
        self.block.end = Terminator("leave")
        self.inputs = [self.add("load"), self.add("load")]
        self.integers = list(self.inputs)

    def add(self, op, *args, type="i8"):
        node = Node(op, args, type)
        self.block.nodes.append(node)
        return node

    def step(self, op, x, y):
        self.integers.append(self.add(op, x, y))

    def guard(self, name, x, y, also=None):
        condition = self.add(name, x, y, type="i1")
        if also is not None:
            condition = self.add("iand", condition, self.add(*also, type="i1"), type="i1")
        self.add("guard", condition, type=None)

    def runs(self):
        """The values of all nodes in every run that comes to the end."""
        for pair in itertools.product(VALUES, VALUES):
            values = dict(zip(self.inputs, pair))
            if all([self.execute(node, values) for node in self.block.nodes if node.op != "load"]):
                yield values

    def execute(self, node, values):
        operands = [values[arg] if arg in values else arg.attr for arg in node.args]
        if node.op == "guard":
            return operands[0]
        types = [arg.type for arg in node.args]
        values[node] = evaluate(node.op, operands, types, node.type)
        return not node.op.endswith("_ovf") or exact(node.op, operands, types, node.type) == values[node]

    def known(self):
        """The ranges, and what is known at the end."""
        ranges = Ranges(self.graph)
        ranges.settle()
        return ranges, ranges.out[self.block]


@st.composite
def straights(draw):
    built = Straight()
    for _ in range(draw(st.integers(1, 6))):
        integer = st.sampled_from(built.integers)
        number = st.sampled_from(NUMBERS).map(constant)
        if draw(st.booleans()):
            built.step(draw(st.sampled_from(STEPS)), draw(integer), draw(number if draw(st.integers(0, 3)) else integer))
        else:
            also = (draw(st.sampled_from(sorted(COMPARISONS))), draw(integer), draw(number)) if draw(st.integers(0, 2)) == 0 else None
            built.guard(draw(st.sampled_from(sorted(COMPARISONS))), draw(integer), draw(integer | number), also)
    return built


DECIDED = []


def check(built):
    ranges, env = built.known()
    runs = list(built.runs())
    for node in built.integers:
        low, high = ranges.interval(node, env)
        assert all([low <= values[node] <= high for values in runs])
        for base, offset in ranges.chain(node, env):
            assert base.op == "const" or all([values[node] == values[base] + offset for values in runs])
    for name, x, y in itertools.product(COMPARISONS, built.integers, built.integers):
        answer = ranges.decide(Node(name, (x, y), "i1"), env)
        if answer is not None:
            DECIDED.append(name)
            assert all([evaluate(name, [values[x], values[y]], ["i8", "i8"], "i1") == answer for values in runs]), (name, x, y)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(straights())
def test_nothing_false_is_known(built):
    check(built)


@pytest.mark.parametrize("guard, asked, answer", [
    (("icmp_slt", 0, 1), ("icmp_slt", 0, 1), True), (("icmp_slt", 0, 1), ("icmp_sge", 0, 1), False),
    (("icmp_slt", 0, 1), ("icmp_sgt", 1, 0), True), (("icmp_slt", 0, 1), ("icmp_ne", 0, 1), None),
    (("icmp_sle", 0, 1), ("icmp_slt", 0, 1), None), (("icmp_sle", 0, 1), ("icmp_sgt", 0, 1), False),
    (("icmp_eq", 0, 1), ("icmp_sle", 1, 0), True), (("icmp_slt", 0, 1), ("icmp_ult", 0, 1), None),
])
def test_differences(guard, asked, answer):
    built = Straight()
    built.guard(guard[0], *[built.inputs[index] for index in guard[1:]])
    ranges, env = built.known()
    assert ranges.decide(Node(asked[0], [built.inputs[index] for index in asked[1:]], "i1"), env) is answer
    check(built)


def test_every_comparison_was_decided_somewhere():
    assert set(DECIDED) == set(COMPARISONS)
