"""Calls of Python functions by native code: what is passed, what comes back, and the exit of a callee that has left."""

import builtins
from typing import NamedTuple

from framejit._machine import names_are_text, original_code
from framejit.capture import values as v
from framejit.capture.attributes import Likely, plain_class
from framejit.capture.cells import contents
from framejit.capture.components import part_types, rebuild
from framejit.capture.ends import BlockEnds
from framejit.capture.forgotten import nameless
from framejit.capture.handlers.calls import temporary
from framejit.capture.handlers.stack import box_of, is_loose, own_home, stack_slot
from framejit.capture.keeping import keepable, keeps
from framejit.capture.raw_lists import unslotted
from framejit.capture.state import lift

PLAIN = 0x3             # a function's flags: it has locals of its own;
OTHERS = 0x3AC          # it takes *args or **kwargs, or is a generator or coroutine


class Way(NamedTuple):
    """How an instruction calls a function: with so many arguments, the last of them by these names.

    `row`: the row of tables/callouts.py that does the instruction, with its argument; -1: the function is on the stack.
    `levels`: how much of the recursion limit it may take; `accepts(routine)`: whether its result will do; `results`: how many are
    pushed; `fresh`: the instance that the first two of the operands stand for was just made, and is initialised."""

    count: int
    keywords: tuple = ()
    row: int = -1
    argument: int = 0
    levels: int = 1
    accepts: object = None
    results: int = 1
    fresh: bool = False


def invoked(machine, function, places, base, instruction, way):
    """Whether the call has been made natively, with the stack's entries in these places as arguments: the operands, from `base` on,
    have given way to the result."""
    bound = binding(machine, function, way.keywords, len(places))
    if bound is None or any([not passable(machine, machine.state.stack[place]) for place in places[way.fresh:]]):
        return False
    code, defaults, order = bound
    for attempt in range(3):
        values = values_of(machine, order, places)
        fresh = way.fresh or machine.fresh and values[0] is machine.state.locals[0]
        routine = machine.routines.of(function, code, values, fresh)
        if routine is None:
            values = [v.Obj(None, value.node, "home", value.example) if value.__class__ is v.Obj else value for value in values]
            routine = machine.routines.of(function, code, values, fresh)       # which may be what it calls itself with
        if routine is None or not fits(routine, way):
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
    machine.routines.uses(function, code, defaults)
    die_quietly(machine, places[way.fresh:])
    routine.early = routine.early or not routine.done
    if routine.changes:
        machine.need_homes()
        machine.secure()
        values = [old if old.__class__ is v.Obj else new for old, new in zip(values, values_of(machine, order, places))]
    result = call(machine, function, routine, values, instruction, way)
    if machine.fresh and fresh:
        machine.routine.likely.update(routine.likely)
    if way.fresh:
        result = machine.state.stack[places[0]]
        result.example = Likely(result.type, routine.likely)
        machine.emit("home_set", result.node, attr=(stack_slot(machine, base), False), exit=machine.exit("home"))
    drop_arguments(machine, base, way.fresh or way.results and taken(machine, routine, result, base))
    if way.results:
        machine.push(result)
    return True


def die_quietly(machine, places):
    """Arguments that only the stack keeps end with the call: that must not be noticed."""
    for value in [machine.state.stack[place] for place in places]:
        if temporary(machine, value):
            machine.guard(machine.emit("read_call", value.node, attr=("fj_ends_quietly", "i1"), type="i1"), "home")


def taken(machine, routine, result, base):
    """Whether the home of the first operand's slot keeps the result's object now, which the routine gave, or which may be an argument that
    only the stack keeps, or part of one."""
    node, slot, dies = box_of(result), stack_slot(machine, base), own_home(machine, machine.state.stack[base])
    if routine.owned and node is not None:
        machine.emit("home_take", node, attr=(slot, False), exit=machine.exit("home"))
        return True
    if result.__class__ is not v.Num or not is_loose(machine, result):
        return False
    machine.emit("home_set", node, attr=(slot, not dies), exit=machine.exit("home"))
    return True


def fits(routine, way):
    """Whether the instruction may call this routine: what takes its result must be known to take it; an operator isn't called natively
    by what it calls itself."""
    if way.row < 0:
        return True
    return routine.done and routine.result != NOT_IMPLEMENTED and (way.results or not routine.owned) and (way.accepts is None or way.accepts(routine))


NOT_IMPLEMENTED = v.Const(NotImplemented).shape()


def values_of(machine, order, places):
    """The values of the parameters: arguments on the stack, and defaults."""
    given = [lift(unslotted(machine, machine.state.stack[place]), machine.graph) for place in places]
    return [given[place] if place.__class__ is int else lift(v.Const(place[0]), machine.graph) for place in order]


def drop_arguments(machine, base, taken):
    """The operands, from `base` on, leave the stack; what only homes of the stack keep is let go of.  `taken`: the first home has the result."""
    stack = machine.state.stack
    for depth in range(base + bool(taken), len(stack)):
        if own_home(machine, stack[depth]):
            machine.emit("home_set", machine.const("ptr", None), attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))
    machine.popn(len(stack) - base)


def call(machine, function, routine, values, instruction, way):
    """The value that the routine gives."""
    if routine.result is None:
        machine.routines.undecided = True
        machine.leave("call")
        raise BlockEnds
    levels = machine.levels()
    machine.guard(machine.emit("icmp_sgt", levels, machine.int(way.levels - 1)), "recursion")
    passed, parts = set(), []
    for value in values:
        if id(value) not in passed or value.__class__ is v.Const:
            passed.add(id(value))
            parts += value.parts()
    exit = machine.make_exit("call", initialising(machine), machine.landing) if way.fresh else machine.exit("call")
    keywords = machine.graph.constant(way.keywords) if way.keywords else -1
    exit.call = (way.count, instruction.next, keywords, way.row, way.argument, machine.graph.constant(function))
    left = machine.emit("isub", levels, machine.int(way.levels))
    node = machine.emit("invoke_changing" if routine.changes else "invoke", left, *parts, attr=routine.number, exit=exit)
    return received(machine, routine, node)


def initialising(machine):
    """The state before the instruction, but for the operands: native code has made an instance, which is one of them now."""
    state = machine.snapshot.copy()
    state.stack[:] = machine.state.stack
    return state


def received(machine, routine, node):
    """What the node gives, as a value."""
    types = part_types(routine.result)
    nodes = [machine.emit("given", node, attr=(place, type)) for place, type in enumerate(types)]
    if routine.loops:
        turns = machine.emit("given", node, attr=(len(types), "i64"))
        machine.state.iterations = machine.emit("iadd", machine.state.iterations, turns)
    made = rebuild(routine.result, iter(nodes))
    if made.__class__ is v.Obj:
        made.example = routine.example
    return made


def named(machine, value):
    """Whether a variable is this number, which has no object yet: a traceback shows those that nobody reads any more, too."""
    return value.__class__ is v.Num and nameless(value) and any([entry is value for entry in (*machine.state.locals, *machine.state.names)])


def passable(machine, value):
    """Whether the value goes in registers, and nothing dies with the call."""
    if value.__class__ is v.Array:
        return value.node is not None and not temporary(machine, value)
    if value.__class__ is v.Const:
        return keepable(value.value)
    return value.__class__ is v.Num or value.__class__ is v.Obj and (not temporary(machine, value) or value.type is not None and plain_class(value.type))


def means_class(function):
    """Whether a function has no free variables, or only the class that super() means."""
    names = original_code(function.__code__).co_freevars
    return names == () or names == ("__class__",) and plain_class(contents(function.__closure__[0]))


def binding(machine, function, keywords, count):
    """(code, the defaults if some are taken, per parameter the place of its argument or (default,)), or None: not a plain call."""
    code = original_code(function.__code__)
    names = code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]
    if code.co_flags & PLAIN != PLAIN or code.co_flags & OTHERS or code.co_cellvars or not means_class(function) or function.__kwdefaults__:
        return None
    if function.__builtins__ is not vars(builtins) or not names_are_text(function.__globals__) or not machine.routines.allowed(code):
        return None
    positional = count - len(keywords)
    if positional > code.co_argcount or any([names.count(name) != 1 or names.index(name) < positional for name in keywords]):
        return None
    if any([names.index(name) < code.co_posonlyargcount for name in keywords]):
        return None
    defaults = function.__defaults__ or ()
    first = code.co_argcount - len(defaults)
    order = []
    for place, name in enumerate(names):
        if place < positional:
            order.append(place)
        elif name in keywords:
            order.append(positional + keywords.index(name))
        elif first <= place < code.co_argcount:
            order.append((defaults[place - first],))
        else:
            return None
    taken = any([place.__class__ is tuple for place in order])
    if taken and not keeps(defaults):
        return None
    return code, defaults if taken else None, order


__all__ = ["Way", "invoked"]
