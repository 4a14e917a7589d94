"""bytes and bytearrays: items, loops, slices, comparisons, membership, and stores into bytearrays, without a call-out.

    data[i], for b in data, data[a:b] == b"PK", b in data, buffer[i] = x        ->   bytes are read and written in place

How long a bytearray is and where its bytes lie is read again behind whatever may have changed it, as of a list.  What is no byte, or can't move
because somebody has its buffer, leaves before anything has happened (ext/byte_strings.c).
"""

from framejit.capture import values as v
from framejit.capture.exact_types import exactly
from framejit.capture.handlers.stack import own_home
from framejit.capture.handlers.subscripting import drop
from framejit.capture.list_parts import bounds_of
from framejit.capture.numbers import number
from framejit.capture.scalar_kinds import fitted
from framejit.capture.subscripts import integer_index, wrapped_index
from framejit.capture.texts import ORDER, asked, put_instead
from framejit.tables.classes import one_of

KINDS = (bytes, bytearray)
ITEMS = 32              # bytes before those of bytes
LEFT, RIGHT, SLICED = 8, 9, 62      # parts of sites' keys


def likely(value):
    """Whether the value is one, or an object that is likely to be."""
    if value.__class__ is v.Const:
        return type(value.value) is bytes
    return value.__class__ is v.Obj and (one_of(value.type, KINDS) if value.type is not None else one_of(type(value.example), KINDS))


def known(machine, value, instruction, place, kinds=KINDS):
    """The value as an object that is known to be one, or None."""
    found = exactly(machine, value, kinds, instruction, place) if likely(value) else None
    return as_object(machine, found) if found.__class__ is v.Const else found


def as_object(machine, value):
    return v.Obj(bytes, machine.object(value.value), "home", value.value) if value.__class__ is v.Const else value


def size_of(machine, value):
    return machine.emit("field", value.node, attr="var_size", type="i64")


def place(machine, value, offset):
    """The address of byte number `offset`."""
    first = machine.emit("address", value.node, machine.int(ITEMS)) if value.type is bytes else machine.emit("field", value.node, attr="bytearray_start", type="ptr")
    return machine.emit("address", first, offset)


def item(machine, value, offset, instruction=None):
    """Byte number `offset` (in range): one of the small ints that the interpreter has."""
    node = machine.emit("load", place(machine, value, offset), attr="i8", type="i8")
    return v.Num("int", machine.emit("zext", node, attr="i64", type="i64"))


def subscript(machine, container, key, instruction):
    """A row of subscripting.SUBSCRIPTS."""
    index = integer_index(machine, key)
    if index is None:
        return None
    container = as_object(machine, container)
    return item(machine, container, wrapped_index(machine, index, size_of(machine, container)))


def store(machine, container, key, value, instruction):
    """A row of subscripting.STORES."""
    value, index = number(machine, value), integer_index(machine, key)
    if value is None or value.kind not in ("int", "bool") or index is None:
        return False
    offset = wrapped_index(machine, index, size_of(machine, container))
    machine.emit("store", place(machine, container, offset), fitted(machine, value, "uint8"), attr="i8")
    return True


# ---- operators

def binary(machine, instruction):
    """Whether the operator on the two entries on top has been done."""
    symbol, inplace = instruction.arg
    if symbol not in ("+", "*") or machine.pending or not likely(machine.state.stack[-2]):
        return False
    left = known(machine, machine.state.stack[-2], instruction, LEFT)
    if left is None or left.type is bytearray and inplace and symbol == "*":
        return False
    if symbol == "*":
        count = number(machine, machine.state.stack[-1])
        made = None if count is None or count.kind != "int" else asked(machine, "fj_bytes_repeated", left.node, count.node)
    else:
        right = known(machine, machine.state.stack[-1], instruction, RIGHT)
        if right is not None and left.type is bytearray and inplace:
            return grown(machine, left, right)
        made = None if right is None else asked(machine, "fj_bytes_sum", left.node, right.node)
    if made is None:
        return False
    put_instead(machine, 2, made, left.type, left.example)
    return True


def likely_result(symbol, left, right):
    """What b"%d" % x, and sums whose other side isn't known, are most likely like; or None."""
    side = left if likely(left) else right if symbol == "+" and likely(right) else None
    if side is None or symbol not in ("%", "+", "*"):
        return None
    return (type(side.value) if side.__class__ is v.Const else type(side.example) if side.type is None else side.type)()


def grown(machine, left, right):
    """array += more: the array stays on the stack."""
    machine.guard(machine.emit("write_call", left.node, right.node, attr=("fj_bytes_grow", "i1"), type="i1"), "store")
    drop(machine, 1)
    return True


def compare(machine, instruction):
    """The answer of comparing the two entries on top, or None."""
    if not likely(machine.state.stack[-2]) or not likely(machine.state.stack[-1]):
        return None
    first = known(machine, machine.state.stack[-2], instruction, LEFT)
    second = None if first is None else known(machine, machine.state.stack[-1], instruction, RIGHT)
    if second is None:
        return None
    if instruction.arg in ORDER:
        order = machine.emit("read_call", first.node, second.node, attr=("fj_bytes_compare", "i64"), type="i64")
        return v.Num("bool", machine.emit(ORDER[instruction.arg], order, machine.int(0)))
    equal = machine.emit("read_call", first.node, second.node, attr=("fj_bytes_equal", "i1"), type="i1")
    return v.Num("bool", equal if instruction.arg == "==" else machine.emit("ixor", equal, machine.const("i1", True)))


def contains(machine, instruction):
    """i1: whether the object on top of the stack has the byte or the part below it; None for a call-out."""
    part, whole = machine.state.stack[-2:]
    if not likely(whole) or machine.pending or own_home(machine, whole) and not one_of(whole.type, KINDS):
        return None
    found = known(machine, whole, instruction, LEFT)
    sought = number(machine, machine.state.stack[-2])
    if found is None or sought is not None and sought.kind != "int":
        return None
    other = None if sought is not None else known(machine, machine.state.stack[-2], instruction, RIGHT)
    if sought is None and other is None:
        return None
    name, node = ("fj_bytes_has_int", sought.node) if sought is not None else ("fj_bytes_has", other.node)
    answer = machine.emit("read_call", found.node, node, attr=(name, "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "domain")
    return machine.emit("icmp_ne", answer, machine.int(0))


# ---- slices

def sliced(machine, instruction, count):
    """Whether the slice of the entry below its `count` parts on top has been made."""
    value, *parts = machine.state.stack[-1 - count:]
    bounds = bounds_of(machine, parts) if likely(value) and not machine.pending else None
    found = None if bounds is None else known(machine, value, instruction, SLICED)
    if found is None:
        return False
    put_instead(machine, 1 + count, asked(machine, "fj_bytes_slice", found.node, *bounds), found.type, found.example)
    return True


def stored(machine, instruction):
    """Whether bytearray[start:stop] = value, of the four entries on top, has been done."""
    value, container, *parts = machine.state.stack[-4:]
    if machine.pending or not likely(container) or not likely(value) or own_home(machine, container):
        return False
    bounds = bounds_of(machine, parts)
    target = None if bounds is None else known(machine, container, instruction, SLICED, (bytearray,))
    more = None if target is None else known(machine, machine.state.stack[-4], instruction, RIGHT)
    if more is None:
        return False
    machine.guard(machine.emit("write_call", target.node, *bounds[:2], more.node, attr=("fj_bytes_store_slice", "i1"), type="i1"), "store")
    drop(machine, 4)
    return True


__all__ = ["KINDS", "as_object", "binary", "compare", "contains", "item", "known", "likely", "likely_result", "sliced", "store", "stored", "subscript"]
