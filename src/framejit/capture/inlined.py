"""Calls of functions that are expressions (expression_functions.py): their instructions are walked as if they stood in their caller's expression.

Nothing happens in them: whatever leaves goes back to where that expression began, and the interpreter makes the call.  The callee's names are its own,
its values lie on the caller's stack without homes; for its level of recursion there is room, since nothing is native where few are left.  What turns out to be more than an expression is called as any function is, in the next attempt.
"""

from typing import NamedTuple

from framejit.capture import array_functions, elementwise, expressions, products, values as v, views
from framejit.capture.deferred import are_part
from framejit.capture.expression_functions import at_hand, instructions_of
from framejit.capture.handlers import HANDLERS
from framejit.capture.handlers.stack import own_home
from framejit.capture.plain_numbers import is_of_numbers
from framejit.capture.routine_regions import RoutineRegion
from framejit.tables.classes import one_of

VALUES = (v.Fused, v.Array, v.Num, v.Const, v.Slice, v.Null, v.Tup)


class GivenUp(Exception):
    """It isn't an expression after all."""


class Place(NamedTuple):
    """Where a machine is."""

    code: object
    region: object
    hints: object
    instruction: object
    index: int


class Body:
    """A body that is being walked: its request, its names, and what of the machine's it takes the place of."""

    def __init__(self, machine, call):
        self.region = RoutineRegion(call.runs, (), (), machine)
        self.region.scan()
        self.numbers = {name: known for name, known in self.region.names.items() if known.__class__ is int}
        for name in self.numbers:
            del self.region.names[name]
        self.code, self.hints = self.region.bytecode, machine.hints.callee(call.runs.code)
        self.instructions = instructions_of(machine, call.runs.code)
        self.names = [*call.arguments, *[v.UNBOUND] * (self.region.count - len(call.arguments))]
        self.bottom = len(machine.state.stack)
        self.stored = []        # expressions that were names: they are computed where the result is

    def take_over(self, machine):
        self.before = Place(machine.code, machine.region, machine.hints, machine.instruction, machine.index)
        machine.code, machine.region, machine.hints = self.code, self.region, self.hints
        machine.bodies.append(self)

    def give_back(self, machine):
        machine.bodies.pop()
        machine.code, machine.region, machine.hints, machine.instruction, machine.index = self.before


def called(machine, instruction):
    """Whether a call at hand was taken into its caller's expression."""
    call = at_hand(machine, instruction)
    if call is None:
        return False
    expressions.begun(machine, call.arguments)
    given = [views.seen_as(machine, value, value, value.contiguous) if expressions.is_temporary(machine, value) else value for value in call.arguments]
    machine.routines.uses(call.function, call.runs, call.taken)
    machine.region.codes[id(call.runs.code)] = call.runs.code
    result = walked(machine, call._replace(arguments=given))
    if result is None:
        machine.hints.called.add(instruction.unit)
        machine.hints.callee(call.runs.code).misfits += 1
        machine.restart()
    machine.popn(len(machine.state.stack) - call.base)
    machine.push(result)
    return True


def walked(machine, call):
    """What the body gives; None: it isn't an expression, or would leave something out that could be noticed."""
    body = Body(machine, call)
    body.take_over(machine)
    try:
        for place, one in enumerate(body.instructions[:-1], body.code.at[body.code.first]):
            machine.instruction, machine.index = one, place
            step(machine, body, one)
        result = machine.state.stack[-1]
    except GivenUp:
        return None
    finally:
        body.give_back(machine)
    if len(machine.state.stack) != body.bottom + 1 or result.__class__ is not v.Fused or result.term.name is None:
        return None
    result.origin = None
    given = [value for value in call.arguments if value.__class__ is v.Fused]
    return result if are_part([result.term], [*given, *body.stored]) else None


def step(machine, body, one):
    if one.op in OWN:
        OWN[one.op](machine, body, one)
        return
    if one.op not in elementwise.LOADS and not goes_on(machine, one):
        raise GivenUp
    HANDLERS[one.op](machine, one)
    top = machine.state.stack[-1]
    if not machine.pending or not one_of(top.__class__, VALUES) or top is not v.NULL and own_home(machine, top):
        raise GivenUp


def goes_on(machine, one):
    if one.op != "CALL":
        return elementwise.goes_on(machine, one)
    return not products.any_ends(machine) and (array_functions.at_hand(machine, one) is not None or is_of_numbers(machine, one) or elementwise.waits(machine, one)
                                               or at_hand(machine, one) is not None)


def must_stay(machine):
    """Something is about to happen, or to be decided, that no expression does."""
    if machine.bodies:
        raise GivenUp


# ---- names

def load(machine, body, one):
    value = body.names[one.arg]
    if value is v.UNBOUND:
        raise GivenUp
    machine.push(value)


def store(machine, body, one):
    value = machine.state.stack.pop()
    if not one_of(value.__class__, (v.Fused, v.Array, v.Num, v.Const)):
        raise GivenUp
    body.names[one.arg] = value
    if value.__class__ is v.Fused and value.term.name is not None:
        body.stored.append(value)


def load_global(machine, body, one):
    """A constant, or a number that the name holds now."""
    cell, known = body.numbers.get(one.arg), body.region.names.get(one.arg)
    if cell is None and known is None:
        raise GivenUp
    if cell is not None:
        example = next(example for other, example in body.region.typed if other == cell)
        found = body.region.cell(machine, cell, example, machine.exit("type"))
        known = v.Num(found.kind, found.node)
    machine.push(known)


OWN = {"LOAD_FAST": load, "STORE_FAST": store, "LOAD_GLOBAL": load_global, "NOP": lambda machine, body, one: None}


__all__ = ["called", "must_stay"]
