"""range, enumerate, zip, reversed and methods of lists: one row each (capture/function_table.py)."""

from functools import cache

from framejit.capture import list_parts, numbers, paired_walks, raw_items, tuples, values as v
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import function, python_int
from framejit.capture.iterators import LARGE, is_packed, iterator_of, sequence_size, walkable
from framejit.capture.letters import has_letters
from framejit.capture.subscripts import has_numbers, list_room
from framejit.tables.classes import one_of


@function(range)
def range_(machine, arguments, instruction):
    found = [python_int(machine, argument) for argument in arguments]
    if None in found or not 1 <= len(found) <= 3:
        return None
    nodes = [numbers.as_int(machine, value) for value in found]
    if len(nodes) == 1:
        nodes.insert(0, machine.int(0))
    if len(nodes) == 2:
        nodes.append(machine.int(1))
    start, stop, step = nodes
    if step.op == "const" and step.attr == 0:
        return None
    if step.op != "const":
        machine.guard(machine.emit("icmp_ne", step, machine.int(0)), "range step")
    if step.op != "const" or abs(step.attr) != 1:
        if any([node.op == "const" and abs(node.attr) >= LARGE for node in (start, stop)]):
            return None             # the number behind the last one may not fit
        for node in (start, stop):
            near = machine.emit("icmp_ult", machine.emit("iadd", node, machine.int(LARGE)), machine.int(2 * LARGE - 1))
            machine.guard(near, "overflow")
    return v.Range(*[v.Num("int", node) for node in nodes])


NAMING = ("STORE_FAST", "STORE_NAME", "STORE_GLOBAL", "COPY", "SWAP", "BUILD_TUPLE", "BUILD_LIST")


def named_next(machine):
    """Whether the result is about to get a name: others may move it then, and it has to be an object."""
    return machine.following().op in NAMING


def drained_next(machine, instruction):
    """Whether the result is only handed on to a builtin that goes over it to its end (ext/drained.c)."""
    from framejit.capture import consumed_calls, silent_calls
    callee = consumed_calls.callee_below(machine, len(machine.state.stack) - instruction.arg[0] - 2, machine.following())
    return callee is not None and one_of(callee.value, (list, tuple, dict)) and not machine.hints.sites.get((machine.following().unit, silent_calls.SITE))


FAR = 2**62       # nobody counts from here to what doesn't fit


@cache
def made_iterators():
    from framejit.capture import made_iterators
    return made_iterators


@function(enumerate)
def enumerated(machine, arguments, instruction):
    if not 1 <= len(arguments) <= 2:
        return None
    start = python_int(machine, arguments[1]) if len(arguments) == 2 else v.Num("int", machine.int(0))
    if start is None or named_next(machine) or drained_next(machine, instruction):
        return made_iterators().made(machine, enumerate, arguments, instruction)
    first = numbers.as_int(machine, start)
    machine.guard(machine.emit("icmp_slt", first, machine.int(FAR)), "overflow")        # before homes change
    inner = inner_iterators(machine, arguments[:1], instruction)
    return made_iterators().made(machine, enumerate, arguments, instruction) if inner is None else v.Pairs(first, inner, instruction.unit)


@function(zip)
def zipped(machine, arguments, instruction):
    inner = inner_iterators(machine, arguments, instruction) if arguments and not named_next(machine) and not drained_next(machine, instruction) else None
    return made_iterators().made(machine, zip, arguments, instruction) if inner is None else v.Pairs(None, inner, instruction.unit)


SEQUENCES = (list, tuple, str, bytes, bytearray)
MADE = (v.Pairs, v.SeqIter, v.RangeIter)        # zip, enumerate, reversed
ARGUMENT = 702          # part of a site's key: the argument's place added


def known_sequence(machine, value, instruction, place):
    """An argument that is likely to be a sequence of Python's as one, a constant as an object."""
    if value.__class__ is v.Const and one_of(type(value.value), (tuple, str, bytes)):
        return v.Obj(type(value.value), machine.object(value.value), "home", value.value)
    if value.__class__ is not v.Obj or value.type is not None:
        return value
    return exactly(machine, value, (*SEQUENCES, *walks().WALKS), instruction, ARGUMENT + place) or value


@cache
def walks():
    from framejit.capture import walks
    return walks


def is_walked(value):
    """Whether the interpreter's own iterator goes over it."""
    return value.__class__ is v.Obj and one_of(value.type, walks().WALKS)


def inner_iterators(machine, arguments, instruction):
    """Virtual iterators over all arguments, whose objects the result's stack slot keeps alive; or None."""
    if instruction.unit in machine.hints.real_pairs:
        return None
    count = instruction.arg[0] + 2
    arguments = [known_sequence(machine, value, instruction, place) for place, value in enumerate(arguments)]
    slot = len(machine.state.locals) + len(machine.state.stack) - count
    objects, nested, walked = [], [], None
    for place, value in enumerate(arguments):
        if value.__class__ in MADE and not getattr(value, "home", False):
            nested += [slot + 2 + place] if any([one.__class__ is not v.RangeIter for one in ends_of(value)]) else []
            continue
        if value.__class__ is v.Range and value.step.node.op == "const" and value.step.node.attr:
            continue
        if value.__class__ is v.Obj and (one_of(value.type, SEQUENCES) or is_packed(value)) or value.__class__ is v.Array and value.node is not None and has_numbers(value):
            objects.append(value)
            continue
        if is_walked(value) and machine.held is None and walked is None:
            walked = place
            continue
        return None
    for value in objects:
        if value.__class__ is v.Obj and value.type is str:
            machine.guard(has_letters(machine, value.node), "domain")
    if (objects or nested or walked is not None) and machine.held is None:
        machine.room_for_tuple(len(objects) + len(nested) + (walked is not None))
    if walked is not None:
        machine.secure()
        arguments[walked] = paired_walks.begun(machine, arguments[walked], slot + 2 + walked)
        nested.append(slot + 2 + walked)
    if (objects or nested) and machine.held is None:        # else their names keep them
        machine.secure()
        keep = machine.kept_together(*[value.node for value in objects], *[machine.emit("home", attr=one) for one in nested])
        machine.emit("home_take", keep, attr=(slot, False), exit=machine.exit("home"))
        for one in nested:
            machine.emit("home_set", machine.const("ptr", None), attr=(one, False), exit=machine.exit("home"))
    found = []
    for value in arguments:
        if value.__class__ in (v.Range, *MADE):
            found.append(iterator_of(machine, value, instruction))
        elif value.__class__ is v.Array:
            found.append(v.SeqIter(value, machine.int(0)))
        elif walked is not None and value is arguments[walked]:
            found.append(value)
        else:
            found.append(v.SeqIter(v.Obj(value.type, value.node, "home", value.example), machine.int(0)))
    return found


def ends_of(iterator):
    """The iterators that pairs consist of in the end."""
    return [one for inner in iterator.inners for one in ends_of(inner)] if iterator.__class__ is v.Pairs else [iterator]


# ---- lists

@function(list.append)
def append(machine, arguments, instruction):
    if len(arguments) == 2 and arguments[0].__class__ is v.Raw:
        return v.Const(None) if raw_items.append(machine, *arguments, instruction) else None
    if len(arguments) != 2 or arguments[0].__class__ is not v.Obj or arguments[0].type is not list:
        return None
    raw_items.learn(machine, *arguments)
    target, value = tuples.apart(machine, arguments)
    list_room(machine, target)
    new = machine.boxed(value)
    if new is None:
        return None
    machine.emit("write_call", target.node, new, attr=("fj_list_append", None))
    machine.escaped(value, new)
    return v.Const(None)


@function(list.pop)
def pop(machine, arguments, instruction):
    if len(arguments) == 1 and arguments[0].__class__ is v.Raw:
        return raw_items.pop(machine, arguments[0], instruction)
    if len(arguments) not in (1, 2) or arguments[0].__class__ is not v.Obj or arguments[0].type is not list:
        return None
    return list_parts.popped(machine, arguments, instruction)


@function(reversed)
def reversed_(machine, arguments, instruction):
    """The same numbers or items from the other end."""
    if len(arguments) != 1 or instruction is None or named_next(machine):
        return None
    if arguments[0].__class__ is v.Range:
        return reversed_range(machine, arguments[0])
    walked = walkable(machine, arguments[0]) if getattr(arguments[0], "type", None) is not tuple and arguments[0].__class__ is not v.Const else None
    if walked is None:
        return None
    last = machine.emit("isub", sequence_size(machine, walked), machine.int(1))
    slot = len(machine.state.locals) + len(machine.state.stack) - instruction.arg[0] - 2
    machine.secure()
    machine.emit("home_set", walked.node, attr=(slot, False), exit=machine.exit("home"))
    return v.SeqIter(walked, last, step=-1)


def reversed_range(machine, value):
    """From the last number down to the first; steps that are known."""
    start, stop, step = (part.node for part in (value.start, value.stop, value.step))
    if step.op != "const" or not 0 < abs(step.attr) < 2**31:
        return None
    if abs(step.attr) > 1:
        return stepped_back(machine, start, stop, step.attr)
    bounds = [machine.emit("isub_ovf", end, step, exit=machine.exit("overflow")) for end in (stop, start)]
    return v.RangeIter(*bounds, -step.attr)


def stepped_back(machine, start, stop, step):
    """`range_` has made sure that nothing overflows: the ends are near."""
    first, last = (start, stop) if step > 0 else (stop, start)
    length = machine.emit("isub", last, first)
    none = machine.emit("icmp_sle", length, machine.int(0))
    turns = machine.emit("udiv", machine.emit("isub", length, machine.int(1)), machine.int(abs(step)))
    farthest = machine.emit("iadd", start, machine.emit("imul", turns, machine.int(step)))
    beyond = machine.emit("isub", start, machine.int(step))
    return v.RangeIter(machine.emit("select", none, beyond, farthest), beyond, -step)
