"""Instances of classes that inherit from tuple, as collections.namedtuple and typing.NamedTuple make them.

    p.x, p[0], x, y = p, len(p)   ->   a guard on p's class; the item of the tuple that p is

A field is an item that the class knows by a name.  Subscripts, len() and unpacking are a tuple's own as long as the class has no method
of its own for them, which is a fact of the class (`Region.classes`, ext/attributes.c).
"""

from framejit.capture import callees, values as v
from framejit.capture.attributes import OF_TUPLES, base_with, instance, kind_of, likely, names_of
from framejit.capture.entry import Likely
from framejit.capture.handlers.stack import own_home, stack_slot
from framejit.capture.keeping import keepable
from framejit.capture.raw_lists import unslotted
from framejit.capture.several import Several
from framejit.tables.classes import inherits_from_list, inherits_from_tuple, known_class, one_of
from framejit.tables.generators import twister_type


def as_tuple(machine, value, instruction, method):
    """The value as a tuple, if its class has this method from tuple; it stands for the value, whose place in the state it doesn't take.  Or None."""
    if value.__class__ is not v.Obj or type(value.example) is Several:
        return None
    kind = kind_of(value.example) if value.type is None else value.type
    if not inherits_from_tuple(kind) or machine.region.attribute_of(kind, method, OF_TUPLES)[0] != "tuple's":
        return None
    known = instance(machine, value, instruction)
    machine.graph.constant(kind)
    example = known.example
    items = tuple(tuple.__iter__(example)) if type(example) is kind else None
    return v.Obj(tuple, known.node, known.owner, items)


def makes_instances(kind):
    """Whether what this class gives is known to be an instance of it: nobody has written a __new__ for it, but for what named tuples have."""
    return inherits_from_tuple(kind) or one_of(base_with(kind, "__new__"), (list if inherits_from_list(kind) else object, twister_type())) and known_class(kind)


def likely_fields(kind, arguments):
    """Names of a named tuple's fields -> what they most likely are, where it is made of these values."""
    base = base_with(kind, "_fields")
    names = names_of(base)["_fields"] if base is not None else ()
    known = type(names) is tuple and len(names) == len(arguments) and all([type(name) is str for name in names])
    return dict(zip(names, map(likely, arguments))) if known else {}


# ---- made: Point(x, y), where the class's __new__ is what collections.namedtuple writes

PACKS = "_tuple_new"
LEVELS = 2              # of the recursion limit that the interpreter's call may take


def packing(machine, kind):
    """The class's __new__, if that does nothing but hand its arguments over to tuple's as they are, and is relied on from now on; or None."""
    row, number = machine.region.attribute_of(kind, "__new__", OF_TUPLES)
    base = base_with(kind, "__new__")
    found = None if base is None else names_of(base)["__new__"]
    function = found.__func__ if type(found) is staticmethod else None
    if row != "static" or id(function) != number or not keepable(function) or machine.region.attribute_of(kind, "__init__", OF_TUPLES)[0] != "tuple's":
        return None
    return function if packs(machine, function) and machine.routines.allowed(function.__code__) else None


def packs(machine, function):
    """Whether the function says `return _tuple_new(_cls, (x, y))`."""
    code = function.__code__
    done = [(one.op, one.arg) for one in machine.hints.bytecode(code).instructions if one.op not in ("NOP", "PUSH_NULL")]
    count = code.co_argcount
    wanted = [("LOAD_GLOBAL", PACKS), *[("LOAD_FAST", place) for place in range(count)], ("BUILD_TUPLE", count - 1), ("CALL", (2, ())), ("RETURN", None)]
    return count > 1 and done == wanted and not code.co_flags & MORE and dict.get(function.__globals__, PACKS) is tuple.__new__


MORE = 0x2C             # flags of code: *args, **kwargs, a generator


def made(machine, instruction, kind, count, keywords, base):
    """Whether an instance of a named tuple has been made."""
    function = packing(machine, kind) if type(kind) is type else None
    runs = None if function is None else callees.run_by(function)
    bound = None if function is None else callees.bound(runs, keywords, count + 1)
    if bound is None:
        return False
    taken, order = bound
    arguments = [v.Const(kind), *machine.state.stack[base + 2:]]
    values = [arguments[place] if place.__class__ is int else v.Const(place[0]) for place in order[1:]]
    if any([value.__class__ not in (v.Num, v.Const, v.Obj) for value in values]):
        return False
    region = machine.routines.machine.region
    region.codes[id(runs.code)] = runs.code
    machine.routines.uses(function, runs, taken)
    machine.region.new_cell(function.__globals__, None, PACKS, tuple.__new__)
    machine.graph.constant(kind)
    if machine.routine is not None:
        machine.guard(machine.emit("icmp_sgt", machine.levels(), machine.int(LEVELS)), "recursion")
    machine.guard(machine.emit("read_call", machine.int(LEVELS), attr=("fj_room_for_named", "i1"), type="i1"), "collection")
    put_instance(machine, kind, values, base)
    return True


def put_instance(machine, kind, values, base):
    """The instance takes the place of the stack's entries from `base` on, and has its numbers' objects."""
    places = machine.state.places(values)
    machine.secure()
    for place, value in zip(places, values):
        unslotted(machine, *machine.state.at([place], [value]))
    values = machine.state.at(places, values)
    items = machine.boxed(v.Tup(values))
    node = machine.emit("write_call", machine.object(kind), items, attr=("fj_new_named", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "memory")
    example = Likely(kind, likely_fields(kind, values))
    for value, item in zip(values, items.args):
        machine.escaped(value, item)
    machine.emit("home_take", node, attr=(stack_slot(machine, base), False), exit=machine.exit("home"))
    for depth in range(base + 1, len(machine.state.stack)):
        if own_home(machine, machine.state.stack[depth]):
            machine.emit("home_set", machine.const("ptr", None), attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))
    machine.popn(len(machine.state.stack) - base)
    machine.push(v.Obj(kind, node, "home", example))


__all__ = ["as_tuple", "likely_fields", "made", "makes_instances"]
