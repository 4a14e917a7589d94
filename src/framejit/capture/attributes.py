"""Attributes of the program's instances: read and stored where the object keeps them, methods found in the class.

    p.x     ->   guard on p's class; the values of p, which has no dictionary; the value at x's place

That the class says so is checked at entry and behind world points (`Region.classes`, ext/attributes.c).  The type of an
attribute is learned as an item's of a list is, and like an item it is borrowed.
"""

from framejit._machine import attribute
from framejit.capture import entry, several, shown, surroundings, tuples, unions, values as v
from framejit.capture.entry import MISSING, Likely
from framejit.capture.handlers.stack import own_home
from framejit.capture.handlers.subscripting import kept_instead
from framejit.capture.keeping import keepable
from framejit.capture.raw_lists import EXAMPLES
from framejit.capture.several import Several
from framejit.capture.subscripts import site_of, typed
from framejit.capture.unknown import ask
from framejit.capture.region import OF_INSTANCES
from framejit.tables.callouts import CODE
from framejit.tables.classes import inherits_from_list, inherits_from_tuple, known_class, mro_of, plain_class, row_of

OF_CLASS, STORED, LACKED, NEW, OF_TUPLES, COMPARED, TRUTH, OF_LISTS, HELD = 1, 2, 3, 5, 6, 10, 11, 12, 13      # what an attribute is looked up for, beside OF_INSTANCES: FJ_OF_* in ext/machine.h
UNION = "union"         # in the place of a row of _machine.ATTRIBUTES: the classes of a union have rows of their own
TUPLE_ITEMS = 24        # bytes before the items of a tuple
names_of = type.__dict__["__dict__"].__get__
dictionary_offset = type.__dict__["__dictoffset__"].__get__


def kind_of(example):
    """The class that the object at hand has; a class that isn't the program's for objects of several."""
    return example.kind if type(example) is Likely else object if type(example) is Several else entry.type_of(example)


def instance_or_union(machine, value, instruction):
    """The same, or as one of several classes that belong together."""
    if value.__class__ is v.Obj and value.type is None and value.example is None:
        value.example = unions.one_with(machine, instruction)
    if value.__class__ is v.Obj and value.type is None and value.example is not None:
        union = unions.expected(machine, value.example) or unions.shown(machine, value.example, (instruction.unit, 400))
        if union is not None:
            return unions.guarded(machine, value, union, (instruction.unit, 400))
    return value if value.__class__ is v.Obj and type(value.type) is unions.Union else instance(machine, value, instruction)


def instance(machine, value, instruction):
    """An object as an instance of the class that the one at hand has, which is guarded; or None."""
    if value.__class__ is v.Obj and value.type is None and type(value.example) is Several:
        return one_of_several(machine, value, instruction)
    if value.__class__ is not v.Obj or value.type is None and (value.example is None or not known_class(kind_of(value.example))):
        return None
    if value.type is not None:
        return value if known_class(value.type) else None
    kind = kind_of(value.example)
    machine.hints.expects((instruction.unit, 400), [kind])
    found = machine.emit("field", value.node, attr="object_type", type="ptr")
    machine.guard(machine.emit("icmp_eq", found, machine.object(kind)), "type", value.node, (instruction.unit, 400))
    known = v.Obj(kind, value.node, value.owner, value.example)
    machine.state.replace(value, known)
    return known


def one_of_several(machine, value, instruction):
    """The same of an object that may be of several classes: those of all but the last begin anew."""
    kinds = [type(item) for item in value.example.items]
    if len(kinds) > several.MOST or not all([plain_class(kind) for kind in kinds]):
        return None
    machine.hints.expects((instruction.unit, 400), kinds)
    found = machine.emit("field", value.node, attr="object_type", type="ptr")
    return several.narrowed(machine, value, instruction, kinds, lambda kind: machine.emit("icmp_eq", found, machine.object(kind)))


def value_place(machine, value, number):
    values = machine.emit("read_call", value.node, machine.int(value.type.__basicsize__), attr=("fj_values", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", values, machine.const("ptr", None)), "type")
    return values, machine.int(number)


def slot_place(machine, value, offset):
    return machine.emit("address", value.node, machine.int(offset)), machine.int(0)


def found_in(machine, instruction):
    """(object or class, a row of _machine.ATTRIBUTES, number) for the attribute of the stack's top; or None."""
    ask(machine, instruction)
    value = machine.state.stack[-1]
    own = value.__class__ is v.Const and class_values().is_own(machine, value.value, instruction.arg)
    if not own:
        value = instance_or_union(machine, value, instruction)
    if value is None:
        return None
    if not own and type(value.type) is unions.Union:
        return value, UNION, 0
    use = OF_CLASS if own else use_of(value.type)
    return value, *machine.region.attribute_of(value.value if own else value.type, instruction.arg, use)


def use_of(kind):
    """What an attribute of instances of this class is looked up for."""
    return OF_TUPLES if inherits_from_tuple(kind) else OF_LISTS if inherits_from_list(kind) else OF_INSTANCES


def read(machine, instruction):
    """Whether the attribute of the stack's top has been read."""
    found = found_in(machine, instruction)
    if found is not None and found[1] == UNION:
        return of_unions().read(machine, instruction, found[0])
    row = None if found is None else READS.get(found[1])
    return row is not None and row(machine, instruction, found[0], found[2]) or found is not None and class_values().read_of_member(machine, instruction, *found)


def read_item(place):
    """A row of READS: the attribute is an item of a vector."""
    def row(machine, instruction, value, number):
        if place is value_place and in_dictionaries().at_hand(value):
            return in_dictionaries().read(machine, instruction, value, number)
        return put_instead(machine, item_at(machine, instruction, value, *place(machine, value, number)))

    return row


def item_at(machine, instruction, value, vector, number):
    node = machine.emit("item", vector, number)
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "unbound")
    return known_item(machine, instruction, value, node)


def known_item(machine, instruction, value, node):
    """What an attribute holds, as what it is likely to be."""
    first = machine.fresh and value is machine.state.locals[0]
    unions.with_example(machine, value)
    example = machine.routine.likely.get(instruction.arg, MISSING) if first else example_of(value, instruction.arg)
    if surroundings.is_mixed(machine, value, instruction.arg):
        return v.Obj(None, node, "item", surroundings.BOTH)
    example = surroundings.likely(machine, value, instruction.arg, site_of(instruction), example)
    if example is None and not machine.hints.sites.get(site_of(instruction)):
        return v.Obj(None, node, "item")        # None now: it is asked what it is where it is used
    return typed(machine, node, site_of(instruction), several.shown_elsewhere(machine, value, instruction.arg, site_of(instruction), example), "item")


def own_value(machine, instruction, value):
    """An attribute that the instance itself keeps, borrowed from it; None if it is found in any other way."""
    kind, number = machine.region.attribute_of(value.type, instruction.arg)
    return item_at(machine, instruction, value, *PLACES[kind](machine, value, number)) if kind in PLACES else None


def read_field(machine, instruction, value, number):
    """A named tuple's field: item number `number`."""
    size = machine.emit("field", value.node, attr="var_size", type="i64")
    machine.guard(machine.emit("icmp_sgt", size, machine.int(number)), "index")
    node = machine.emit("item", machine.emit("address", value.node, machine.int(TUPLE_ITEMS)), machine.int(number))
    machine.graph.constant(value.type)
    return put_instead(machine, typed(machine, node, site_of(instruction), example_of(value, instruction.arg), "item"))


def base_with(kind, name):
    """The first class that has the name, of those that a class inherits from."""
    return next((base for base in mro_of(kind) if name in names_of(base)), None)


def uncovered(machine, value, name):
    """An instance has nothing of its own under a name that its class has."""
    if value.__class__ is not v.Obj or not dictionary_offset(value.type):
        return
    if use_of(value.type) == OF_INSTANCES and not in_dictionaries().at_hand(value):
        value_place(machine, value, 0)
    else:
        machine.guard(machine.emit("read_call", value.node, machine.object(name), attr=("fj_lacks_name", "i1"), type="i1"), "type")


def function_from_class(machine, instruction, value, number):
    """A static method, or a function of a class: nothing else."""
    function = function_of(machine, instruction, value, number)
    if function is None:
        return False
    uncovered(machine, value, instruction.arg)
    return put_instead(machine, v.Const(function))


def from_property(machine, instruction, value, number):
    """A property's function is called."""
    from framejit.capture.invoking import Way, invoked
    function, depth = function_of(machine, instruction, value, number), len(machine.state.stack) - 1
    way = Way(1, row=CODE["LOAD_ATTR"], argument=machine.graph.constant(instruction.arg))
    return function is not None and invoked(machine, v.Const(function), (depth,), depth, instruction, way)


def function_of(machine, instruction, value, number, functions=None):
    """The function that an attribute is or calls, if the region may rely on it; or None.  `functions`: how it is found in what the class has."""
    kind = value.value if value.__class__ is v.Const else value.type
    base = base_with(kind, instruction.arg)
    function = None if base is None else names_of(base)[instruction.arg]
    function = row_of(functions or FUNCTIONS, type(function), lambda found: found)(function)
    if id(function) != number or not keepable(function):
        return None
    machine.graph.constant(kind)
    return function


FUNCTIONS = {staticmethod: lambda found: found.__func__, classmethod: lambda found: found.__func__, property: lambda found: found.fget}
VALUES = ("value", "slot", "class", "item", "held")
PLACES = {"value": value_place, "slot": slot_place}
READS = {**{kind: read_item(place) for kind, place in PLACES.items()}, "class": lambda *operands: class_values().read(*operands),
         "held": lambda *operands: class_values().read_held(*operands), "static": function_from_class, "item": read_field,
         "property": from_property, "keyed": lambda *operands: in_dictionaries().read(*operands), **dict.fromkeys(("method", "covered", "builtin"), lambda *operands: class_values().read_method(*operands))}


def put_instead(machine, item):
    """The item takes the place of the stack's top, of which it may be the only one that is left."""
    value = machine.state.stack[-1]
    dies = own_home(machine, value)
    machine.pop()
    machine.push(kept_instead(machine, item) if dies else item)
    return True


def likely(value):
    """A value of the type that a number has; or the object at hand."""
    return EXAMPLES.get(value.kind, MISSING) if value.__class__ is v.Num else MISSING if value.example is None else value.example


def example_of(value, name):
    """The attribute of the object at hand; none of the program's code runs."""
    if type(value.example) is Likely:
        return value.example.names.get(name, MISSING)
    kind = unions.example_kind(value)
    example = value.example.of(kind) if type(value.example) is Several else value.example
    if type(example) is not kind:
        return MISSING
    if inherits_from_tuple(value.type):
        return field_of(example, name)
    try:
        return shown.noted(kind, name, object.__getattribute__(example, name))
    except AttributeError:
        return MISSING


def field_of(example, name):
    """A named tuple's field, as its class has it at hand."""
    kind, place = attribute(type(example), name, OF_TUPLES)
    return tuple.__getitem__(example, place) if kind == "item" and place < tuple.__len__(example) else MISSING


def method(machine, instruction):
    """Whether the method of the stack's top has been found: it and what it is called with lie there now."""
    found = found_in(machine, instruction)
    if found is not None and found[1] == UNION:
        return of_unions().method(machine, instruction, found[0])
    return found is not None and method_found(machine, instruction, *found)


def method_found(machine, instruction, value, kind, number):
    """The same of an object whose method is of this kind (a row of _machine.ATTRIBUTES)."""
    row = METHODS.get(kind)
    if kind == "list's":
        return list_subclasses().method(machine, instruction, value)
    if kind in VALUES:
        return value_to_call(machine, lambda: READS[kind](machine, instruction, value, number))
    if kind == "object's":
        machine.graph.constant(value.value)
        machine.state.stack[-1:] = alone(machine, object.__init__, value)
        return True
    function = None if row is None else function_of(machine, instruction, value, number)
    if function is None or row is not with_itself and own_home(machine, machine.state.stack[-1]):
        return False
    if kind not in COVERED:
        uncovered(machine, value, instruction.arg)
    elif not class_values().found_in_class(machine, value, instruction.arg, function):
        return False
    machine.state.stack[-1:] = row(machine, function, value)
    return True


def of_unions():
    from framejit.capture import union_attributes
    return union_attributes


def in_dictionaries():
    from framejit.capture import dictionary_attributes
    return dictionary_attributes


def list_subclasses():
    from framejit.capture import list_subclasses
    return list_subclasses


def class_values():
    from framejit.capture import class_values
    return class_values


def value_to_call(machine, reads):
    """Whether the attribute, which is no method, has been read, and lies there as what is called with nothing before the arguments."""
    if own_home(machine, machine.state.stack[-1]) or not reads():
        return False
    item = machine.pop()
    machine.state.stack += [item, v.NULL] if machine.code.null_above else [v.NULL, item]
    return True


def with_itself(machine, function, value):
    return [v.Const(function), machine.state.stack[-1]]


def with_class(machine, function, value):
    """The interpreter has a bound method in between, which nobody sees."""
    return [v.Const(function), value if value.__class__ is v.Const else v.Const(value.type)]


def alone(machine, function, value):
    return [v.Const(function), v.NULL] if machine.code.null_above else [v.NULL, v.Const(function)]


COVERED = ("covered", "builtin")
METHODS = {"method": with_itself, "covered": with_itself, "builtin": with_itself, "static": alone, "class method": with_class}


__all__ = ["COMPARED", "LACKED", "Likely", "NEW", "OF_CLASS", "OF_LISTS", "OF_TUPLES", "PLACES", "base_with", "instance", "kind_of", "likely", "method", "names_of", "own_value", "read", "slot_place", "TRUTH"]
