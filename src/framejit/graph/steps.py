"""What the operations and ends of blocks do in the graph's interpreter (run.py): one function each."""

import ctypes

from framejit.graph.memory import read, write
from framejit.tables.effects import PATIENCE, WITH_CONTEXT
from framejit.tables.fields import FIELDS
from framejit.tables.operations import OPERATIONS, as_unsigned, evaluate, exact, wrapped
from framejit.tables.recipes import RETURNS
from framejit.tables.types import MACHINE_TYPES

CONTEXT = {"result": 0, "number": 8, "breaker": 24, "consts": 48, "names": 56, "spill": 64, "trail": 88, "levels": 96, "caught": 104}
OWN = {"INT": "fj_own_int", "FLOAT": "fj_own_float"}    # with a box behind the value


class Left(Exception):
    """The activation is over; its argument is the code to return."""


class Given(Exception):
    """A routine has come to its end; its arguments are what it gives."""


# ---- operations that are more than a computation

def plain(active, node):
    return evaluate(node.op, active.operands(node), [argument.type for argument in node.args], node.type)


def overflow(active, node):
    values, types = active.operands(node), [argument.type for argument in node.args]
    number = exact(node.op, values, types, node.type)
    value = wrapped(node.type, number)
    seen = as_unsigned(node.type, value) if OPERATIONS[node.op].typed else value
    if seen != number:
        active.leave(node.exit)
    return value


def guard(active, node):
    if not active.value(node.args[0]):
        active.leave(node.exit)


def unbox_int(active, node):
    number = ctypes.cast(active.value(node.args[0]), ctypes.py_object).value
    if not -2**63 <= number < 2**63:
        active.leave(node.exit)
    return number


def vector(active, node):
    base, index = active.operands(node)
    return read(node.type, base + 8 * index)


def field(active, node):
    return read(FIELDS[node.attr].type, active.value(node.args[0]) + active.layout[node.attr])


def address(active, node):
    base, offset = active.operands(node)
    return wrapped("ptr", base + offset)


def store(active, node):
    place, value = active.operands(node)
    write(node.args[1].type, place, value)


def home_setter(function_name):
    def set_home(active, node):
        slot, keep = node.attr
        name = "fj_home_put_box" if keep else function_name
        values = (active.home_address, slot, active.value(node.args[0]))
        if not active.call(name, "i32", ("ptr", "i32", "ptr"), values):
            active.leave(node.exit)

    return set_home


def home_append(active, node):
    return active.call("fj_home_append", "ptr", ("ptr", "i32", "ptr", "ptr"), (active.home_address, *node.attr, *active.operands(node)))


def home_swap(active, node):
    places = [active.home_address + 8 * slot for slot in node.attr]
    for place, value in zip(places, [read("ptr", place) for place in places][::-1]):
        write("ptr", place, value)


def name_set(active, node):
    active.call("fj_name_set", None, ("ptr", "i32", "ptr"), (active.context, node.attr, active.value(node.args[0])))


def name_put(active, node):
    cell, keep = node.attr
    values = (active.context, cell, active.value(node.args[0]))
    if not active.call("fj_name_put_box" if keep else "fj_name_put", "i32", ("ptr", "i32", "ptr"), values):
        active.leave(node.exit)


def any_call(active, node):
    name, result = node.attr
    types, values = [argument.type for argument in node.args], active.operands(node)
    if name in WITH_CONTEXT:
        types, values = ["ptr", *types], [active.context, *values]
    return active.call(name, result, types, values)


def own(active, node):
    word, number = node.attr
    value, box = (*active.operands(node), 0)[:2]
    type = node.args[0].type
    if word == "SCALAR":
        bits = exact_bits(type, value)
        return active.call("fj_own_scalar", "ptr", ("i32", "i64", "ptr"), (number, bits, box))
    if word in ("COMPLEX", "COMPLEX128"):
        return active.call(f"fj_own_{word.lower()}", "ptr", ("f64", "f64", "ptr"), (value.real, value.imag, box))
    if word in OWN:
        return active.call(OWN[word], "ptr", (type, "ptr"), (value, box))
    return active.call(f"fj_own_{word.lower()}", "ptr", (type,), (value,))


def exact_bits(type, value):
    """The raw bits that a scalar's constructor takes, zero-extended."""
    row = MACHINE_TYPES[type]
    if row.floating:
        value = evaluate("bitcast", [value], [type], f"i{row.bits}")
        type = f"i{row.bits}"
    return wrapped("i64", as_unsigned(type, value))


def own_items(active, node):
    items = (ctypes.c_size_t * max(1, len(node.args)))(*active.operands(node))
    return active.call(f"fj_{node.op}", "ptr", ("ptr", "i64"), (ctypes.addressof(items), len(node.args)))


def poll(active, node):
    if read("i8", read("ptr", active.context + CONTEXT["breaker"])):
        active.store_spills(node.exit)
        unit = active.value(node.args[0]) if node.args else node.attr
        stay(active.call("fj_poll", "i64", ("ptr", "i32", "i32"), (active.context, node.exit.id, unit)))


def callout(active, node):
    active.store_spills(node.exit)
    values = (active.context, node.exit.id, *node.attr)
    stay(active.call("fj_callout", "i64", ("ptr", *["i32"] * (len(values) - 1)), values))


def calm(active, node):
    waits = read("i8", read("ptr", active.context + CONTEXT["breaker"]))
    if waits and not active.call(PATIENCE[node.attr], "i8", ("ptr",), (active.context,)):
        active.leave(node.exit)


def invoke(active, node):
    """The values that the routine gives; it leaves, and so does this one."""
    routine = active.region.routines[node.attr]
    homes = routine.homes()
    memory = (ctypes.c_size_t * (homes[-1] + 1 if homes else 1))()
    inner = active.__class__(routine, active.spills, active.layout, active.context, ctypes.addressof(memory), active.region, active.operands(node))
    try:
        inner.walk()
    except Given as given:
        for slot in homes:
            active.call("fj_home_put", "i32", ("ptr", "i32", "ptr"), (ctypes.addressof(memory), slot, 0))
        return given.args
    except Left:
        active.leave(node.exit)


def stay(code):
    """Go on behind a world point when the runtime says 0."""
    if code != 0:
        raise Left(code)


def view(active, node):
    """The head of an array (ext/numpy_table.h) without type and owner."""
    base, data, *numbers = active.operands(node)
    rank, part = node.attr if node.op == "part_view" else (node.attr, 0)
    head = active.views[node] = (ctypes.c_size_t * (10 + 2 * rank))()
    start = ctypes.addressof(head)
    head[0] = part
    head[2], head[3], head[4], head[5], head[6] = data, rank, start + 80, start + 80 + 8 * rank, base
    for place, number in enumerate(numbers, 10):
        head[place] = number & (1 << 64) - 1
    return start


STEPS = {
    "view": view, "part_view": view, "real_view": lambda active, node: active.call("fj_real_view", "ptr", ("ptr",), active.operands(node)),
    "guard": guard, "unbox_int": unbox_int, "item": vector, "word": vector, "field": field, "address": address, "store": store,
    "home": lambda active, node: read("ptr", active.home_address + 8 * node.attr),
    "name": lambda active, node: read("ptr", active.names + 8 * node.attr),
    "load": lambda active, node: read(node.type, active.value(node.args[0])),
    "number": lambda active, node: read("i64", active.context + CONTEXT["number"]),
    "caught": lambda active, node: read("i64", active.context + CONTEXT["caught"]),
    "home_set": home_setter("fj_home_put"), "home_take": home_setter("fj_home_take"), "name_set": name_set,
    "home_swap": home_swap, "home_append": home_append, "name_put": name_put,
    "pure_call": any_call, "read_call": any_call, "write_call": any_call, "own": own, "own_tuple": own_items, "own_list": own_items, "own_dict": own_items,
    "poll": poll, "poll_at": poll, "callout": callout, "calm": calm, "levels": lambda active, node: read("i64", active.context + CONTEXT["levels"]),
    "invoke": invoke, "invoke_changing": invoke,
    "argument": lambda active, node: active.arguments[node.attr[0]],
    "given": lambda active, node: active.value(node.args[0])[node.attr[0]],
}
STEPS |= {name: overflow for name in OPERATIONS if name.endswith("_ovf")}


# ---- ends of blocks

def returns(active, end):
    write("i64", active.spill, active.value(end.iterations))
    write("ptr", active.context + CONTEXT["result"], active.value(end.args[0]))
    raise Left(RETURNS["RETURN"])


def gives(active, end):
    raise Given(*[active.value(value) for value in end.args])


ENDS = {
    "give": gives,
    "jump": lambda active, end: active.go(end.targets[0]),
    "branch": lambda active, end: active.go(end.targets[0 if active.value(end.args[0]) else 1]),
    "return": returns,
    "leave": lambda active, end: active.leave(end.exit),
    "miss": lambda active, end: active.leave(end.exit),
}

__all__ = ["CONTEXT", "ENDS", "Given", "Left", "STEPS", "plain"]
