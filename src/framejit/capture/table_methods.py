"""Methods of dictionaries and sets: rows of functions.FUNCTIONS.

    counts.get(word, other), table.pop(key), groups.setdefault(key, []), known.add(x)      ->   functions of ext/tables.c
"""

from framejit.capture import tuples, values as v
from framejit.capture.dictionaries import ARGUMENT, TABLES, example_of, example_with, item, key_of, new_key, take_out, value_example
from framejit.capture.function_table import counted, function
from framejit.capture.handlers.subscripting import storable
from framejit.capture.machine_values import owned
from framejit.capture.raw_lists import unslotted
from framejit.capture.state import SINGLETONS
from framejit.capture.subscripts import site_of, typed
from framejit.tables.classes import one_of

NUMBERS = (int, float)
ADDED = 704             # part of a site's key: of what a comprehension's set or dictionary gets


@function(dict.pop)
def pop(machine, arguments, instruction):
    """pop(key) of what there is, or another object where there is none; what it gives is kept by the home of the call's first slot."""
    container, *asked = arguments
    if not 1 <= len(asked) <= 2 or container.__class__ is not v.Obj or not one_of(container.type, TABLES):
        return None
    other = v.Const(None) if len(asked) == 1 else asked[1]
    if other.__class__ is not v.Const and (other.__class__ is not v.Num or other.kind not in SINGLETONS):
        return pop_or(machine, container, asked, instruction)
    key = key_of(machine, asked[0], instruction, ARGUMENT) if other.__class__ is v.Const else None
    if key is None or key.suffix == "_parts":
        return None
    maybe, example = len(asked) == 2, value_example(container)
    found = item(machine, container, key, instruction, machine.object(other.value) if maybe else machine.const("ptr", None),
                 example_with(example, other.value) if maybe else example)
    if found.__class__ is not v.Num and (found.__class__ is not v.Obj or machine.routine is not None):
        return None
    machine.secure()
    node = found.box if found.__class__ is v.Num else found.node
    machine.emit("home_set", node or machine.const("ptr", None), attr=(call_slot(machine, instruction), False), exit=machine.exit("home"))
    take_out(machine, container, key, maybe)
    return owned(found)


def pop_or(machine, container, asked, instruction):
    """The same of numbers, or a number where there is none that isn't constant."""
    numbers = asked[1].__class__ is v.Num and one_of(type(example_with(value_example(container), example_of(asked[1]))), NUMBERS)
    key = key_of(machine, asked[0], instruction, ARGUMENT) if numbers else None
    if key is None or key.suffix == "_parts":
        return None
    found = item_or(machine, container, len(asked), instruction)
    if found.__class__ is not v.Num:
        machine.stop("unsupported_opcode", "a number or something else taken out")
    take_out(machine, container, key_of(machine, machine.state.stack[-len(asked)], instruction, ARGUMENT), True)
    return found


@function(dict.get)
def get(machine, arguments, instruction):
    container, *asked = arguments
    if not 1 <= len(asked) <= 2 or container.__class__ is not v.Obj or not one_of(container.type, TABLES):
        return None
    other = asked[1] if len(asked) == 2 else v.Const(None)
    single = other.__class__ is v.Num and other.kind in SINGLETONS
    if single or not storable(other) or key_of(machine, asked[0], instruction, ARGUMENT) is None:
        return None
    if other.__class__ is not v.Const:
        return item_or(machine, container, len(asked), instruction)
    key = key_of(machine, machine.state.stack[-len(asked)], instruction, ARGUMENT)
    return item(machine, container, key, instruction, machine.object(other.value), example_with(value_example(container), other.value))


def item_or(machine, container, count, instruction):
    """What is under the key, or what lies on top of the stack, which becomes an object for that; kept by the home of the call's first slot.
    The container need not lie on the stack: a method that a variable holds is bound to it."""
    machine.secure()
    other, = tuples.apart(machine, [machine.state.stack[-1]])
    other = unslotted(machine, other)
    if other.__class__ is v.Num and other.may_lack_object():
        other = machine.share_box(machine.state, other)
    machine.note_seen(other)
    key = key_of(machine, machine.state.stack[-count], instruction, ARGUMENT)
    pointer_of = machine.object(other.value) if other.__class__ is v.Const else other.box if other.__class__ is v.Num else other.node
    found = item(machine, container, key, instruction, pointer_of, example_with(value_example(container), example_of(other)))
    node = found.box if found.__class__ is v.Num else getattr(found, "node", None)
    machine.emit("home_set", node or machine.const("ptr", None), attr=(call_slot(machine, instruction), False), exit=machine.exit("home"))
    return owned(found)


def call_slot(machine, instruction):
    """The first slot of a call whose operands lie on the stack."""
    return len(machine.state.locals) + len(machine.state.stack) - instruction.arg[0] - 2


@function(dict.setdefault)
def set_default(machine, arguments, instruction):
    """What is under the key, or the other value, which is there from now on: if native code leaves behind that, it is found."""
    container, *asked = arguments
    if not 1 <= len(asked) <= 2 or container.__class__ is not v.Obj or not one_of(container.type, TABLES):
        return None
    if not all([storable(value) for value in asked[1:]]) or key_of(machine, asked[0], instruction, ARGUMENT) is None:
        return None
    machine.secure()
    tuples.apart(machine, machine.state.stack[-len(asked):])
    suffix, nodes = new_key(machine, instruction, ARGUMENT, -len(asked))
    other = unslotted(machine, machine.state.stack[-1]) if len(asked) == 2 else v.Const(None)
    if other.__class__ is v.Num and other.may_lack_object():
        other = machine.share_box(machine.state, other)     # which the table may have no use for
    new = machine.boxed(other)
    node = machine.emit("write_call", container.node, *nodes, new, attr=("fj_dict_set_default" + suffix, "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "store")
    return typed(machine, node, site_of(instruction), example_with(value_example(container), example_of(other)), "item")


@function(set.add)
def add(machine, arguments, instruction):
    if len(arguments) != 2 or arguments[0].__class__ is not v.Obj or arguments[0].type is not set or key_of(machine, arguments[1], instruction, ARGUMENT) is None:
        return None
    counted(machine)
    machine.secure()
    tuples.apart(machine, [machine.state.stack[-1]])
    suffix, nodes = new_key(machine, instruction, ARGUMENT)
    machine.guard(machine.emit("write_call", arguments[0].node, *nodes, attr=("fj_set_add" + suffix, "i1"), type="i1"), "store")
    return v.Const(None)


def taken(machine, arguments, instruction):
    """i64: whether the set had the key, which it has let go of; below zero: not known, and nothing has happened."""
    if len(arguments) != 2 or arguments[0].__class__ is not v.Obj or arguments[0].type is not set or key_of(machine, arguments[1], instruction, ARGUMENT) is None:
        return None
    counted(machine)
    machine.secure()
    key = key_of(machine, machine.state.stack[-1], instruction, ARGUMENT)
    return machine.emit("write_call", arguments[0].node, *key.nodes, attr=("fj_set_take" + key.suffix, "i64"), type="i64")


def lets_go(method, least, kind):
    """The row of a method that takes a key out of a set: native code leaves where it has been in there less often than `least`."""
    def row(machine, arguments, instruction):
        had = taken(machine, arguments, instruction)
        if had is None:
            return None
        machine.guard(machine.emit("icmp_sge", had, machine.int(least)), kind)
        return v.Const(None)

    function(method)(row)


lets_go(set.discard, 0, "key")
lets_go(set.remove, 1, "index")


def filled(machine, count, instruction):
    """Whether a set, or a dictionary (`count` 2), that a comprehension fills has got the entries on top of the stack."""
    value = machine.state.stack[-1]
    if count == 2 and not storable(value) and value.__class__ is not v.Tup or key_of(machine, machine.state.stack[-count], instruction, ADDED) is None:
        return False
    machine.secure()
    if count == 2 and value.__class__ is v.Tup and tuples.real(machine, value) is None:
        machine.stop("unsupported_opcode", "tuple kept")
    tuples.apart(machine, machine.state.stack[-count:])
    suffix, nodes = new_key(machine, instruction, ADDED, -count)
    target = machine.state.stack[-count - instruction.arg]
    if count == 1:
        machine.guard(machine.emit("write_call", target.node, *nodes, attr=("fj_set_add" + suffix, "i1"), type="i1"), "store")
        return True
    value = unslotted(machine, machine.state.stack[-1])
    new, plain = machine.boxed(value), machine.int(int(machine.quiet == "fj_is_plain"))
    machine.guard(machine.emit("write_call", target.node, *nodes, new, plain, attr=("fj_dict_store" + suffix, "i1"), type="i1"), "store")
    machine.escaped(value, new)
    return True


__all__ = ["filled"]
