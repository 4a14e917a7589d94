"""functools.partial of a known function: its arguments are read from it at each call, and the function is called natively.

    half = partial(scale, 0.5, by=1)
    half(x)     ->   guards that half has this function, one argument and `by`; the routine of scale(half.args[0], x, by=half.keywords["by"])

Where the routine leaves, the interpreter's own call of the partial object is started again (ext/callees.c).
"""

import _functools
from types import FunctionType

from framejit._machine import member_offset
from framejit.capture import callees, values as v
from framejit.capture.handlers.stack import own_home
from framejit.capture.invoking import Way, invoked
from framejit.capture.keeping import keepable
from framejit.capture.subscripts import part, typed
from framejit.tables.callouts import CODE

MOST_ARGUMENTS = 16
ARGUMENT, KEYWORD = 600, 650        # of a call's instruction: the sites of what the object passes
NAMES = ("func", "args", "keywords")
PARTIAL = vars(_functools).get("partial")
PLACES = [member_offset(PARTIAL, name) for name in NAMES] if type(PARTIAL) is type else [-1]


def at_hand(machine, value, instruction):
    """The partial object that a value is expected to be, if its function can be known; or None."""
    known = value.value if value.__class__ is v.Const else value.example if value.__class__ is v.Obj and value.type is None else None
    if type(known) is not PARTIAL or -1 in PLACES or value.__class__ is v.Obj and (own_home(machine, value) or callees.learned(machine, instruction)):
        return None
    plain = type(known.func) is FunctionType and keepable(known.func) and len(known.args) <= MOST_ARGUMENTS
    return known if plain and len(known.keywords) <= MOST_ARGUMENTS and all([type(name) is str for name in known.keywords]) else None


def called(machine, callee, places, base, instruction, count, keywords):
    """Whether the call of a partial object has been made natively, with the stack's entries in these places as arguments."""
    known = at_hand(machine, callee, instruction)
    if known is None:
        return False
    nodes, before = len(machine.block.nodes), machine.state.copy()
    node = machine.object(callee.value) if callee.__class__ is v.Const else callee.node
    if callee.__class__ is v.Obj:
        kind = machine.emit("field", node, attr="object_type", type="ptr")
        machine.guard(machine.emit("icmp_eq", kind, machine.object(PARTIAL)), "type", node, (instruction.unit, callees.SITE))
    function, arguments, names = [machine.emit("item", machine.emit("address", node, machine.int(place)), machine.int(0)) for place in PLACES]
    machine.guard(machine.emit("icmp_eq", function, machine.object(known.func)), "type", node, (instruction.unit, callees.SITE))
    given = passed(machine, arguments, known.args, instruction)
    by_name = passed_by_name(machine, names, known.keywords, keywords, instruction)
    positional = len(places) - len(keywords)
    all_names = (*by_name, *keywords)
    every = (*given, *places[:positional], *by_name.values(), *places[positional:])
    extra = (machine.graph.constant(keywords) + 1) << 16 if keywords else 0
    way = Way(len(every), all_names, CODE["CALL"], count | extra, levels=2)
    if invoked(machine, v.Const(known.func), every, base, instruction, way):
        return True
    del machine.block.nodes[nodes:]
    machine.state = before
    return False


def passed(machine, node, example, instruction):
    """The arguments of a partial object's own, as values."""
    container = v.Obj(tuple, node, "home", example)
    size = machine.emit("field", node, attr="var_size", type="i64")
    machine.guard(machine.emit("icmp_eq", size, machine.int(len(example))), "unpack")
    items = machine.emit("address", node, machine.int(callees.CLOSURE_ITEMS))
    found = [machine.emit("item", items, machine.int(place)) for place in range(len(example))]
    return [part(machine, one, (instruction.unit, ARGUMENT + place), container, place) for place, one in enumerate(found)]


def passed_by_name(machine, node, example, hidden, instruction):
    """The same of those that it passes by name: name -> value, but for those that the call at hand gives."""
    count = machine.emit("read_call", node, attr=("fj_keyword_count", "i64"), type="i64")
    machine.guard(machine.emit("icmp_eq", count, machine.int(len(example))), "unpack")
    found = {}
    for place, (name, value) in enumerate(example.items()):
        item = machine.emit("read_call", node, machine.object(name), attr=("fj_keyword", "ptr"), type="ptr")
        machine.guard(machine.emit("icmp_ne", item, machine.const("ptr", None)), "unpack")
        if name not in hidden:
            found[name] = typed(machine, item, (instruction.unit, KEYWORD + place), value, "item")
    return found


__all__ = ["called"]
