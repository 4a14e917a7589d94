"""Methods of bytes and bytearrays, and what makes them: rows of functions.FUNCTIONS.

    bytes(n), bytearray(data), data.find(b"x"), b"".join(parts), buffer.append(x)      ->   functions of ext/byte_strings.c, or the methods themselves
"""

from framejit.capture import tuples, values as v
from framejit.capture.byte_strings import KINDS, known, likely
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import counted, function
from framejit.capture.numbers import number
from framejit.capture.list_methods import told
from framejit.capture.raw_lists import realised
from framejit.capture.subscripts import integer_index
from framejit.capture.texts import MADE, asked, given, pointer
from framejit.tables.classes import one_of

ARGUMENT = 702          # parts of sites' keys: arguments, their numbers added
SEQUENCES = (list, tuple)
SELF = "self"           # the type that a method is of

# names of methods -> (types of the arguments, how many there must be, type of what they give)
METHODS = {
    **dict.fromkeys(("upper", "lower", "title", "capitalize", "swapcase"), ((), 0, SELF)),
    **dict.fromkeys(("strip", "lstrip", "rstrip"), ((bytes,), 0, SELF)),
    **dict.fromkeys(("isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "istitle", "isascii"), ((), 0, bool)),
    **dict.fromkeys(("startswith", "endswith"), ((bytes,), 1, bool)),
    **dict.fromkeys(("find", "rfind", "index", "rindex", "count"), ((bytes,), 1, int)),
    **dict.fromkeys(("removeprefix", "removesuffix"), ((bytes,), 1, SELF)),
    **dict.fromkeys(("split", "rsplit"), ((bytes,), 0, list)),
    "replace": ((bytes, bytes), 2, SELF),
    "translate": ((bytes,), 1, SELF),
    "hex": ((), 0, str),
    "decode": ((), 0, str),
}


def method(owner, name):
    """The row of a method."""
    kinds, least, gives = METHODS[name]
    callable, made_of = getattr(owner, name), owner if gives is SELF else gives

    def row(machine, arguments, instruction):
        if not least <= len(arguments) - 1 <= len(kinds) or not all([likely(value) for value in arguments]):
            return None
        found = [known(machine, value, instruction, ARGUMENT + place, KINDS if place else (owner,)) for place, value in enumerate(arguments)]
        if None in found:
            return None
        if made_of in MADE:
            machine.guard(machine.emit("read_call", attr=(MADE[made_of][0], "i1"), type="i1"), "collection")
        nodes = [value.node for value in found] + [machine.const("ptr", None)] * (3 - len(found))
        made = given(machine, asked(machine, "fj_text_made", machine.object(callable), *nodes), made_of, instruction)
        if made_of in MADE:
            made.example = made_of((owner(),))
        elif one_of(made_of, KINDS):
            made.example = made_of()
        return made

    function(callable)(row)


def joining(owner):
    def row(machine, arguments, instruction):
        parts = exactly(machine, arguments[1], (list,), instruction, ARGUMENT + 1) if len(arguments) == 2 and likely(arguments[0]) and arguments[1].__class__ is v.Obj else None
        found = None if parts is None else known(machine, arguments[0], instruction, ARGUMENT, (owner,))
        if found is None:
            return None
        made = given(machine, asked(machine, "fj_bytes_joined", machine.object(owner.join), found.node, parts.node), owner, instruction)
        made.example = owner()
        return made

    function(owner.join)(row)


for owner in KINDS:
    joining(owner)
    for name in METHODS:
        method(owner, name)


# ---- what makes them

def maker(kind):
    """The row of the type itself: of a number of zeros, of bytes, of a list or tuple of ints, or of nothing."""
    def row(machine, arguments, instruction):
        if len(arguments) != 1 or instruction is None:
            return None if arguments or instruction is None else empty(machine, kind, instruction)
        value, found = as_sequence(machine, arguments[0]), number(machine, arguments[0])
        if found is not None and found.kind == "int":
            node = asked(machine, "fj_bytes_zeros", machine.object(kind), found.node)
        elif likely(value) or value.__class__ is v.Const and type(value.value) is tuple:
            value = known(machine, value, instruction, ARGUMENT) if likely(value) else value
            node = None if value is None else asked(machine, "fj_bytes_of", machine.object(kind), pointer(machine, value))
        else:
            value = exactly(machine, value, SEQUENCES, instruction, ARGUMENT) if value.__class__ is v.Obj and (value.type is not None or value.example is not None) else None
            node = None if value is None else asked(machine, "fj_bytes_of", machine.object(kind), value.node)
        return None if node is None else filled(machine, node, kind, instruction)

    function(kind)(row)


def as_sequence(machine, value):
    """A list or a tuple that only native code knows as an object."""
    if value.__class__ is v.Raw:
        return realised(machine, value)
    return tuples.real(machine, value) or v.NULL if value.__class__ is v.Tup else value


def empty(machine, kind, instruction):
    return filled(machine, asked(machine, "fj_bytes_zeros", machine.object(kind), machine.int(0)), kind, instruction)


def filled(machine, node, kind, instruction):
    made = given(machine, node, kind, instruction)
    made.example = kind()
    return made


for kind in KINDS:
    maker(kind)


# ---- what changes bytearrays

def of_array(arguments, count):
    """Whether these are a bytearray and so many arguments behind it."""
    return len(arguments) == 1 + count and arguments[0].__class__ is v.Obj and arguments[0].type is bytearray


@function(bytearray.append)
def append(machine, arguments, instruction):
    found = number(machine, arguments[1]) if of_array(arguments, 1) else None
    if found is None or found.kind != "int":
        return None
    return told(machine, "fj_bytes_append", arguments[0].node, found.node)


@function(bytearray.extend)
def extend(machine, arguments, instruction):
    value = as_sequence(machine, arguments[1]) if of_array(arguments, 1) else v.NULL
    if value.__class__ is not v.Obj and not likely(value):
        return None
    more = known(machine, value, instruction, ARGUMENT + 1) if likely(value) else exactly(machine, value, SEQUENCES, instruction, ARGUMENT + 1)
    return None if more is None else told(machine, "fj_bytes_extend", machine.object(bytearray.extend), arguments[0].node, more.node)


@function(bytearray.pop)
def pop(machine, arguments, instruction):
    index = machine.int(-1) if of_array(arguments, 0) else integer_index(machine, arguments[1]) if of_array(arguments, 1) else None
    if index is None:
        return None
    counted(machine)
    machine.secure()
    node = machine.emit("write_call", arguments[0].node, index, attr=("fj_bytes_pop", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", node, machine.int(0)), "index")
    return v.Num("int", node)


__all__ = ["METHODS"]
