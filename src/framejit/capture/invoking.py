"""Calls of Python functions by native code: what is passed, and what comes back (the exit of a callee that has left: left_calls.py)."""

from typing import NamedTuple

from framejit.capture import alternatives, callees, rows, tuples, value_parts, values as v
from framejit.capture.components import part_types, rebuild
from framejit.capture.ends import BlockEnds
from framejit.capture.entry import Likely
from framejit.capture.forgotten import nameless
from framejit.capture.giving import MOST_MARKED
from framejit.capture.handlers.calls import temporary
from framejit.capture.handlers.stack import box_of, is_loose, own_home, stack_slot
from framejit.capture.keeping import keepable
from framejit.capture.left_calls import left_by
from framejit.capture.likely_items import likely_items
from framejit.capture.machine_values import borrows
from framejit.capture.raw_lists import unslotted
from framejit.capture.seen_parameters import known_tuples, places_seen
from framejit.capture.several import Several
from framejit.capture.state import lift
from framejit.capture.supers import means
from framejit.capture.unions import kinds_of, widened
from framejit.tables.classes import known_class, one_of


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


def invoked(machine, callee, places, base, instruction, way):
    """Whether the call of this value has been made natively, with the stack's entries in these places as arguments: the operands, from
    `base` on, have given way to the result."""
    found = callees.called(machine, callee, instruction)
    if found is not None and any([rows.is_row(at(machine, place)) for place in places[way.fresh:]]):
        rows.all_real(machine)
        machine.begin(machine.state.copy())         # a callee that leaves has the very object
    if found is None or any([not passable(machine, value) for value in (callee, *[at(machine, place) for place in places[way.fresh:]])]):
        return False
    runs, node = found
    if callee.__class__ is v.Const:
        runs.means = means(callee.value)
    bound = callees.binding(machine, runs, way.keywords, len(places))
    if bound is None or callee.__class__ is not v.Const and (bound[0].named or not callees.named(machine, runs)):
        return False
    taken_defaults, order = bound
    runs = runs.with_keywords(taken_defaults.left)
    callees.take_arguments(machine, base, instruction)
    chosen = routine_for(machine, runs, order, places, way, instruction)
    if chosen is not None and chosen[0].changes and any([place.__class__ is int and borrows(machine.state.stack[place]) for place in places]):
        machine.need_homes()
        machine.secure()        # such tuples become objects
        chosen = routine_for(machine, runs, order, places, way, instruction)
    if chosen is None or chosen[0].changes and any([place.__class__ is tuple and borrows(machine.state.stack[place[0]]) for place in places]):
        return False
    routine, values, fresh = chosen
    for place in places_seen(routine):
        for leaf in value_parts.leaves(values[place]):
            machine.note_seen(leaf)
    machine.uses_routine(routine)
    callees.guard(machine, callee, runs, node, taken_defaults, instruction)
    die_quietly(machine, [callee, *[at(machine, place) for place in places[way.fresh:]]])
    routine.early = routine.early or not routine.done
    if routine.changes:
        machine.need_homes()
        machine.secure()
        if any([place.__class__ is tuple and machine.state.stack[place[0]].__class__ is not v.Tup for place in places]):
            machine.stop("unsupported_opcode", instruction.opname)      # what was known by its items has become an object
        values = [old if old.__class__ is v.Obj else new for old, new in zip(values, values_of(machine, order, places))]
    constant = machine.graph.constant(callee.value) if callee.__class__ is v.Const else -1
    more = [node] if runs.needs_function() else []
    if routine.changes:
        more.append(machine.int(on_stack(machine, order, places)))
    result = call(machine, routine, values, instruction, way, more, constant)
    if machine.fresh and fresh:
        machine.routine.likely.update(routine.likely)
    if result.__class__ is v.Either and not way.results:
        result = v.Const(None)
    if result.__class__ is v.Either:
        result = alternatives.told_apart(machine, result, instruction, lambda option: put_result(machine, routine, option, places, base, way))
    put_result(machine, routine, result, places, base, way)
    return True


def routine_for(machine, runs, order, places, way, instruction):
    """(the routine, the values of its parameters, whether the first is an instance that was just made), or None."""
    for attempt in range(ATTEMPTS):
        values = widened(machine, runs, values_of(machine, order, places), way.fresh)
        if shared_with_tuple(values):
            return None
        fresh = way.fresh or machine.fresh and values != [] and values[0] is machine.state.locals[0]
        likely = machine.routine.likely if machine.fresh and fresh and not way.fresh else None
        if machine.tells_apart and machine.routines.many_forms(runs, values, fresh):
            machine.tell_no_longer()        # begins anew without
        routine = machine.routine_of(runs, values, fresh, likely)
        if routine is None:
            values = [v.Obj(None, value.node, "home", value.example) if value.__class__ is v.Obj else value for value in values]
            routine = machine.routine_of(runs, values, fresh, likely)       # which may be what it calls itself with
        if routine is None or not fits(routine, way) or alternatives.is_tagged(routine) and not alternatives.may_split(machine, instruction):
            return None
        whole = known_tuples(routine, order, values)
        if whole and (way.fresh or any([place.__class__ is tuple for place in places]) or tuples.real(machine, whole[0]) is None):
            return None
        if whole:
            machine.begin(machine.state.copy())
            continue
        seen = [leaf for place in places_seen(routine) for leaf in value_parts.leaves(values[place])]
        known = [leaf for leaf in seen if named(machine, leaf)]
        if not known and any([tuples.held(machine.state, leaf) for leaf in seen if tuples.anonymous(leaf)]):
            if way.fresh:
                return None
            tuples.apart(machine, seen)     # the tuples get objects
            machine.begin(machine.state.copy())
            if any([place.__class__ is tuple for place in places]):
                return None
            continue
        if not known:
            return routine, values, fresh
        for value in known:
            name(machine, value)
    return None


def name(machine, value):
    """A number that variables know gets an object, also where tuples have it as an item, and where the call is left for: the callee has that very one."""
    made = machine.share_box(machine.state, value)
    machine.begin(machine.snapshot.copy())
    machine.snapshot.replace(value, made)
    for state in (machine.state, machine.snapshot):
        if tuples.holders(state):
            state.change(lambda leaf: made if leaf is value else leaf)


def put_result(machine, routine, result, places, base, way):
    """The result, if one is wanted, takes the place of the operands."""
    if way.fresh:
        result = machine.state.stack[places[0]]
        result.example = Likely(result.type, routine.likely)
        machine.emit("home_set", result.node, attr=(stack_slot(machine, base), False), exit=machine.exit("home"))
    in_home = way.fresh
    if way.results and not way.fresh:
        made = result.__class__ is v.Tup and not machine.lent and any([is_loose(machine, leaf) for leaf in value_parts.leaves(result)])
        result = tuple_object(machine, result, base) if made else result
        in_home = made or taken(machine, routine, result, base)
    drop_arguments(machine, base, in_home)
    if way.results:
        machine.push(result)


def tuple_object(machine, value, base):
    """A tuple that was given, as an object: its items may be arguments that only the stack keeps."""
    node = machine.boxed(value)
    machine.emit("home_take", node, attr=(stack_slot(machine, base), False), exit=machine.exit("home"))
    return v.Obj(tuple, node, example=likely_items(value))


def die_quietly(machine, values):
    """A callee and arguments that only the stack keeps end with the call: that must not be noticed."""
    for value in values:
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


def on_stack(machine, order, places):
    """A bit for each parameter whose object the stack may be the last to keep."""
    return sum([1 << number for number, place in enumerate(order[:MOST_MARKED]) if place.__class__ is int and temporary(machine, at(machine, places[place]))])


def fits(routine, way):
    """Whether the instruction may call this routine: what takes its result must be known to take it; an operator isn't called natively
    by what it calls itself."""
    if way.row < 0 or routine.teaches:
        return True
    return routine.done and routine.result != NOT_IMPLEMENTED and (way.results or not routine.owned) and (way.accepts is None or way.accepts(routine))


QUIET = (str, bytes, bytearray, int, float, bool, type(None))
ATTEMPTS = 8            # numbers and tuples get objects in some
NOT_IMPLEMENTED = v.Const(NotImplemented).shape()


def values_of(machine, order, places):
    """The values of the parameters: arguments on the stack, and defaults."""
    given = [lift(unslotted(machine, at(machine, place)), machine.graph) for place in places]
    return [parameter(machine, place, given) for place in order]


def parameter(machine, place, given):
    """The value of a parameter: one of the arguments, a tuple of those that are left over, or a default."""
    if place.__class__ is callees.Rest:
        return v.Tup([given[one] for one in place.places])
    return given[place] if place.__class__ is int else lift(v.Const(place[0]), machine.graph)


def at(machine, place):
    """An argument: an entry of the stack, or an item, (place of the entry, number), of a tuple that lies there, or a value that is neither."""
    if isinstance(place, v.Value):
        return place
    return machine.state.stack[place] if place.__class__ is int else machine.state.stack[place[0]].items[place[1]]


def shared_with_tuple(values):
    """Whether a number that may have no object is an item of a tuple that is passed, and passed once more."""
    tuples = [value for value in values if value.__class__ is v.Tup]
    leaves = [leaf for value in values for leaf in value_parts.leaves(value)] if tuples else []
    return any([sum([other is leaf for other in leaves]) > 1 for value in tuples for leaf in value_parts.leaves(value) if leaf.__class__ is not v.Const])


def drop_arguments(machine, base, taken):
    """The operands, from `base` on, leave the stack; what only homes of the stack keep is let go of.  `taken`: the first home has the result."""
    stack = machine.state.stack
    for depth in range(base + bool(taken), len(stack)):
        if own_home(machine, stack[depth]):
            machine.emit("home_set", machine.const("ptr", None), attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))
    machine.popn(len(stack) - base)


def call(machine, routine, values, instruction, way, more, constant):
    """The value that the routine gives.  `more`: the function's node, where the routine has to know it, and which arguments only the stack keeps,
    where it changes objects; `constant`: that of the region which is the function, or -1."""
    if routine.result is None and not routine.teaches:
        machine.routines.undecided = True
        machine.leave("call")
        raise BlockEnds
    levels = machine.levels()
    machine.guard(machine.emit("icmp_sgt", levels, machine.int(way.levels - 1)), "recursion")
    parts = parts_of(values) + more
    exit = left_by(machine, routine, instruction, way, constant)
    left = machine.emit("isub", levels, machine.int(way.levels))
    if tuple([part.type for part in (left, *parts)]) != routine.graph.arguments:
        machine.stop("unsupported_opcode", "an argument that has become another value")
    node = machine.emit("invoke_changing" if routine.changes else "invoke", left, *parts, attr=routine.number, exit=exit)
    if routine.teaches:
        machine.teaches = True
        machine.leave("call")
        raise BlockEnds
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
    made = rebuild(routine.result, iter(nodes))
    if made.__class__ is v.Obj:
        made.example = routine.example
    return machine.received(routine, made)


def named(machine, value):
    """Whether a variable is this number, which has no object yet: a traceback shows those that nobody reads any more, too."""
    return value.__class__ is v.Num and nameless(value) and any([entry is value for entry in (*machine.state.locals, *machine.state.names)])


def passable(machine, value):
    """Whether the value goes in registers, and nothing dies with the call."""
    if value.__class__ is v.Array:
        return value.node is not None
    if value.__class__ is v.Const:
        return keepable(value.value)
    if value.__class__ is v.Tup:
        return all([item.__class__ is v.Num or item.__class__ is v.Const and keepable(item.value) or machine.lent and item.__class__ is v.Obj for item in value.items])
    return value.__class__ is v.Num or value.__class__ is v.Obj and (not temporary(machine, value) or all([ends_with_call(kind) for kind in likely_kinds(value)]))


def likely_kinds(value):
    """The types that an object is of, or most likely of."""
    if value.type is not None:
        return kinds_of(value.type)
    return [type(item) for item in value.example.items] if type(value.example) is Several else [type(value.example)]


def ends_with_call(kind):
    """Whether an object of this type may be let go of behind the call, where `die_quietly` has looked at it: a function, an instance, a string, a number
    whose kind isn't known."""
    return one_of(kind, QUIET) or type(kind) is callees.Runs or known_class(kind)


__all__ = ["Way", "invoked", "parts_of", "received"]
