"""Attributes of objects of a union of classes: at the place that all of them have, at the one that the class chooses, or in versions of the instruction.

    task.waiting        values of a Worker and of a Device: the same number, or one that is selected
    shape.area          a property here, a value there: the instruction begins anew for each

Whatever else says how an attribute is found has to be the same of the classes that go on together.
"""

from framejit.capture import attribute_stores, attributes, method_ways, unions, values as v
from framejit.capture.region import OF_INSTANCES

METHOD = "method"
LACKING = 401           # part of a site's key: classes without the attribute that have come


def ways_of(machine, value, name, use):
    """[(row of the attribute, number, size of the instances, whether they may have a dictionary), its classes]."""
    found = {}
    for kind in value.type.kinds:
        machine.graph.constant(kind)
        row, number = machine.region.attribute_of(kind, name, use)
        key = row, number, kind.__basicsize__, kind if row == "class method" else bool(attributes.dictionary_offset(kind))      # which is passed
        found.setdefault(key, []).append(kind)
    return list(found.items())


def read(machine, instruction, value):
    """Whether the attribute of the stack's top has been read."""
    return found(machine, instruction, value, OF_INSTANCES, attributes.READS, read_together, attributes.read)


def store(machine, instruction, value):
    """Whether the stack's second entry has been stored in the attribute of its top."""
    return found(machine, instruction, value, attributes.STORED, attribute_stores.STORES, store_together, attribute_stores.store)


def method(machine, instruction, value):
    """Whether the method of the stack's top has been found: it, or one for each class, and what it is called with lie there now."""
    return found(machine, instruction, value, OF_INSTANCES, (*attributes.METHODS, *attributes.VALUES), method_together, attributes.method, by_ways=(METHOD,))


def found(machine, instruction, value, use, rows, together, again, by_ways=()):
    """Whether the instruction has been done for the classes that do it `together`, in versions of it for the others: as it is done `again` there.  `rows`:
    in which ways it can be done natively; `by_ways`: in which of them classes go on together whose functions differ."""
    ways = ways_of(machine, value, instruction.arg, use)
    if without_lacking(machine, instruction, value, [kind for (row, *_), kinds in ways if row in rows for kind in kinds]):
        return again(machine, instruction)
    groups = {}
    for (row, number, size, has), kinds in ways:
        like = row if row in attributes.PLACES else (row, size, has) if row in by_ways else (row, number, size, has)
        groups.setdefault(like, []).append(((row, number, size, has), kinds))
    if len(groups) == 1:
        return together(machine, instruction, value, ways)
    parts = [[kind for _, kinds in group for kind in kinds] for group in groups.values()]
    return unions.parted(machine, value, instruction, parts) is not None and again(machine, instruction)


def without_lacking(machine, instruction, value, kinds):
    """Whether the object has been taken for one of these classes, which have the attribute, unless others have come: they leave, and teach."""
    site = instruction.unit, LACKING
    if not kinds or len(kinds) == len(value.type.kinds) or site in machine.hints.sites:
        return False
    machine.guard(unions.is_one_of(machine, value, kinds), "type", value.node, site)
    machine.state.replace(value, unions.narrowed(machine, value, kinds))
    return True


def place(machine, value, ways):
    """(vector, number) of an attribute that all classes have as values, or all in slots."""
    (row, number, size, _), _ = ways[0]
    number = machine.int(number) if len({key[1] for key, _ in ways}) == 1 else chosen(machine, value, ways, 1)
    if row == "slot":
        return machine.emit("address", value.node, number), machine.int(0)
    size = machine.int(size) if len({key[2] for key, _ in ways}) == 1 else chosen(machine, value, ways, 2)
    values = machine.emit("read_call", value.node, size, attr=("fj_values", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", values, machine.const("ptr", None)), "type")
    return values, number


def chosen(machine, value, ways, part):
    """i64: what the object's class says."""
    found, number = machine.emit("field", value.node, attr="object_type", type="ptr"), None
    for key, kinds in ways:
        for kind in kinds:
            own = machine.int(key[part])
            number = own if number is None else machine.emit("select", machine.emit("icmp_eq", found, machine.object(kind)), own, number)
    return number


def as_first(value, ways):
    """The object as one of the first class, which has the attribute as all the others do."""
    return v.Obj(ways[0][1][0], value.node, value.owner, value.example)


def read_together(machine, instruction, value, ways):
    (row, number, *_), _ = ways[0]
    if row in attributes.PLACES:
        return attributes.put_instead(machine, attributes.item_at(machine, instruction, value, *place(machine, value, ways)))
    return row in attributes.READS and attributes.READS[row](machine, instruction, as_first(value, ways), number)


def store_together(machine, instruction, value, ways):
    (row, number, *_), _ = ways[0]
    if row in attributes.PLACES:
        attribute_stores.put_in(machine, place(machine, value, ways), -2)
        machine.popn(2)
        return True
    return row in attribute_stores.STORES and attribute_stores.STORES[row](machine, instruction, as_first(value, ways), number)


def method_together(machine, instruction, value, ways):
    (row, number, *_), _ = ways[0]
    if row in attributes.PLACES:
        return attributes.value_to_call(machine, lambda: read_together(machine, instruction, value, ways))
    if row != METHOD:
        return attributes.method_found(machine, instruction, as_first(value, ways), row, number)
    functions = [(attributes.function_of(machine, instruction, v.Obj(kinds[0], value.node), key[1]), kinds) for key, kinds in ways]
    if any([function is None for function, _ in functions]):
        return False
    attributes.uncovered(machine, as_first(value, ways), instruction.arg)
    if len(functions) > 1:
        method_ways.put(machine, value, functions)
    else:
        machine.state.stack[-1:] = [v.Const(functions[0][0]), machine.state.stack[-1]]
    return True


__all__ = ["method", "read", "store"]
