"""heapq and bisect: lists of numbers, texts and tuples of these, whose comparisons run nobody's code (ext/heaps.c).

    heappush(h, (d, u)); d, u = heappop(h); heapreplace(h, x)    ->   all comparisons, then the items move; or it leaves
    bisect_left(a, x), bisect_right(a, x, low, high)                ->   a place, which nothing is changed for

The rows are known by the names that the functions of the program's modules have (scalar_functions.LATE).
"""

from framejit.capture import list_methods, numbers, raw_lists, tuples, values as v
from framejit.capture.entry import MISSING
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import counted, python_int
from framejit.capture.handlers.stack import stack_slot
from framejit.capture.list_parts import is_simple, may_be, sequence
from framejit.capture.scalar_functions import LATE
from framejit.capture.state import SINGLETONS
from framejit.capture.subscripts import typed
from framejit.capture.texts import pointer

SITE = 730              # part of a site's key


def heap(machine, arguments, instruction, count):
    """The list that so many arguments begin with, or None; one that only native code knows becomes an object."""
    if len(arguments) != count or instruction is None:
        return None
    value = arguments[0]
    if value.__class__ is v.Raw:
        value = raw_lists.realised(machine, value)
        machine.state.replace(arguments[0], value)
    return exactly(machine, value, (list,), instruction, SITE) if value.__class__ is v.Obj and may_be(value.example, is_simple) else None


def first_of(machine, target, instruction):
    """The item that comes out, of a type that this place has shown."""
    size = machine.emit("field", target.node, attr="var_size", type="i64")
    machine.guard(machine.emit("icmp_ne", size, machine.int(0)), "index")
    node = machine.emit("item", machine.emit("field", target.node, attr="list_items", type="ptr"), machine.int(0))
    example = target.example[0] if type(target.example) is list and target.example else MISSING
    return typed(machine, node, (instruction.unit, SITE + 1), example, "item")


def taken(machine, found, gone, instruction):
    """What came out, kept by the home of the call's first entry."""
    machine.guard(machine.emit("icmp_ne", gone, machine.const("ptr", None)), "store")
    machine.emit("home_take", gone, attr=(stack_slot(machine, len(machine.state.stack) - instruction.arg[0] - 2), False), exit=machine.exit("home"))
    return v.Num(found.kind, found.node, None if found.kind in SINGLETONS else gone) if found.__class__ is v.Num else v.Obj(found.type, gone, "home", found.example)


def lasts(machine, found):
    """Whether what comes out is a number, or an object whose end a routine may bring."""
    if found.__class__ not in (v.Num, v.Obj):
        return False
    if machine.routine is not None and found.__class__ is v.Obj:
        machine.guard(machine.emit("read_call", found.node, attr=("fj_ends_quietly", "i1"), type="i1"), "home")
    return True


def outgoing(machine, arguments, instruction, count):
    """(the heap, what comes out of it) of a call with so many arguments, once that may begin; or None."""
    target = heap(machine, arguments, instruction, count)
    found = None if target is None else first_of(machine, target, instruction)
    if found is None or not lasts(machine, found):
        return None
    counted(machine)
    machine.secure()
    return target, found


def popped(machine, arguments, instruction):
    target, found = outgoing(machine, arguments, instruction, 1) or (None, None)
    if target is None:
        return None
    return taken(machine, found, machine.emit("write_call", target.node, attr=("fj_heap_pop", "ptr"), type="ptr"), instruction)


def given(machine):
    """(the argument on top, a new reference to it), or None."""
    value, = tuples.apart(machine, [machine.state.stack[-1]])
    new = machine.boxed(value)
    return None if new is None else (value, new)


def pushed(machine, arguments, instruction):
    target = heap(machine, arguments, instruction, 2)
    if target is None:
        return None
    counted(machine)
    machine.secure()
    new = given(machine)
    if new is None:
        return None
    machine.guard(machine.emit("write_call", target.node, new[1], attr=("fj_heap_push", "i1"), type="i1"), "store")
    machine.escaped(*new)
    return v.Const(None)


def replaced(machine, arguments, instruction):
    """heapreplace: one comes out, whatever goes in."""
    target, found = outgoing(machine, arguments, instruction, 2) or (None, None)
    new = None if target is None else given(machine)
    if new is None:
        return None
    gone = machine.emit("write_call", target.node, new[1], attr=("fj_heap_exchange", "ptr"), type="ptr")
    made = taken(machine, found, gone, instruction)
    machine.escaped(*new)
    return made


def place(right):
    """A row for where the second argument belongs in a list or tuple."""

    def row(machine, arguments, instruction):
        if not 2 <= len(arguments) <= 4 or instruction is None:
            return None
        bounds = [python_int(machine, value) for value in arguments[2:]]
        found = sequence(machine, arguments[0], instruction, SITE)
        if found is None or None in bounds or not may_be(found.example, is_simple) or not known(arguments[1]):
            return None
        suffix, node = list_methods.sought(machine, machine.state.stack[1 - len(arguments)]) or (None, None)
        if node is None:
            return None
        counted(machine)
        low, high = [*[numbers.as_int(machine, bound) for bound in bounds], *(machine.int(0), machine.int(-1))[len(bounds):]]
        answer = machine.emit("read_call", pointer(machine, found), node, low, high, machine.int(right), attr=("fj_items_bisect" + suffix, "i64"), type="i64")
        machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "key")
        return v.Num("int", answer)

    return row


def known(value):
    """Whether nothing says that the sought one has comparisons of its own."""
    return value.__class__ is not v.Obj or value.example is None or is_simple(value.example)


LATE["_heapq"] = {"heappop": popped, "heappush": pushed, "heapreplace": replaced}
LATE["_bisect"] = {"bisect_left": place(0), "bisect_right": place(1)}        # `bisect` is the latter


__all__ = ["LATE"]
