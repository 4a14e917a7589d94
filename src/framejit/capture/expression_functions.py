"""Functions whose whole body is one expression over arrays: what they compute can be part of their caller's expression (inlined.py).

    def laplacian(z):
        return z[:-2, 1:-1] + z[2:, 1:-1] - 2 * z[1:-1, 1:-1]

    v = u + 0.1 * laplacian(u) - w * w          one walk, and no array for what laplacian gives

Here: which calls at hand are such, by their instructions and arguments alone.
"""

from types import FunctionType
from typing import NamedTuple

from framejit.capture import callees, entry, values as v
from framejit.capture.expressions import is_whole, stack_handlers
from framejit.capture.keeping import keepable
from framejit.capture.region import by_type
from framejit.tables.classes import one_of

MOST = 150              # instructions of a body
DEEPEST = 4             # calls in one another
MOST_MISFITS = 3        # calls of a code that turned out to be more than an expression: each makes capture begin anew
PARTS = {"NOP", "LOAD_FAST", "STORE_FAST", "LOAD_CONST", "LOAD_GLOBAL", "PUSH_NULL", "LOAD_ATTR", "LOAD_METHOD", "BINARY", "COMPARE", "UNARY", "CALL", "BUILD_SLICE",
         "BUILD_TUPLE", "SUBSCR", "BINARY_SLICE"}


class Called(NamedTuple):
    """A call at hand: the function, what it runs, what is taken of its defaults, its arguments as values, where its operands begin on the stack."""

    function: object
    runs: callees.Runs
    taken: callees.Taken
    arguments: list
    base: int


def at_hand(machine, instruction):
    """The call at hand, if what is called is an expression over arrays; or None."""
    count, keywords = instruction.arg
    stack = machine.state.stack
    base = len(stack) - count - 2
    callee, receiver = stack[base:base + 2] if machine.code.null_above else stack[base:base + 2][::-1]
    if receiver is not v.NULL or callee.__class__ is not v.Const or type(callee.value) is not FunctionType or instruction.unit in machine.hints.called:
        return None
    if len(machine.bodies) >= DEEPEST or machine.held is not None or machine.unseen or not any([is_whole(value) for value in stack[base + 2:]]):
        return None
    runs = callees.run_by(callee.value)
    fits = machine.hints.callee(runs.code).misfits < MOST_MISFITS and is_expression(machine, runs)
    return bound(machine, callee.value, runs, keywords, base) if fits else None


def bound(machine, function, runs, keywords, base):
    values = machine.state.stack[base + 2:]
    found = callees.binding(machine, runs, keywords, len(values))
    if found is None or not all([can_be_passed(machine, value) for value in values]):
        return None
    taken, order = found
    if taken.left or any([place.__class__ is callees.Rest for place in order]):
        return None
    return Called(function, runs, taken, [values[place] if place.__class__ is int else v.Const(place[0]) for place in order], base)


def can_be_passed(machine, value):
    """Whether an argument is what it is wherever it stands: nothing but names of the caller's keeps its object, if it has one."""
    if value.__class__ is v.Fused:
        return value.term.name is not None and value.target is None
    if value.__class__ is v.Const:
        return True
    if value.__class__ is v.Array:
        return value.node is not None and (not stack_handlers().own_home(machine, value) or sum([one is value for one in machine.state.stack]) == 1)
    return value.__class__ is v.Num and not stack_handlers().own_home(machine, value)


def is_expression(machine, runs):
    """Whether a body goes straight to its end, and does what expressions consist of."""
    code = runs.code
    if code.co_freevars or code.co_cellvars or len(code.co_code) > 8 * MOST:
        return False
    body = instructions_of(machine, code)
    return 0 < len(body) <= MOST and body[-1].op == "RETURN" and all([is_part(one) for one in body[:-1]]) and are_known(machine, runs, body)


def is_part(instruction):
    return instruction.op in PARTS and not (instruction.op == "BINARY" and instruction.arg[1]) and instruction.target is None


def instructions_of(machine, code):
    """What a body does behind its beginning."""
    bytecode = machine.hints.bytecode(code)
    return bytecode.instructions[bytecode.at[bytecode.first]:] if bytecode.first in bytecode.at else []


def are_known(machine, runs, body):
    """Whether the names that it reads are there, and nothing that the caller assigns."""
    whole = machine.region.outermost()
    names = {one.arg for one in body if one.op == "LOAD_GLOBAL"}
    if runs.globals is whole.globals and names & whole.written:
        return False
    found = [dict.get(runs.globals, name, dict.get(runs.builtins, name, entry.MISSING)) for name in names]
    return all([value is not entry.MISSING and (keepable(value) if not by_type(value) else one_of(type(value), (int, float))) for value in found])


__all__ = ["Called", "at_hand", "instructions_of"]
