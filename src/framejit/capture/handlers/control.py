"""Branches, loops, returns."""

from functools import cache

from framejit.capture import elementwise, tuples, values as v
from framejit.capture.several import true_or_false
from framejit.capture.entry import scalar_types
from framejit.capture.exact_types import exactly
from framejit.capture.handlers import handler
from framejit.capture.call_operands import temporary
from framejit.capture.handlers.calls import callout
from framejit.capture.handlers.stack import POINTERS, put_home, stack_slot
from framejit.capture.iterators import advance, is_range, iterator_of
from framejit.capture.state import SINGLETONS, lift
from framejit.capture.truth import truth
from framejit.tables.classes import SMALL_INTS, one_of


@handler("JUMP")
def jump(machine, instruction):
    if instruction.target > instruction.unit:
        machine.jump(instruction.target)
        return
    state = machine.state
    state.iterations = machine.emit("iadd", state.iterations, machine.int(1))
    extent = machine.region.extent
    if extent is None or instruction.target in extent:
        poll(machine, instruction)
    machine.jump(instruction.target)


def poll(machine, instruction):
    """Ctrl-C, other threads, pending calls: served at backward jumps, as the interpreter does."""
    machine.world("poll", instruction.target, attr=instruction.at)


@handler("BRANCH")
def branch(machine, instruction):
    value = machine.state.stack[-1]
    sense = instruction.arg
    if sense in ("none", "not none"):
        condition = is_none(machine, value)
        flip = sense == "not none"
    else:
        value = true_or_false(machine, instruction)
        condition = truth(machine, value, instruction)
        flip = sense == "false"
    if machine.block.end is not None:
        return
    machine.pop()
    drop_temporary(machine, value)
    taken, other = (instruction.target, machine.state.copy()), (instruction.next, machine.state)
    backward = instruction.target < instruction.unit
    if backward:
        state = taken[1]
        block, arguments = backward_edge(machine, instruction, state)
    if flip:
        taken, other = other, taken
    if backward:
        finish_backward(machine, condition, block, arguments, instruction, flip)
        return
    machine.branch(condition, taken, other)


def backward_edge(machine, instruction, state):
    """A conditional jump backwards (3.11): the edge gets a block of its own with the poll in it."""
    block = machine.graph.block(instruction.target)
    here, current = machine.block, machine.state
    machine.block, machine.state = block, state
    state.iterations = machine.emit("iadd", state.iterations, machine.int(1))
    if machine.region.extent is None or instruction.target in machine.region.extent:
        poll(machine, instruction)
    machine.jump(instruction.target)
    machine.block, machine.state = here, current
    return block, []


def finish_backward(machine, condition, block, arguments, instruction, flip):
    if condition.op == "const":
        if bool(condition.attr) != flip:
            machine.end("jump", targets=[(block, arguments)])
        else:
            machine.jump(instruction.next)
        return
    forward = machine.enter(instruction.next, machine.state)
    targets = [forward, (block, arguments)] if flip else [(block, arguments), forward]
    machine.end("branch", (condition,), targets)


def is_none(machine, value):
    if value.__class__ is v.Obj and value.type is None:
        return machine.emit("icmp_eq", value.node, machine.object(None))
    return machine.const("i1", value.__class__ is v.Const and value.value is None)


def drop_temporary(machine, value):
    """An object that only the stack held dies here."""
    if temporary(machine, value):
        put_home(machine, stack_slot(machine, len(machine.state.stack)), machine.const("ptr", None))


def way_that_drops(machine, unit, state, ended=None):
    """(block, arguments) of a way to `unit` on which what the stack entry above `state` kept dies; `ended`: an iterator that has come to its end."""
    before = machine.block, machine.state
    block = machine.graph.block()
    machine.block, machine.state = block, state
    if ended is not None:
        machine.emit("write_call", ended.node, attr=("fj_walk_end", None))
    put_home(machine, stack_slot(machine, len(state.stack)), machine.const("ptr", None))
    machine.jump(unit)
    machine.block, machine.state = before
    return block, []


@handler("JUMP_OR_POP")
def jump_or_pop(machine, instruction):
    value = true_or_false(machine, instruction)
    condition = truth(machine, value, instruction)
    if machine.block.end is not None:
        return
    jumping, dies = machine.state.copy(), temporary(machine, value)
    machine.pop()
    if dies:
        ways = [machine.enter(instruction.target, jumping), way_that_drops(machine, instruction.next, machine.state)]
        machine.end("branch", (condition,), ways[::-1] if instruction.arg == "false" else ways)
        return
    taken, other = (instruction.target, jumping), (instruction.next, machine.state)
    if instruction.arg == "false":
        taken, other = other, taken
    machine.branch(condition, taken, other)


@handler("TRUTH")
def truth_of(machine, instruction):
    value = true_or_false(machine, instruction)
    if value.__class__ is v.Num and value.kind == "bool":
        return
    condition = truth(machine, value, instruction)
    if machine.block.end is not None:
        return
    machine.pop()
    drop_temporary(machine, value)
    machine.push(v.Num("bool", condition))


@handler("RETURN")
def return_(machine, instruction):
    value = machine.state.stack[-1]
    if machine.pending:
        elementwise.returned(machine)
        return
    if machine.routine is not None:
        machine.give(value, instruction)
        return
    if not machine.region.can_return:
        machine.leave("loop done")
        return
    if machine.code.loops:
        kept = machine.emit("read_call", attr=("fj_frame_kept", "i64"), type="i64")
        machine.guard(machine.emit("icmp_eq", kept, machine.int(0)), "return")
    if value.__class__ is v.Num and value.slot is not None:
        value = v.Num(value.kind, value.node, value.box)        # the list dies with the frame: nobody else has its item
    made = {}
    pointer = machine.boxed(value, made)
    if pointer is None or not assign_names(machine, made):
        machine.leave("return")
        return
    machine.end("return", (pointer,), iterations=machine.state.iterations)


def assign_names(machine, made):
    """Write the globals that only native code knows back; False where an exit has to."""
    state = machine.state
    dirty = [index for index, clean in enumerate(state.clean) if not clean]
    if any([state.names[index].__class__ not in (v.Num, v.Const) for index in dirty]):
        return False
    for index in dirty:
        owned = machine.boxed(state.names[index], made)
        machine.emit("name_set", owned, attr=machine.cells[index])
        machine.emit("write_call", owned, attr=("fj_decref", None))
    return True


LETTERS = (str, bytes, bytearray)


@handler("GET_ITER")
def get_iter(machine, instruction):
    value = machine.state.stack[-1]
    if machine.held is not None:
        from framejit.capture.generators import walked
        machine.state.stack[-1] = walked(machine, value)
        return
    if value.__class__ is v.Tup and tuples.real(machine, value) is not None:
        value = machine.state.stack[-1]
    if value.__class__ is v.Obj and one_of(type(value.example), LETTERS):
        value = exactly(machine, value, LETTERS, instruction, 62) or value
    value = list_subclasses().as_list(machine, value, instruction, "__iter__") or value
    iterator, dies = iterator_of(machine, value, instruction), is_range(value) and temporary(machine, value)
    if dies and iterator is not None:
        put_home(machine, stack_slot(machine, len(machine.state.stack) - 1), machine.const("ptr", None))
    if iterator is not None:
        machine.state.stack[-1] = iterator
    elif pools().as_pool(machine, instruction) is None and not walks().begun(machine, instruction) and stepped().as_stepped(machine, instruction) is None:
        callout(machine, instruction, "GET_ITER", 0, 1)


@cache
def list_subclasses():
    from framejit.capture import list_subclasses
    return list_subclasses


@cache
def pools():
    from framejit.capture import pools
    return pools


@cache
def walks():
    from framejit.capture import walks
    return walks


@cache
def stepped():
    from framejit.capture import stepped
    return stepped


@handler("FOR_ITER")
def for_iter(machine, instruction):
    if not (pools().advanced(machine, instruction) or walks().advanced(machine, instruction) or stepped().advanced(machine, instruction)):
        advance(machine, machine.state.stack[-1], instruction)


@handler("IS")
def is_(machine, instruction):
    if not ask_identity(machine, bool(instruction.arg)):
        machine.leave("identity")


def ask_identity(machine, inverted):
    """Whether the two entries on top have become the answer of whether they are one object; `inverted`: two."""
    left, right = machine.state.stack[-2:]
    temporaries = [depth for depth, value in enumerate(machine.state.stack[-2:], len(machine.state.stack) - 2) if temporary(machine, value)]
    same = identical(machine, left, right) if len(temporaries) < 2 else None         # the second may not be dropped when the first has gone
    if same is None:
        return False
    machine.popn(2)
    for depth in temporaries:
        put_home(machine, stack_slot(machine, depth), machine.const("ptr", None))
    machine.push(v.Num("bool", machine.emit("ixor", same, machine.const("i1", True)) if inverted else same))
    return True


def identical(machine, left, right):
    """i1 node, or None where identity needs objects that don't exist yet."""
    if left is right:
        return machine.const("i1", True)
    left, right = [lift(value, machine.graph) for value in (left, right)]
    if left.__class__ is v.Num and right.__class__ is v.Num:
        return same_number(machine, left, right)
    pointers = [pointer(machine, value) for value in (left, right)]
    if None in pointers:
        numbers = [value for value in (left, right) if value.__class__ in (v.Num, v.Tup)]
        others = [value for value in (left, right) if value.__class__ is v.Const and not is_number(value.value)]
        if numbers and others:
            return machine.const("i1", False)
        return None
    return machine.emit("icmp_eq", *pointers)


def same_number(machine, left, right):
    """Two numbers are one object if they have one, or are small ints: what two names share has an object where they part."""
    if left.kind != right.kind:
        return machine.const("i1", False)
    equal = machine.emit("icmp_eq", left.node, right.node) if left.kind in ("int", *SINGLETONS) else None
    if left.kind in SINGLETONS:
        return equal
    if left.slot is not None or right.slot is not None:
        return None
    same = machine.const("i1", False)
    if left.box is not None and right.box is not None:
        there = machine.emit("icmp_ne", left.box, machine.const("ptr", None))
        same = machine.emit("iand", there, machine.emit("icmp_eq", left.box, right.box))
    if left.kind != "int":
        return same
    small = machine.emit("icmp_ult", machine.emit("isub", left.node, machine.int(SMALL_INTS[0])), machine.int(len(SMALL_INTS)))
    return machine.emit("ior", same, machine.emit("iand", small, equal))


def is_number(value):
    return one_of(type(value), (int, float, tuple, bool, complex, *scalar_types()))


def pointer(machine, value):
    if value.__class__ is v.Const:
        return machine.object(value.value)
    if value.__class__ in POINTERS:
        return value.node
    if value.__class__ is v.Num and value.kind == "bool":
        return machine.emit("select", value.node, machine.object(True), machine.object(False))
    return None
