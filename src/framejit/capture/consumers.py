"""Builtins that consume a generator: one row each.  `places` numbers are kept between two values.

begin: what they are at first, given what the builtin is called with beside the generator; step: what they are behind one more value; end: what the builtin gives.
"""

from framejit.capture import numbers, truth, values as v
from framejit.capture.collectors import COLLECTORS
from framejit.capture.ends import BlockEnds, NotNative
from framejit.tables.types import KINDS

COMPENSATED = sum((1e16, 1.0, -1e16)) == 1.0        # from 3.12 on sums of floats keep what is lost (Neumaier 1974)
PYTHON = ("int", "float", "bool")


def number_of(machine, value, itself=True):
    """Python's or NumPy's.  `itself`: it may become what the builtin gives, so who it is matters."""
    found = numbers.number(machine, value)
    if found is None or itself and found.slot is not None:
        raise NotNative("consumes what is no number")
    return found


def by_rules(machine, operation, symbol, left, right):
    """What the operator gives for two numbers: those of Python's have rules of their own."""
    rules = numbers if left.kind in PYTHON and right.kind in PYTHON else machine.scalar_rules
    made = getattr(rules, operation)(machine, symbol, left, right)
    if made is None:
        raise NotNative("consumes numbers that only NumPy computes with")
    return made


def so_far(machine, value, zero):
    """A number that there may not be yet: then it is `zero`."""
    if value.__class__ is not v.Maybe:
        return value
    return v.Num(value.value.kind, machine.emit("select", value.flag, value.value.node, zero))


class Consumer:
    collects = False        # whether it needs a list
    most = 0                # arguments behind the generator
    itself = False          # whether it gives values themselves
    lends = False           # whether somebody else has what it gives: callers get no references
    asks = False            # whether it walks over what a key function lends it (capture/lending.py)

    def begin(self, machine):
        return []


class Sum(Consumer):
    places = 1 + COMPENSATED        # the sum, and what was lost
    most = 1

    def begin(self, machine, start=v.UNBOUND):
        """A start of another object than the sum, which nobody can tell from it where nothing is added."""
        total = start if start is v.UNBOUND else v.Num(start.kind, start.node)
        return [total, v.Num("float", machine.const("f64", 0.0))][:self.places]

    def takes(self, value):
        return value.__class__ is v.Num and value.kind in ("int", "float")

    def step(self, machine, value, found):
        value = number_of(machine, value, False)
        total, *lost = begun(machine, value, found)
        if total is v.UNBOUND:
            return [by_rules(machine, "binary", "+", v.Num("int", machine.int(0)), value), *lost]
        total = so_far(machine, total, zero_of(machine, total))
        if total.kind == "float" and value.kind not in PYTHON:      # from here on nothing is kept
            total, lost = self.with_lost(machine, total, lost), [v.Num("float", machine.const("f64", 0.0)) for _ in lost]
        made = by_rules(machine, "binary", "+", total, value)
        if COMPENSATED and total.kind == value.kind == "float":
            lost = [v.Num("float", self.lost(machine, total.node, value.node, made.node, lost[0].node))]
        return [made, *lost]

    def lost(self, machine, total, value, made, lost):
        more = machine.emit("fcmp_oge", machine.emit("fabs", total), machine.emit("fabs", value))
        large, small = machine.emit("select", more, total, value), machine.emit("select", more, value, total)
        return machine.emit("fadd", lost, machine.emit("fadd", machine.emit("fsub", large, made), small))

    def end(self, machine, found):
        total, *lost = found
        if total is v.UNBOUND:
            machine.give_if_expected(v.Num("int", machine.int(0)))
        if total.__class__ is v.Maybe and total.value.kind != "int":
            machine.guard(total.flag, "raise")
            total = total.value
        return self.with_lost(machine, so_far(machine, total, machine.int(0)), lost)

    def with_lost(self, machine, total, lost):
        """The sum with what was lost."""
        if not lost or total.kind != "float":
            return total
        lost = lost[0].node
        counts = machine.emit("iand", machine.emit("fcmp_une", lost, machine.const("f64", 0.0)),
                              machine.emit("fcmp_olt", machine.emit("fabs", lost), machine.const("f64", float("inf"))))
        return v.Num("float", machine.emit("select", counts, machine.emit("fadd", total.node, lost), total.node))


def begun(machine, value, found):
    """What there is so far: where it may be nothing yet, and 0 + the value is of another kind than a sum, that is told apart, and the instruction begins anew."""
    total, *others = found
    if total.__class__ is not v.Maybe or total.value.kind == value.kind or total.value.kind == "int" and value.kind in PYTHON:
        return found
    here, first, place = machine.state, machine.graph.block(), machine.region.count
    some = machine.graph.block()
    machine.end("branch", (total.flag,), [(some, []), (first, [])])
    machine.block, machine.state = first, here.copy()
    machine.state.locals[place] = v.UNBOUND
    machine.state.stack.append(value)
    machine.end("jump", targets=[machine.enter_exactly(machine.instruction.unit, machine.state)])
    machine.block, machine.state = some, here
    return [total.value, *others]


def zero_of(machine, value):
    kind = KINDS[value.value.kind if value.__class__ is v.Maybe else value.kind]
    return machine.const(kind.machine, 0.0 if kind.floating else 0)


class Search(Consumer):
    """any and all: the first value that is true, or isn't, decides."""

    places = 0

    def __init__(self, wanted):
        self.wanted = wanted

    def step(self, machine, value, found):
        row = truth.ROWS.get(value.__class__)
        condition = None if row is None else row(machine, value)
        if condition is None:
            raise NotNative("consumes what may run anything")
        decided, others = machine.graph.block(), machine.graph.block()
        machine.end("branch", (condition,), [(decided, []), (others, [])] if self.wanted else [(others, []), (decided, [])])
        machine.block = decided
        machine.given_by_consumer(v.Num("bool", machine.const("i1", self.wanted)), machine.instruction)
        machine.block = others
        return []

    def end(self, machine, found):
        return v.Num("bool", machine.const("i1", not self.wanted))


class Extremum(Consumer):
    """min and max give the very object; a later one wins only if it compares so."""

    places = 1
    itself = True

    def __init__(self, symbol):
        self.symbol = symbol

    def begin(self, machine):
        return [v.UNBOUND]

    def step(self, machine, value, found):
        value, best = number_of(machine, value), found[0]
        made, wins = self.better(machine, value, best)
        old = None if wins is None else (best.value if best.__class__ is v.Maybe else best).box
        if wins is None or not (value.box or old):
            return [v.Num(made.kind, made.node, value.box)]
        null = machine.const("ptr", None)
        return [v.Num(made.kind, made.node, machine.emit("select", wins, value.box or null, old or null))]

    def better(self, machine, value, best):
        """(the better one's number, i1: whether it is this value; None where there is no other)."""
        if best is v.UNBOUND:
            return v.Num(value.kind, value.node), None
        first = None
        if best.__class__ is v.Maybe:
            first, best = machine.emit("ixor", best.flag, machine.const("i1", True)), best.value
        if best.kind != value.kind:
            raise NotNative("compares numbers of two kinds")
        wins = by_rules(machine, "compare", self.symbol, value, best)
        wins = wins.node if wins.__class__ is v.Num else wins
        wins = wins if first is None else machine.emit("ior", first, wins)
        return v.Num(value.kind, machine.emit("select", wins, value.node, best.node)), wins

    def end(self, machine, found):
        best, = found
        if best is v.UNBOUND:
            machine.leave("raise")
            raise BlockEnds
        if best.__class__ is v.Maybe:
            machine.guard(best.flag, "raise")
            return best.value
        return best


# compared by identity: (function, row)
CONSUMERS = [(sum, Sum()), (any, Search(True)), (all, Search(False)), (min, Extremum("<")), (max, Extremum(">")), *COLLECTORS]

__all__ = ["CONSUMERS"]
