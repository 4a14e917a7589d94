"""What lists and tuples are asked and told without a call-out: who is in them, sums and extremes, sorting, growing and shrinking.

    x in l, l.index(x), sum(l), max(l), sorted(l), list(l); l.sort(), l += m, l.remove(x), del l[i]     ->   functions of ext/list_methods.c

Items that have comparisons of their own, or that somebody would notice the end of, leave before anything has happened.
"""

from framejit.capture import list_subclasses, number_functions, tuples, values as v      # noqa: F401 (its rows of min and max stand first)
from framejit.capture.attributes import base_with
from framejit.capture.collectors import new_list
from framejit.capture.entry import MISSING
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import FUNCTIONS, PYTHON, counted, function
from framejit.capture.handlers.stack import own_home, stack_slot
from framejit.capture.handlers.subscripting import drop, storable
from framejit.capture.list_parts import LAST, NUMBERS, SAMPLE, SLICES, is_simple, may_be, sequence
from framejit.capture.numbers import number
from framejit.capture.raw_lists import EXAMPLES, realised, unslotted
from framejit.capture.several import Several
from framejit.capture.subscripts import integer_index, typed, wrapped_index
from framejit.capture.texts import asked, pointer, put_instead
from framejit.tables.classes import one_of

SITE = 640              # part of a site's key: arguments, their numbers added
OBJECTS = (v.Obj, v.Const)


def told(machine, name, *nodes):
    """Something is changed, or nothing has happened: then native code leaves."""
    counted(machine)
    machine.secure()
    machine.guard(machine.emit("write_call", *nodes, attr=(name, "i1"), type="i1"), "store")
    return v.Const(None)


# ---- items: what the list or tuple at hand holds says what is worth asking natively

def adds_up(item):
    """Whether it is a number or a string."""
    return one_of(type(item), (*NUMBERS, str))


def is_itself(item):
    """Whether nobody else is asked which objects it equals."""
    return is_simple(item) or base_with(type(item), "__eq__") is object


# ---- who is in them

def sought(machine, value):
    """(suffix of the function, node) for what is looked for, or None."""
    found = number(machine, value)
    if found is None:
        value = tuples.real(machine, value) if value.__class__ is v.Tup else value
        return ("", pointer(machine, value)) if value.__class__ in OBJECTS else None
    if found.kind not in PYTHON:
        return None
    if found.kind == "float":
        machine.guard(machine.emit("fcmp_ord", found.node, found.node), "identity")
        return "_float", found.node
    return "_int", found.node if found.kind == "int" else machine.emit("zext", found.node, attr="i64", type="i64")


def place_of(machine, container, value, counts=False):
    """The node of the first place of `value`, -1: nowhere; or of how often it is there; None: can't be looked for."""
    known = value.__class__ is not v.Obj or type(value.example) is Several or is_itself(value.example)
    found = sought(machine, value) if known and may_be(container.value if container.__class__ is v.Const else container.example, is_itself) else None
    if found is None:
        return None
    counted(machine)
    answer = machine.emit("read_call", pointer(machine, container), found[1], machine.int(int(counts)), attr=("fj_items_place" + found[0], "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", answer, machine.int(-1)), "key")
    return answer


def contains(machine, instruction):
    """i1: whether the list or tuple on top of the stack has the entry below it; None for a call-out."""
    item, container = machine.state.stack[-2:]
    if own_home(machine, item) or own_home(machine, container) or machine.pending:
        return None
    constant = container.__class__ is v.Const and type(container.value) is tuple
    container = list_subclasses.as_list(machine, container, instruction, "__contains__") or machine.state.stack[-1]
    found = None if constant else sequence(machine, container, instruction, SITE)
    if not constant and found is None:
        return None
    answer = place_of(machine, container if constant else found, machine.state.stack[-2])
    return None if answer is None else machine.emit("icmp_sge", answer, machine.int(0))


def of_list(arguments, count):
    """Whether these are a list that is an object, and so many arguments behind it."""
    return len(arguments) == 1 + count and arguments[0].__class__ is v.Obj and arguments[0].type is list


@function(list.index)
def index(machine, arguments, instruction):
    answer = place_of(machine, *arguments) if of_list(arguments, 1) else None
    if answer is None:
        return None
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "index")
    return v.Num("int", answer)


@function(list.count)
def count(machine, arguments, instruction):
    answer = place_of(machine, *arguments, True) if of_list(arguments, 1) else None
    return None if answer is None else v.Num("int", answer)


@function(list.remove)
def remove(machine, arguments, instruction):
    answer = place_of(machine, *arguments) if of_list(arguments, 1) else None
    if answer is None:
        return None
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "index")
    if arguments[1].__class__ is v.Obj:         # which may end with the call, when the item has gone
        machine.guard(machine.emit("read_call", arguments[1].node, attr=("fj_ends_quietly", "i1"), type="i1"), "home")
    if may_be(arguments[0].example, is_simple):
        return told(machine, "fj_list_delete", arguments[0].node, answer)
    item = machine.emit("item", machine.emit("field", arguments[0].node, attr="list_items", type="ptr"), answer)
    machine.guard(machine.emit("read_call", item, attr=("fj_ends_quietly", "i1"), type="i1"), "home")
    counted(machine)
    machine.secure()
    gone = machine.emit("write_call", arguments[0].node, answer, attr=("fj_list_drop", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", gone, machine.const("ptr", None)), "memory")
    return v.Const(None)


# ---- what is made of them

def folding(builtin):
    """The row of sum, min or max of one list or tuple; other arguments are left to the row that there is."""
    others = FUNCTIONS.of(builtin)

    def row(machine, arguments, instruction):
        found = sequence(machine, arguments[0], instruction, SITE) if len(arguments) == 1 and instruction is not None else None
        if found is None or not may_be(found.example, adds_up):
            return others and others(machine, arguments, instruction)
        machine.secure()
        node = asked(machine, "fj_items_folded", machine.object(builtin), found.node)
        machine.emit("home_take", node, attr=(result_slot(machine, instruction), False), exit=machine.exit("home"))
        return typed(machine, node, (instruction.unit, SITE + 1), folded(builtin, found.example), "home")

    function(builtin)(row)


def result_slot(machine, instruction):
    return stack_slot(machine, len(machine.state.stack) - instruction.arg[0] - 2)


def folded(builtin, example):
    """What the builtin gives of the list or tuple at hand, or MISSING."""
    sample = example[:SAMPLE] if one_of(type(example), tuple(SLICES)) else ()
    numbers = all([one_of(type(item), NUMBERS) for item in sample])
    if not sample or not numbers and (builtin is sum or any([type(item) is not str for item in sample])):
        return MISSING
    try:
        return builtin(sample)
    except OverflowError:
        return MISSING


def making(builtin, kind, function_of, *more):
    """The row of list, tuple, set, sorted or list.copy of one list or tuple."""
    others = FUNCTIONS.of(builtin)

    def row(machine, arguments, instruction):
        found = sequence(machine, arguments[0], instruction, SITE) if len(arguments) == 1 and instruction is not None else None
        if found is None or builtin is tuple and found.type is tuple or one_of(builtin, (sorted, set)) and not may_be(found.example, is_simple):
            return others and others(machine, arguments, instruction)
        machine.secure()
        node = asked(machine, function_of, found.node, *[machine.int(number) for number in more])
        machine.emit("home_take", node, attr=(result_slot(machine, instruction), False), exit=machine.exit("home"))
        return v.Obj(kind, node, "home", None if found.example is None else kind(found.example[:SAMPLE]))

    function(builtin)(row)


for builtin in (sum, min, max):
    folding(builtin)
making(list, list, "fj_items_list")
making(tuple, tuple, "fj_items_tuple")
making(sorted, list, "fj_items_sorted")
making(set, set, "fj_items_set")
making(list.copy, list, "fj_list_slice", 0, LAST, 1)


def built(machine, count):
    """Whether a list of so many entries on top of the stack has been made.  Tuples among them are made before, as the interpreter does it."""
    for place in range(len(machine.state.stack) - count, len(machine.state.stack)):
        value = machine.state.stack[place]
        realised(machine, value) if value.__class__ is v.Raw else unslotted(machine, value)
        value = machine.state.stack[place]
        if value.__class__ is v.Tup and tuples.real(machine, value) is None or value.__class__ is not v.Tup and not storable(value):
            return False
    items = tuples.apart(machine, machine.state.stack[len(machine.state.stack) - count:])
    made = new_list(machine, items)
    if made is None:
        return False
    example = [EXAMPLES.get(value.kind) if value.__class__ is v.Num else value.example for value in items]
    put_instead(machine, len(items), made, list, None if any([item is None for item in example]) else example)
    return True


# ---- what changes them

@function(list.sort)
def sort(machine, arguments, instruction):
    return told(machine, "fj_list_sort", arguments[0].node) if of_list(arguments, 0) and may_be(arguments[0].example, is_simple) else None


@function(list.clear)
def clear(machine, arguments, instruction):
    return told(machine, "fj_list_clear", arguments[0].node) if of_list(arguments, 0) and may_be(arguments[0].example, is_simple) else None


@function(list.reverse)
def reverse(machine, arguments, instruction):
    if not of_list(arguments, 0):
        return None
    counted(machine)
    machine.secure()
    machine.emit("write_call", arguments[0].node, attr=("fj_list_reverse", None))
    return v.Const(None)


@function(list.extend)
def extend(machine, arguments, instruction):
    items = exactly(machine, arguments[1], tuple(SLICES), instruction, SITE) if of_list(arguments, 1) and arguments[1].__class__ in OBJECTS else None
    return None if items is None else told(machine, "fj_list_extend", arguments[0].node, pointer(machine, items))


def extended(machine, instruction):
    """Whether `target += items`, of the two entries on top, has been done: the target stays."""
    target, items = machine.state.stack[-2:]
    if instruction.arg != ("+", True) or machine.pending or target.__class__ is not v.Obj or items.__class__ not in OBJECTS or own_home(machine, items):
        return False
    target = exactly(machine, target, (list,), instruction, SITE)
    items = None if target is None else exactly(machine, machine.state.stack[-1], tuple(SLICES), instruction, SITE + 1)
    if items is None:
        return False
    told(machine, "fj_list_extend", target.node, pointer(machine, items))
    drop(machine, 1)
    return True


def deleted(machine, instruction):
    """Whether `del container[index]`, of the two entries on top, has been done."""
    container = machine.state.stack[-2]
    if machine.pending or container.__class__ is not v.Obj or own_home(machine, container) or own_home(machine, machine.state.stack[-1]):
        return False
    place = integer_index(machine, machine.state.stack[-1])
    found = None if place is None else exactly(machine, container, (list,), instruction, SITE)
    if found is None or not may_be(found.example, is_simple):
        return False
    size = machine.emit("field", found.node, attr="var_size", type="i64")
    told(machine, "fj_list_delete", found.node, wrapped_index(machine, place, size))
    drop(machine, 2)
    return True


__all__ = ["contains", "deleted", "extended", "sought"]
