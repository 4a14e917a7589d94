"""Whether the statement behind a store goes on with the expression that is stored: a guess, by its instructions alone.

    d = x - y
    u = d * d                       goes on: one walk gives both arrays
    return np.sqrt((d * d).mean())  goes on: d is never an array
    s = (d * d).sum(axis=0)         goes on, if what follows computes of s what is returned
    return d / d.sum()              doesn't: d would be computed twice
"""

from functools import cache

from framejit.bytecode.operations import effect
from framejit.capture import expressions, values as v
from framejit.capture.terms import ordered
from framejit.loops.ufuncs import dispatched, ufunc
from framejit.tables import elementwise
from framejit.tables.classes import numpy_holds, numpys
from framejit.tables.elementwise import AS_TYPE, BINARY
from framejit.tables.foreign import ASKED, foreign
from framejit.tables.reductions import COUNT, FUNCTIONS, SPREADS
from framejit.tables.types import ELEMENTS

GUESSES = 8             # wrong ones in a code, behind which none is made
EXTENTS = ("shape", "size")
PARTS = (AS_TYPE, *ELEMENTS, "real", "imag", "T", "pi", "e", "inf", *EXTENTS)         # attributes that are part of expressions, beside ufuncs
REDUCING = (*FUNCTIONS, *SPREADS, COUNT, "reduce")
LOADS = ("LOAD_FAST", "LOAD_GLOBAL", "PUSH_NULL")        # later parts of instructions behind which nothing ends
VIEWS = ("SUBSCR", "BINARY_SLICE", "LOAD_ATTR")         # a statement that ends so gives no new array
FREE = (v.Unbound, v.Num, v.Const)      # what a name is that nothing has to be let go of for
ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD")
GOING_ON = ("LOAD_FAST", "LOAD_CONST", "PUSH_NULL", "LOAD_GLOBAL", "NOP", "COMPARE", "UNARY", "CALL", "BUILD_SLICE", "BUILD_TUPLE", "SUBSCR", "BINARY_SLICE")


def continues(machine, instruction, value):
    """Whether the next statement is an expression over what this one gives or reads, that is stored into a local or returned; where
    it is reduced the statements behind it are looked at, too, up to what they return."""
    if expressions.are_apart(machine) or instruction.unit in machine.hints.apart or len(machine.hints.apart) > GUESSES:
        return False
    instructions, index = machine.code.instructions, machine.code.at[instruction.unit]
    while instructions[index] is not instruction:
        index += 1
    names = {instruction.arg, *machine.deferred}
    near = names.union(leaves_of(machine, value))
    follows, before, statement = False, instruction, Statement(names)
    for one in instructions[index + 1:]:
        if one.part == 0 and machine.stops_at(one.unit) or one.part > 0 and one.op not in LOADS:
            return False
        if one.op == "STORE_FAST" and machine.state.locals[one.arg].__class__ in FREE and statement.ends():
            before = one
            continue
        if one.op in ("STORE_FAST", "RETURN"):
            return follows and before.op not in VIEWS and (not statement.reduced or one.op == "RETURN" and gives_natively(machine))
        follows |= one.op == "LOAD_FAST" and one.arg in near
        if not part_of_expression(machine, one) or not statement.takes(one):
            return False
        before = one
    return False


class Statement:
    """The stack of a statement, as far as this says which entries are computed of waiting names, and which are functions that reduce.
    `reduced`: whether something was reduced."""

    def __init__(self, names):
        self.names, self.reduced = names, False
        self.reads, self.reducing = [], []

    def takes(self, one):
        """Whether nothing is computed twice by this instruction."""
        if one.op == "LOAD_FAST" and one.arg in self.names and self.reduced:
            return False
        change = effect(one.op, one.arg)
        if change > 0:
            return self.push(one.op == "LOAD_FAST" and one.arg in self.names or one.op == "LOAD_METHOD" and self.reads[-1], one)
        count = min(1 - change, len(self.reads))
        split = len(self.reads) - count
        reads, reduces = any(self.reads[split:]), one.op == "CALL" and any(self.reducing[split:split + 2]) and "keepdims" not in (one.arg[1] or ())
        del self.reads[split:], self.reducing[split:]
        if reduces and any(self.reads):
            return False
        self.reduced |= reduces
        return self.push(reads and not reduces, one)

    def ends(self):
        """Whether what is stored was computed of what names were reduced to; another statement follows."""
        if not self.reduced or len(self.reads) != 1 or self.reads[0]:
            return False
        self.reads, self.reducing = [], []
        return True

    def push(self, reads, one):
        self.reads.append(reads)
        self.reducing.append(one.op in ATTRIBUTES and one.arg in REDUCING)
        if one.op == "LOAD_METHOD":
            self.reducing[-2] = self.reducing[-1]
        return True


def gives_natively(machine):
    """Whether a return at hand ends the frame, and with it what names are."""
    return machine.routine is not None or machine.region.can_return


def leaves_of(machine, value):
    """The locals that are operands of an expression."""
    arrays = {id(term.array) for term in ordered(value.term) if term.array is not None}
    return [slot for slot, one in enumerate(machine.state.locals) if id(one) in arrays]


def part_of_expression(machine, instruction):
    if instruction.op == "BINARY":
        symbol, inplace = instruction.arg
        return symbol in BINARY and not inplace
    if instruction.op in ATTRIBUTES:
        return is_elementwise(instruction.arg) or any([foreign(place, instruction.arg) for place in ASKED]) or instruction.arg in REDUCING or machine.fastmath and instruction.arg == "einsum"
    return instruction.op in GOING_ON


@cache
def is_elementwise(name):
    function = numpy_holds(name)
    return name in PARTS or dispatched(function) in elementwise.FUNCTIONS or type(function) is numpys("ufunc") and ufunc(function.__name__) is function


__all__ = ["ATTRIBUTES", "EXTENTS", "FREE", "continues", "gives_natively"]
