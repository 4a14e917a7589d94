"""One of two numbers of a kind, chosen by value: with its object, or its place in a list, as `min` and `max` give back the very object."""

from framejit.capture import raw_lists, values as v


def chosen(machine, condition, value, other):
    """One of two numbers of a kind, with its object, or the place in a list where it is an item, if it has one."""
    box = None
    if value.box is not None or other.box is not None:
        null = machine.const("ptr", None)
        box = machine.emit("select", condition, value.box or null, other.box or null)
    owner = common_owner({each.owner for each in (value, other) if each.box is not None})
    return v.Num(value.kind, machine.emit("select", condition, value.node, other.node), box, owner, chosen_slot(machine, condition, value, other))


def common_owner(owners):
    return owners.pop() if len(owners) == 1 else "item" if "item" in owners else "home"


def of_one_list(machine, values):
    """The numbers; items of more than one raw list become objects."""
    lists = {id(value.slot[0]) for value in values if value.slot is not None}
    if len(lists) < 2:
        return values
    places = machine.state.places(values)
    for number, place in enumerate(places):
        values[number] = raw_lists.unslotted(machine, *machine.state.at([place], [values[number]]))
    return machine.state.at(places, values)


def chosen_slot(machine, condition, value, other):
    """Where the chosen number is an item."""
    slots = [each.slot for each in (value, other)]
    known = next((slot for slot in slots if slot is not None), None)
    if known is None:
        return None
    return known[0], machine.emit("select", condition, *[machine.int(-1) if slot is None else slot[1] for slot in slots])


__all__ = ["chosen", "of_one_list"]
