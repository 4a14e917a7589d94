"""Variables of comprehensions that run in the function's own frame (3.12 and later): their names may be those of the function's variables.

    [sum(a[i] * b for b in row) for i in range(n)]      ->  what `i` was waits on the stack, and `i` is a cell of the comprehension's own
"""

from functools import cache

from framejit.capture import value_parts, values as v
from framejit.capture.handlers import handler
from framejit.capture.handlers.stack import box_of, drop_home, owned_by_home, put_home, rows, stack_slot


@handler("LOAD_FAST_AND_CLEAR")
def load_fast_and_clear(machine, instruction):
    slot = instruction.arg
    value = machine.state.locals[slot]
    if value.__class__ is v.Maybe and any([box_of(leaf) is not None for leaf in value_parts.leaves(value)]) and several().begins_anew(machine, instruction):
        value = where_bound(machine, slot, value, instruction)
    if value is v.UNBOUND:
        machine.push(v.NULL)
        return
    if value.__class__ in (v.Obj, v.Array) and not rows().is_row(value):
        value = moved_to_stack(machine, slot, value, instruction)
    elif value.__class__ not in (v.Num, v.Maybe, v.Either) or any([box_of(leaf) is not None for leaf in value_parts.leaves(value)]):
        machine.stop("unsupported_opcode", "comprehension variable")
    machine.push(value)
    machine.state.locals[slot] = v.UNBOUND
    machine.state.homed[slot] = False


def where_bound(machine, slot, value, instruction):
    """What a local is that may be unbound; where it is, the instruction begins anew."""
    unbound, bound, before = machine.graph.block(), machine.graph.block(), machine.state
    machine.end("branch", (value.flag,), [(bound, []), (unbound, [])])
    machine.block, machine.state = unbound, before.copy()
    machine.state.locals[slot] = v.UNBOUND
    machine.end("jump", targets=[machine.enter_exactly(instruction.unit, machine.state)])
    machine.block, machine.state = bound, before
    machine.state.replace(value, value.value)
    return value.value


def moved_to_stack(machine, slot, value, instruction):
    """The object that a local was, in the home of the stack entry that it will be."""
    put_home(machine, stack_slot(machine, len(machine.state.stack)), value.node)
    value = owned_by_home(machine, machine.state.locals[slot])
    drop_home(machine, slot, instruction)
    return value


@handler("MAKE_CELL")
def make_cell(machine, instruction):
    """Of a variable that has just been cleared; those of the function itself are there before native code begins."""
    if machine.state.locals[instruction.arg] is not v.UNBOUND:
        machine.stop("unsupported_opcode", instruction.opname)
    made_functions().make_cell(machine, instruction.arg)


@cache
def several():
    from framejit.capture import several
    return several


@cache
def made_functions():
    from framejit.capture import made_functions
    return made_functions
