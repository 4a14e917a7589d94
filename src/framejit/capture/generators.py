"""Generator expressions that a builtin consumes on the spot.

    sum(x * c for x in values if x)   ->   a routine that walks over `values` and adds up itself

Neither the function nor the generator is ever made.  The routine changes nothing, so where it would leave it has been in vain,
but nothing has happened: the region leaves before the instruction that makes the function, and the interpreter begins anew
there.  ORDER EXITS: up to the call of the builtin nothing but reads may be emitted (`Machine.held`).
"""

from framejit.capture import generated, state as states, tuples, value_parts, values as v, walked_tables
from framejit.capture.collectors import COMPREHENSION, Form, made_list
from framejit.capture.consumers import CONSUMERS
from framejit.capture.ends import ABANDONED
from framejit.capture.generated import FIRST, QUIET
from framejit.capture.generator_bodies import GeneratorMachine, GeneratorRegion
from framejit.capture.iterators import is_range, iterator_of, of_range_object, walkable
from framejit.capture.raw_lists import realised
from framejit.capture.several import Several
from framejit.capture.walked_slices import Part
from framejit.tables.classes import one_of
from framejit.tables.specialised import EXPRESSION

BETWEEN = {"LOAD_FAST", "LOAD_CONST", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_ATTR", "LOAD_METHOD", "PUSH_NULL", "CALL", "BINARY",
           "UNARY", "SUBSCR", "BINARY_SLICE", "BUILD_SLICE", "FUNCTION_ATTRIBUTE", "NOP"}


class Body(v.Value):
    """The function of a generator expression or a comprehension, and the generator once it has its iterator."""

    __slots__ = ("code", "cells", "iterator")
    virtual = True

    def __init__(self, code, cells=()):
        self.code, self.cells, self.iterator, self.example = code, cells, None, None


def begun(machine, instruction):
    """Whether the function of a generator expression lies on the stack now, which a builtin is about to consume, or that of a comprehension."""
    stack, flags = machine.state.stack, instruction.arg
    code = stack[-1].value
    if code.co_name not in CALLED or flags & ~8 or code.co_cellvars or instruction.unit in machine.hints.real_generators or machine.held is not None:
        return False
    closure = code.co_freevars != ()
    cells = stack[-2].items if closure and stack[-2].__class__ is v.Tup else ()
    if len(cells) != len(code.co_freevars) or any([cell.__class__ is not v.Obj for cell in cells]):
        return False
    if not CALLED[code.co_name](machine, len(stack) - 1 - closure):
        return False
    cells = walked_is_object(machine, cells)
    machine.held = instruction.unit
    machine.popn(1 + flags.bit_count())
    machine.push(Body(code, cells))
    return True


def walked_is_object(machine, cells):
    """What will be walked over, if it is a local that is only known by its items, becomes an object first, and so do lists that zip and the
    like are given; the cells as they are then."""
    first = machine.index + 1
    between = machine.code.instructions[first:beyond(machine, first, lambda one: False)]
    is_given = any([one.op == "CALL" for one in between])
    for one in between:
        value = machine.state.locals[one.arg] if one.op == "LOAD_FAST" else None
        if value.__class__ is v.Tup or value.__class__ is v.Raw and is_given:
            places = machine.state.places(cells)
            (tuples.real if value.__class__ is v.Tup else realised)(machine, value)
            machine.begin(machine.state.copy())
            cells = machine.state.at(places, cells)
    return cells


def comprehended_next(machine, depth):
    """Whether what follows makes an iterator and calls the function, at this depth of the stack, with it."""
    return called_next(machine) is not None


def consumed_next(machine, depth):
    """Whether what follows makes an iterator, the generator, and calls a builtin with it, without leading anywhere else."""
    base, stack = depth - 2, machine.state.stack
    if base < 0 or v.NULL not in stack[base:depth]:
        return False
    callee = stack[base] if machine.code.null_above or stack[base] is not v.NULL else stack[base + 1]
    consumer = consumer_of(callee.value) if callee.__class__ is v.Const else None
    index = called_next(machine)
    if consumer is None or index is None:
        return False
    instructions, depths = machine.code.instructions, machine.code.depth
    index = beyond(machine, index, lambda one: one.op == "CALL" and depths[one.unit] == depth + one.arg[0])
    count, keywords = instructions[index].arg if instructions[index].op == "CALL" else (0, ())
    return 1 <= count <= 1 + consumer.most and not keywords


def called_next(machine):
    """The place behind the call that a generator expression's function is made for, or None."""
    instructions = machine.code.instructions
    index = beyond(machine, machine.index + 1, lambda one: False)
    called = [(one.op, one.arg) for one in instructions[index:index + 2]] == [("GET_ITER", None), ("CALL", (0, ()))]
    return index + 2 if called else None


def beyond(machine, index, found):
    """The place of the first instruction that is found, or that may lead elsewhere or do anything."""
    instructions = machine.code.instructions
    while instructions[index].op in BETWEEN and instructions[index].unit not in machine.code.stops and not found(instructions[index]):
        index += 1
    return index


def looped_next(machine):
    """Whether what follows makes an iterator, the generator, and walks over it."""
    index = called_next(machine)
    return index is not None and [one.op for one in machine.code.instructions[index:index + 2]] == ["GET_ITER", "FOR_ITER"]


CALLED = {"<genexpr>": lambda machine, depth: consumed_next(machine, depth) or looped_next(machine), "<listcomp>": comprehended_next}


def consumer_of(function):
    return FIRST if function is next else next((row for known, row in CONSUMERS if known is function), None)


def walked(machine, value):
    """What the iterator of a generator expression is, which nobody else knows; or of the generator itself."""
    if value.__class__ is Body:
        return generated.walked(machine, value)
    if value.__class__ is Part:
        return value
    table = walked_tables.of_value(machine, value)
    if table is not None:
        return table
    if value.__class__ is v.Pairs or value.__class__ is v.Range:
        return iterator_of(machine, value, None)
    found = of_range_object(machine, value) if is_range(value) else walkable(machine, value)
    if found is None:
        machine.give_up_holding()
    return found if found.__class__ is v.RangeIter else v.SeqIter(found, machine.int(0))


def consumed(machine, consumer, body, base, more=(), weight=EXPRESSION):
    """What the builtin gives for this generator and what else it is called with: the stack's entries from `base` on."""
    arguments = [body.iterator, *body.cells, *[states.lift(value, machine.graph) for value in more]]
    hidden = consumer.itself and value_parts.lists_in([body.iterator])      # who is an item isn't followed into a routine
    if hidden or any([not consumer.takes(value) for value in arguments[1 + len(body.cells):]]):
        machine.give_up_holding()
    consumer, routine = captured(machine, consumer, body.code, arguments)
    if routine is None or routine.result is None:
        machine.give_up_holding()
    exit, levels = about_to_call(machine)
    machine.consumes = True
    machine.weight["native"] += weight * 10 ** len(machine.state.headers)
    if not consumer.collects:
        return called(machine, routine, "invoke", arguments, exit, levels)
    target = made_list(machine, consumer.form, base)
    called(machine, routine, "invoke_changing", [*arguments, target], exit, levels)
    return collected(machine, consumer, routine, target, base)


def given(machine, callee, body, base, more):
    """What the builtin gives takes the place of the stack's entries from `base` on."""
    consumer = consumer_of(callee)
    if consumer is FIRST:
        generated.first(machine, body, base, more)
    else:
        taken(machine, base, consumed(machine, consumer, body, base, more))


def taken(machine, base, result):
    from framejit.capture.handlers.calls import give_consumed
    give_consumed(machine, base, result)


def about_to_call(machine):
    """(the exit that is taken where the routine leaves, for nothing has happened then; node: how many levels are left, one at least)."""
    exit = machine.exit("generator")
    exit.call = ABANDONED
    levels = machine.levels()
    machine.guard(machine.emit("icmp_sgt", levels, machine.int(0)), "recursion")
    machine.held = None
    return exit, levels


def called(machine, routine, op, values, exit, levels):
    """What the routine gives."""
    from framejit.capture.invoking import parts_of, received
    node = machine.emit(op, machine.emit("isub", levels, machine.int(1)), *parts_of(values), attr=routine.number, exit=exit)
    return received(machine, routine, node)


def collected(machine, consumer, routine, target, base):
    """What the builtin gives of the list; it holds what the routine has shown."""
    made = consumer.finish(machine, consumer.form, target.node, base)
    if made.__class__ is v.Obj and made.example is None and may_hold(made.type, type(routine.example)):
        made.example = made.type([routine.example])
    return made


def may_hold(container, kind):
    """Whether an example of this type can stand for the items: a set would ask one of the program's for its hash."""
    return one_of(kind, QUIET) and kind is not type(None) if container is set else not one_of(kind, (type(None), Several))


def captured(machine, consumer, code, arguments):
    """(the consumer, the routine for it and a generator of this code, or None)."""
    if not machine.routines.allowed(code):
        return consumer, None
    from framejit.capture.callees import Runs
    region = machine.region
    runs, classes = Runs(code, region.globals, region.builtins), (GeneratorMachine, GeneratorRegion)
    if not consumer.collects:
        return consumer, machine.routines.found((runs, consumer), runs, arguments, classes)
    known = machine.routines.machine.hints.callee(code).form
    if known is None:
        machine.routines.found((runs, consumer), runs, arguments, classes)      # which learns it from the first item
        return consumer, None
    raw, kind = known
    form = Form(raw and machine.routine is None, kind)
    consumer = consumer.of(form)
    return consumer, machine.routines.found((runs, consumer), runs, [*arguments, form.value(None)], classes)


__all__ = ["Body", "COMPREHENSION", "FIRST", "begun", "consumed", "consumer_of", "given", "taken", "walked"]
