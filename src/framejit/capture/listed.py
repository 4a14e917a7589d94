"""Lists and tuples that only a call sees which takes what is in them: they are never made.

    np.concatenate((a * 2, b))      the homes of their entries keep the arrays up to the call
    np.array([[c, -s], [s, c]])     numbers, which go into a new array

From the instruction that would make the first of them up to the call nothing but reads may be emitted (`Machine.held`): every exit goes back there.
"""

from framejit.bytecode.operations import effect
from framejit.capture import expressions, numbers, values as v
from framejit.capture.rows import TAKES
from framejit.tables.classes import one_of

MAKING = ("BUILD_LIST", "BUILD_TUPLE")


class Listed(v.Value):
    """Such a list, or tuple: its items; the arrays that only the stack keeps, and their homes; the unit that exits go back to."""

    __slots__ = ("items", "is_list", "temporaries", "slots", "unit")
    virtual = True

    def __init__(self, items, is_list, temporaries, slots, unit):
        self.items, self.is_list, self.temporaries, self.slots, self.unit, self.example = tuple(items), is_list, temporaries, slots, unit, None


def begun(machine, instruction, taker):
    """Whether what an instruction would make is on the stack now as its items.  `taker(callee, items)`: whether that function takes them."""
    count, stack = instruction.arg, machine.state.stack
    items = stack[-count:] if count else extended_by(machine)
    if not items or machine.pending or machine.unseen or instruction.unit in machine.hints.real_generators:
        return False
    callee = None if not all([is_taken(item) for item in items]) else taken_by(machine, len(stack) - count)
    if callee is None or not taker(callee, items):
        return False
    if machine.held is None:
        machine.held = instruction.unit
    elif not any([entry.__class__ is Listed and entry.unit == machine.held for entry in stack]):
        return False            # something else is held
    temporaries, slots = kept(machine, items)
    machine.popn(count)
    machine.push(Listed(items if count else (), instruction.op == "BUILD_LIST", temporaries, slots, machine.held))
    return True


def extended_by(machine):
    """The items of the constant that an empty list is extended by next: [1.0, 2.0, 3.0]."""
    following = machine.code.instructions[machine.index + 1:machine.index + 3]
    literal = [one.op for one in following] == ["LOAD_CONST", "LIST_EXTEND"] and type(following[0].arg) is tuple and following[1].arg == 1
    return [v.Const(item) for item in following[0].arg] if literal else []


def extended(machine, instruction):
    """Whether such a list was extended by a constant."""
    target, items = machine.state.stack[-1 - instruction.arg], machine.state.stack[-1]
    if target.__class__ is not Listed:
        return False
    if items.__class__ is not v.Const or type(items.value) is not tuple:
        machine.give_up_holding()
    machine.pop()
    machine.state.stack[-instruction.arg] = Listed([*target.items, *[v.Const(item) for item in items.value]], True, target.temporaries, target.slots, target.unit)
    return True


def release(machine, operands, popped):
    """Before the call that takes such lists emits anything: exits still go back to where the first began.  What is held for others stays so."""
    if not any([operand.__class__ is Listed for operand in operands]):
        return
    if any([entry.__class__ is Listed for entry in machine.state.stack[:-popped]]):
        machine.give_up_holding()
    machine.held = None


def is_taken(item):
    return item.__class__ is Listed or expressions.is_whole(item) or numbers.is_real(item) or item.__class__ is v.Const and one_of(type(item.value), (int, float, bool))


def kept(machine, items):
    """(arrays that only the stack keeps, their homes) among the topmost entries."""
    arrays = [item for item in items if item.__class__ is v.Array]
    temporaries, slots = expressions.kept(machine, arrays)
    for item in items:
        if item.__class__ is Listed:
            temporaries, slots = temporaries + item.temporaries, slots + item.slots
    return temporaries, slots


def taken_by(machine, depth):
    """What is called with the entry at this depth of the stack, which is about to be made, as its first argument; None: something else happens to it."""
    stack, instructions, index, above = machine.state.stack, machine.code.instructions, machine.index + 1, 0
    while index < len(instructions) and not machine.stops_at(instructions[index].unit):
        one = instructions[index]
        taken = len_of(one)
        before = instructions[index - 1]
        if taken is None or one.op == "LIST_EXTEND" and (before.op != "LOAD_CONST" or type(before.arg) is not tuple):
            return None
        if taken > above:
            if one.op == "CALL":
                return callee_below(machine, stack, depth) if one.arg[0] == above + 1 else None
            if one.op not in MAKING:
                return None
            depth, above = depth - (taken - 1 - above), 0
        else:
            above += effect(one.op, one.arg)
        index += 1
    return None


def len_of(instruction):
    """How many entries an instruction takes; None: nothing is known of it."""
    taken = instruction.arg if instruction.op in MAKING else 1 if instruction.op == "LIST_EXTEND" else TAKES.get(instruction.op)
    return taken if taken is None or taken.__class__ is int else taken(instruction.arg)


def callee_below(machine, stack, depth):
    """The function that is called, as no method, with arguments from this depth on."""
    if depth < 2 or depth > len(stack):
        return None
    first, second = stack[depth - 2:depth]
    callee, other = (first, second) if machine.code.null_above else (second, first)
    return callee.value if callee.__class__ is v.Const and other is v.NULL else None


__all__ = ["Listed", "begun", "extended", "release"]
