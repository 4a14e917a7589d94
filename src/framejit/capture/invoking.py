"""Calls of Python functions by native code: what is passed, what comes back, and the exit of a callee that has left."""

from framejit.capture import callees, value_parts, values as v
from framejit.capture.components import part_types, rebuild
from framejit.capture.ends import BlockEnds
from framejit.capture.forgotten import nameless
from framejit.capture.handlers.calls import temporary
from framejit.capture.handlers.stack import is_loose, own_home, stack_slot
from framejit.capture.keeping import keepable
from framejit.capture.raw_lists import unslotted
from framejit.capture.state import lift


def invoked(machine, callee, arguments, base, instruction):
    """Whether the call has been made natively: its operands, from `base` on, have given way to the result."""
    found = callees.called(machine, callee, instruction)
    if found is None or any([not passable(machine, argument) for argument in (callee, *arguments)]):
        return False
    runs, node = found
    bound = callees.binding(machine, runs, instruction.arg, len(arguments))
    if bound is None or callee.__class__ is not v.Const and not callees.named(machine, runs):
        return False
    defaults, order = bound
    callees.take_arguments(machine, base, instruction)
    for attempt in range(3):
        values = values_of(machine, order, len(arguments))
        routine = machine.routines.of(runs, values)
        if routine is None:
            values = [v.Obj(None, value.node, "home", value.example) if value.__class__ is v.Obj else value for value in values]
            routine = machine.routines.of(runs, values)       # which may be what it calls itself with
        if routine is None:
            return False
        known = [values[place] for place in sorted(routine.seen) if named(machine, values[place])]
        if not known:
            break
        for value in known:
            machine.share_box(machine.state, value)
    else:
        return False
    for place in routine.seen:
        machine.note_seen(values[place])
    machine.uses_routine(routine)
    callees.guard(machine, callee, runs, node, defaults, instruction)
    routine.early = routine.early or not routine.done
    if routine.changes:
        machine.need_homes()
        machine.secure()
        values = [old if old.__class__ is v.Obj else new for old, new in zip(values, values_of(machine, order, len(arguments)))]
    result = call(machine, routine, values, instruction, [node] if runs.code.co_freevars else [])
    if result.__class__ is v.Num and is_loose(machine, result):         # which may be an argument that only the stack keeps
        machine.emit("home_set", result.box, attr=(len(machine.state.locals) + base, True), exit=machine.exit("home"))
    if result.__class__ is v.Tup and any([is_loose(machine, leaf) for leaf in value_parts.leaves(result)]):
        result = tuple_object(machine, result, base)
    drop_arguments(machine, base)
    machine.push(result)
    return True


def tuple_object(machine, value, base):
    """A tuple that was given, as an object: its items may be arguments that only the stack keeps."""
    node = machine.boxed(value)
    machine.emit("home_take", node, attr=(stack_slot(machine, base), False), exit=machine.exit("home"))
    return v.Obj(tuple, node)


def values_of(machine, order, count):
    """The values of the parameters: arguments on the stack, and defaults."""
    given = [lift(unslotted(machine, value), machine.graph) for value in machine.state.stack[len(machine.state.stack) - count:]]
    return [given[place] if place.__class__ is int else lift(v.Const(place[0]), machine.graph) for place in order]


def drop_arguments(machine, base):
    """The operands, from `base` on, leave the stack; numbers that only homes of the stack keep are let go of."""
    stack = machine.state.stack
    for depth in range(base, len(stack)):
        if own_home(machine, stack[depth]):
            machine.emit("home_set", machine.const("ptr", None), attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))
    machine.popn(len(stack) - base)


def call(machine, routine, values, instruction, function):
    """The value that the routine gives.  `function`: its node, where the routine has to know it."""
    if routine.result is None:
        machine.routines.undecided = True
        machine.leave("call")
        raise BlockEnds
    levels = machine.levels()
    machine.guard(machine.emit("icmp_sgt", levels, machine.int(0)), "recursion")
    parts = parts_of(values) + function
    exit = machine.exit("call")
    count, keywords = instruction.arg
    exit.call = (count, instruction.next, machine.graph.constant(keywords) if keywords else -1)
    node = machine.emit("invoke_changing" if routine.changes else "invoke", machine.emit("isub", levels, machine.int(1)), *parts, attr=routine.number, exit=exit)
    return received(machine, routine, node)


def parts_of(values):
    """Nodes that pass these values; one that is the same as an earlier one is not passed again."""
    passed, parts = set(), []
    for value in values:
        if id(value) not in passed or value.__class__ is v.Const:
            passed.add(id(value))
            parts += value.parts()
    return parts


def received(machine, routine, node):
    """What the node gives, as a value."""
    types = part_types(routine.result)
    nodes = [machine.emit("given", node, attr=(place, type)) for place, type in enumerate(types)]
    if routine.loops:
        turns = machine.emit("given", node, attr=(len(types), "i64"))
        machine.state.iterations = machine.emit("iadd", machine.state.iterations, turns)
    return rebuild(routine.result, iter(nodes))


def named(machine, value):
    """Whether a variable is this number, which has no object yet: a traceback shows those that nobody reads any more, too."""
    return value.__class__ is v.Num and nameless(value) and any([entry is value for entry in (*machine.state.locals, *machine.state.names)])


def passable(machine, value):
    """Whether the value goes in registers, and nothing dies with the call."""
    if value.__class__ is v.Array:
        return value.node is not None and not temporary(machine, value)
    if value.__class__ is v.Const:
        return keepable(value.value)
    return value.__class__ is v.Num or value.__class__ is v.Obj and not temporary(machine, value)


__all__ = ["invoked", "parts_of", "received"]
