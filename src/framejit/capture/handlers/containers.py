"""Tuples, lists, membership, and what builds other collections."""

from framejit.capture.exact_types import exactly
from framejit.capture import listed, raw_items, tuples, values as v
from framejit.capture.handlers import handler
from framejit.capture.handlers.arithmetic import byte_strings, list_methods, operators
from framejit.capture.handlers.calls import callout, silent_calls
from framejit.capture.handlers.subscripting import as_sequence, dictionaries, drop, let_go, texts
from framejit.capture.handlers.stack import box_of, is_loose, own_home, put_home, stack_slot, unnamed
from framejit.capture.raw_lists import EXAMPLES, realised, unslotted
from framejit.capture.machine_values import owned
from framejit.capture.membership import contained
from framejit.capture.several import Empty, is_blank
from framejit.capture.subscripts import element, has_numbers, list_room, narrowed, part
from framejit.tables.classes import one_of

MOST_ITEMS = 16         # of a list that is made without a call-out


@handler("BUILD_TUPLE")
def build_tuple(machine, instruction):
    if is_handed_on(machine, instruction):
        return
    base = len(machine.state.stack) - instruction.arg
    for depth in range(base, base + instruction.arg):
        value = machine.state.stack[depth]
        unnamed(machine, value)
        if value.__class__ is v.Raw:
            realised(machine, value)
        unslotted(machine, machine.state.stack[depth])
    kept = [depth for depth in range(base, base + instruction.arg) if own_home(machine, machine.state.stack[depth]) or is_loose(machine, machine.state.stack[depth])]
    made = v.Tup(machine.popn(instruction.arg))
    machine.push(made)
    if kept:
        object_of_temporaries(machine, made, kept)


def is_handed_on(machine, instruction):
    """Whether only a call sees it that takes what is in it."""
    from framejit.capture import new_arrays, whole_calls
    return listed.begun(machine, instruction, lambda callee, items: whole_calls.takes_several(callee, items) or new_arrays.takes_numbers(callee, items))


def object_of_temporaries(machine, made, kept):
    """The tuple on top as an object, which takes over what the homes of these stack entries kept: others will use them."""
    if tuples.real(machine, made) is None:
        machine.stop("unsupported_opcode", "tuple of temporaries")
    for depth in kept:
        if depth >= len(machine.state.stack):
            put_home(machine, stack_slot(machine, depth), machine.const("ptr", None))


@handler("UNPACK")
def unpack(machine, instruction):
    value = narrowed(machine, machine.state.stack[-1], instruction, 61)
    count = instruction.arg
    if value.__class__ is v.Tup and len(value.items) == count:
        machine.pop()
        items = value.items[::-1]
        machine.state.stack += items_kept(machine, items) if any([is_loose(machine, item) for item in items]) else items
        return
    if value.__class__ is v.Const and type(value.value) is tuple and len(value.value) == count:
        machine.pop()
        machine.state.stack += [v.Const(item) for item in value.value[::-1]]
        return
    value = as_sequence(machine, instruction, "__iter__", -1)
    if value.__class__ is v.Obj and one_of(value.type, (tuple, list)):
        unpack_object(machine, value, count, instruction)
        return
    if value.__class__ is v.Array and has_numbers(value) and count:
        unpack_array(machine, value, count)
        return
    callout(machine, instruction, "UNPACK", count, 1, results=count)


def unpack_array(machine, value, count):
    """Its elements, or its rows, which outlive an array that only the stack kept."""
    machine.guard(machine.emit("icmp_eq", value.dims[0], machine.int(count)), "unpack")
    items = [element(machine, value, [machine.int(position)]) for position in reversed(range(count))]
    temporary = own_home(machine, value)
    machine.pop()
    machine.state.stack += items
    if temporary:
        machine.secure()
    if temporary and box_of(machine.state.stack[-count]) is None:
        put_home(machine, stack_slot(machine, len(machine.state.stack) - count), machine.const("ptr", None))


def unpack_object(machine, value, count, instruction):
    size = machine.emit("field", value.node, attr="var_size", type="i64")
    machine.guard(machine.emit("icmp_eq", size, machine.int(count)), "unpack")
    items = machine.emit("field", value.node, attr="list_items", type="ptr") if value.type is list else \
        machine.emit("address", value.node, machine.int(24))
    found = []
    for position in range(count):
        node = machine.emit("item", items, machine.int(position))
        found.append(part(machine, node, (instruction.unit, 100 + position), value, position))
    temporary = own_home(machine, machine.state.stack[-1])
    machine.pop()
    if temporary:
        found = items_kept(machine, found[::-1])[::-1]
    machine.state.stack += found[::-1]


def items_kept(machine, items):
    """Items of a container that dies here, bottom first: the homes of their stack slots keep them; the lowest last, since
    it holds the container."""
    kept = list(items)
    depth = len(machine.state.stack)
    for position in range(len(items) - 1, -1, -1):
        node = box_of(items[position])
        if node is not None and (items[position].owner == "item" or is_loose(machine, items[position])):
            machine.emit("home_set", node, attr=(stack_slot(machine, depth + position), False), exit=machine.exit("home"))
            kept[position] = owned(items[position])
        elif position == 0:
            put_home(machine, stack_slot(machine, depth), machine.const("ptr", None))
    return kept


@handler("BUILD_LIST")
def build_list(machine, instruction):
    if machine.comprehends and not instruction.arg and len(machine.state.stack) == 0:
        machine.push(v.COLLECTED)
        return
    if spreading().begun(machine, instruction) or is_handed_on(machine, instruction):
        return
    items = machine.state.stack[-instruction.arg:] if instruction.arg else []
    raw = built_raw(machine, items, instruction) if machine.routine is None else None
    if raw is not None:
        machine.popn(instruction.arg)
        machine.push(raw)
        return
    handed_on = machine.routine is not None or machine.code.instructions[machine.index + 1].op == "CALL"
    if len(items) <= MOST_ITEMS and list_methods().built(machine, len(items)):
        machine.state.stack[-1].example = machine.state.stack[-1].example if items or handed_on else Empty(instruction.unit)
        return
    example = [EXAMPLES.get(item.kind) if item.__class__ is v.Num else item.example for item in items]
    callout(machine, instruction, "BUILD_LIST", instruction.arg, instruction.arg)
    known_list(machine, Empty(instruction.unit) if not items else example if not any([item is None for item in example]) else None)


def spreading():
    from framejit.capture.handlers import spreading
    return spreading


def built_raw(machine, items, instruction):
    """The list as one that only native code knows, or None."""
    if items:
        return raw_items.literal(machine, items, len(machine.state.stack) - len(items))
    kind = machine.hints.lists.get(instruction.unit)
    return None if kind is None else raw_items.made(machine, kind, machine.int(0), None, len(machine.state.stack))


def known_list(machine, example):
    """The call-out's result is a list: no guard needed."""
    made = machine.pop()
    machine.push(v.Obj(list, made.node, "home", example))


@handler("LIST_APPEND")
def list_append(machine, instruction):
    value = machine.state.stack[-1]
    target = machine.state.stack[-1 - instruction.arg]
    if spreading().collects(machine, -2):
        spreading().collected(machine, [value])
        return
    if target is v.COLLECTED:
        machine.collect(machine.pop())
        return
    if target.__class__ is v.Raw and raw_items.append(machine, target, value, instruction):
        machine.pop()
        return
    new = None
    if target.__class__ is v.Obj and target.type is list:
        raw_items.learn(machine, target, value)
        value, = tuples.apart(machine, [value])
        list_room(machine, target)
        new = machine.boxed(value)
    if new is None:
        callout(machine, instruction, "LIST_APPEND", instruction.arg, 1, result=False)
        return
    machine.emit("write_call", target.node, new, attr=("fj_list_append", None))
    let_go(machine, value, len(machine.state.stack) - 1)
    machine.pop()
    machine.escaped(value, new)


@handler("CONTAINS")
def contains(machine, instruction):
    found = contained(machine, *machine.state.stack[-2:])
    found = dictionaries().contains(machine, instruction) if found is None else found
    found = texts().contains(machine, instruction) if found is None else found
    found = byte_strings().contains(machine, instruction) if found is None else found
    found = list_methods().contains(machine, instruction) if found is None else found
    if found is not None:
        drop(machine, 2)
        machine.push(v.Num("bool", machine.emit("ixor", found, machine.const("i1", bool(instruction.arg)))))
        return
    if operators().contains(machine, instruction):
        return
    callout(machine, instruction, "CONTAINS", int(instruction.arg), 2)


CALLOUTS = {
    # operation: (operands as a function of the argument, results)
    "DELETE_SUBSCR": (lambda arg: 2, 0),
    "BUILD_SET": (lambda arg: arg, 1),
    "BUILD_MAP": (lambda arg: 2 * arg, 1),
}


MADE = {"BUILD_MAP": dict, "BUILD_SET": set, "BUILD_SLICE": lambda: slice(None)}
SLICES = {"BINARY_SLICE": (lambda arg: 3, 1), "STORE_SLICE": (lambda arg: 4, 0), "BUILD_SLICE": (lambda arg: arg, 1)}      # handlers/slicing.py


def plain_callout(machine, instruction):
    operands, results = (CALLOUTS | SLICES)[instruction.op]
    argument = instruction.arg if isinstance(instruction.arg, int) else 0
    callout(machine, instruction, instruction.op, argument, operands(argument), results=results)
    if instruction.op in MADE:
        example = MADE[instruction.op]()
        machine.push(v.Obj(type(example), machine.pop().node, "home", example))


@handler("BUILD_SET")
def build_set(machine, instruction):
    return silent_calls().displayed(machine, instruction) or plain_callout(machine, instruction)


def new_tables():
    from framejit.capture import new_tables
    return new_tables


@handler("BUILD_MAP")
def build_map(machine, instruction):
    if not new_tables().built(machine, instruction, instruction.arg):
        plain_callout(machine, instruction)


@handler("DELETE_SUBSCR")
def delete_subscript(machine, instruction):
    if dictionaries().delete(machine, instruction):
        drop(machine, 2)
    elif not list_methods().deleted(machine, instruction):
        plain_callout(machine, instruction)


@handler("BUILD_STRING")
def build_string(machine, instruction):
    if instruction.arg == 0:            # f"" (3.11, 3.12)
        machine.push(v.Const(""))
    elif not fstrings().joined(machine, instruction):
        callout(machine, instruction, "BUILD_STRING", instruction.arg, instruction.arg)


@handler("BUILD_CONST_KEY_MAP")
def build_const_key_map(machine, instruction):
    """n values and the tuple of keys on top."""
    if new_tables().built(machine, instruction, instruction.arg, machine.state.stack[-1].value):
        return
    callout(machine, instruction, "BUILD_CONST_KEY_MAP", instruction.arg, instruction.arg + 1)
    machine.push(v.Obj(dict, machine.pop().node, "home", {}))


@handler("LIST_EXTEND")
def list_extend(machine, instruction):
    """[1, 2, 3]: an empty list extended by a constant tuple."""
    if spreading().extended(machine, instruction) or listed.extended(machine, instruction) or silent_calls().collected(machine, instruction):
        return
    target, items = machine.state.stack[-1 - instruction.arg], machine.state.stack[-1]
    if target.__class__ is v.Obj and is_blank(target.example) and items.__class__ is v.Const and type(items.value) is tuple:
        target.example = list(items.value)
    example = target.example
    callout(machine, instruction, "LIST_EXTEND", instruction.arg, 1, result=False)
    machine.state.stack[-instruction.arg].example = example


ADDS = {"SET_ADD": (set, 1), "MAP_ADD": (dict, 2)}       # what a comprehension fills, and how many entries it takes


@handler(*ADDS)
def collection_add(machine, instruction):
    kind, count = ADDS[instruction.op]
    if exactly(machine, machine.state.stack[-count - instruction.arg], (kind,), instruction, 60) and table_methods().filled(machine, count, instruction):
        drop(machine, count)
        return
    callout(machine, instruction, instruction.op, instruction.arg, count, result=False)


def fstrings():
    from framejit.capture import fstrings
    return fstrings


def table_methods():
    from framejit.capture import table_methods
    return table_methods


CONVERSIONS = {None: 0, "str": 1, "repr": 2, "ascii": 3}


@handler("CONVERT")
def convert(machine, instruction):
    if not fstrings().converted(machine, instruction, instruction.arg):
        callout(machine, instruction, "CONVERT", CONVERSIONS[instruction.arg], 1)


@handler("FORMAT")
def format_(machine, instruction):
    conversion, specified = instruction.arg
    if not (fstrings().formatted(machine, instruction, int(specified)) if conversion is None else not specified and fstrings().converted(machine, instruction, conversion)):
        callout(machine, instruction, "FORMAT", int(specified) | CONVERSIONS[conversion] << 1, 1 + int(specified))


@handler("DELETE_NAME", "DELETE_GLOBAL")
def unsupported(machine, instruction):
    machine.stop("unsupported_opcode", instruction.opname)
