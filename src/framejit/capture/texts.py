"""Strings: what operators, methods and builtins make of exact strings and numbers, without a call-out.

    name.upper(), a + b, s[i], a == b, int(s)   ->   functions of ext/texts.c, where the types are as seen

None of them runs the program's code or changes anything: where the interpreter would raise, native code leaves before the instruction.
"""

from framejit.capture import catching, value_parts, values as v
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import counted, function
from framejit.capture.handlers.stack import own_home, stack_slot
from framejit.capture.handlers.subscripting import drop
from framejit.capture.numbers import number
from framejit.capture.subscripts import integer_index, wrapped_index

TEXT = (str,)
FORMATTED = (str, int, float, bool)
ARGUMENT = 702          # parts of sites' keys: arguments, their numbers added
LONGEST = 2**63 - 1
OF_NUMBERS = {"int": "fj_text_of_int", "float": "fj_text_of_float", "bool": "fj_text_of_bool"}
ORDER = {"<": "icmp_slt", "<=": "icmp_sle", ">": "icmp_sgt", ">=": "icmp_sge"}


def text(machine, value, instruction, place):
    """The node of an exact string, or None."""
    found = exactly(machine, value, TEXT, instruction, place)
    return None if found is None else pointer(machine, found)


def pointer(machine, value):
    return machine.object(value.value) if value.__class__ is v.Const else value.node


def asked(machine, name, *nodes):
    """A new object, or NULL, which leaves: nothing has happened."""
    nothing = machine.const("ptr", None)
    counted(machine)
    node = machine.emit("write_call", *nodes, attr=(name, "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, nothing), "domain")
    return node


def kept(machine, node, kind, depth):
    """The new object as a value, kept by the home of the stack entry at this depth."""
    machine.emit("home_take", node, attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))
    if kind is bool:
        return v.Num("bool", machine.emit("icmp_eq", node, machine.object(True)))
    if kind is int:
        return v.Num("int", machine.emit("unbox_int", node, attr=None, exit=machine.exit("overflow")), node)
    return v.Num("float", machine.emit("field", node, attr="float_value", type="f64"), node) if kind is float else v.Obj(kind, node)


def put_instead(machine, count, node, kind=str, example=None):
    """The new object takes the place of the operands, of which some may end with it."""
    base = len(machine.state.stack) - count
    machine.secure()
    made = kept(machine, node, kind, base)
    made.example = example
    drop(machine, max(count - 1, 0))
    machine.popn(min(count, 1))
    machine.push(made)


# ---- operators

def binary(machine, instruction, slot):
    """Whether the operator on the two entries on top has been done; `slot`: of the local that the left one is and the result will be, or below zero."""
    symbol, _ = instruction.arg
    left, right = machine.state.stack[-2:]
    row = BINARY.get(symbol)
    first = None if row is None or not may_be_text(left) else text(machine, left, instruction, 8)
    if first is not None and slot >= 0:
        return grown(machine, instruction, slot, first)
    return first is not None and row(machine, instruction, first, right)


def grown(machine, instruction, slot, left):
    """Whether the local's string has grown by the one on top: in place, where nobody else has it, as the interpreter does it."""
    stack = machine.state.stack
    right = text(machine, stack[-1], instruction, 9) if may_be_text(stack[-1]) else None
    known = machine.state.locals[slot]
    if right is None or any([leaf is known for entry in stack[:-2] for leaf in value_parts.leaves(entry)]):
        return False
    machine.secure()
    counted(machine)
    node = machine.emit("home_append", left, right, attr=(slot,), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "memory")
    machine.state.locals[slot], machine.state.homed[slot] = v.Obj(str, node), machine.homes
    drop(machine, 1)
    machine.popn(1)
    machine.push(machine.state.locals[slot])        # which STORE_FAST finds there
    return True


def added(machine, instruction, left, right):
    right = text(machine, right, instruction, 9) if may_be_text(right) else None
    if right is None:
        return False
    put_instead(machine, 2, asked(machine, "fj_text_sum", left, right))
    return True


def repeated(machine, instruction, left, right):
    count = number(machine, right)
    if count is None or count.kind != "int":
        return False
    put_instead(machine, 2, asked(machine, "fj_text_repeated", left, count.node))
    return True


BINARY = {"+": added, "*": repeated}       # formats.py adds a row


def may_be_text(value):
    """Whether the value is a string, or an object that is likely to be one: an operator's operands may be anything else."""
    return value.__class__ is v.Const and type(value.value) is str or value.__class__ is v.Obj and (value.type is str or value.type is None and type(value.example) is str)


def compare(machine, instruction):
    """The answer of comparing the two entries on top, or None."""
    left, right = machine.state.stack[-2:]
    if not may_be_text(left) and not may_be_text(right) or not likely_text(left) or not likely_text(right):
        return None
    first = text(machine, left, instruction, 8)
    second = None if first is None else text(machine, machine.state.stack[-1], instruction, 9)
    if second is None:
        return None
    if instruction.arg in ORDER:
        order = machine.emit("read_call", first, second, attr=("fj_text_compare", "i64"), type="i64")
        return v.Num("bool", machine.emit(ORDER[instruction.arg], order, machine.int(0)))
    equal = machine.emit("read_call", first, second, attr=("fj_text_equal", "i1"), type="i1")
    return v.Num("bool", equal if instruction.arg == "==" else machine.emit("ixor", equal, machine.const("i1", True)))


def likely_text(value):
    """Whether nothing says that the value is no string."""
    return may_be_text(value) or value.__class__ is v.Obj and value.type is None and value.example is None


def subscript(machine, container, key, instruction):
    """A row of subscripting.SUBSCRIPTS: a character, which the home of the container's slot keeps."""
    index = integer_index(machine, key)
    if index is None:
        return None
    size = machine.emit("field", container.node, attr="var_size", type="i64")
    node = asked(machine, "fj_text_item", container.node, wrapped_index(machine, index, size))
    machine.secure()
    return kept(machine, node, str, len(machine.state.stack) - 2)


def sliced(machine, instruction):
    """Whether text[start:stop], of the three entries on top, has been made."""
    value, *bounds = machine.state.stack[-3:]
    ends = [end(machine, bound, other) for bound, other in zip(bounds, (0, LONGEST))] if may_be_text(value) and not machine.pending else [None]
    node = None if None in ends else text(machine, value, instruction, 62)
    if node is None:
        return False
    put_instead(machine, 3, asked(machine, "fj_text_slice", node, *ends))
    return True


def end(machine, bound, other):
    """The node of a slice's bound, or None."""
    return machine.int(other) if bound.__class__ is v.Const and bound.value is None else integer_index(machine, bound)


def contains(machine, instruction):
    """i1: whether the entry below is part of the string on top; None for a call-out."""
    part, whole = machine.state.stack[-2:]
    if not may_be_text(whole) or own_home(machine, whole) and whole.type is not str:
        return None
    nodes = text(machine, whole, instruction, 60), text(machine, part, instruction, 9)
    if None in nodes:
        return None
    answer = machine.emit("read_call", *nodes, attr=("fj_text_has", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "domain")
    return machine.emit("icmp_ne", answer, machine.int(0))


# ---- builtins and methods: rows of functions.FUNCTIONS, whose results the home of the call's first slot keeps

def given(machine, node, kind, instruction):
    machine.secure()
    return kept(machine, node, kind, len(machine.state.stack) - instruction.arg[0] - 2)


@function(str)
def to_text(machine, arguments, instruction):
    if len(arguments) != 1 or instruction is None:
        return None
    found = number(machine, arguments[0])
    if found is not None and found.kind in OF_NUMBERS:
        return given(machine, asked(machine, OF_NUMBERS[found.kind], found.node, machine.const("ptr", None)), str, instruction)
    return None


@function(ord)
def ordinal(machine, arguments, instruction):
    node = text(machine, arguments[0], instruction, ARGUMENT) if len(arguments) == 1 and may_be_text(arguments[0]) else None
    if node is None:
        return None
    answer = machine.emit("read_call", node, attr=("fj_text_ord", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "domain")
    return v.Num("int", answer)


@function(chr)
def character(machine, arguments, instruction):
    found = number(machine, arguments[0]) if len(arguments) == 1 else None
    if found is None or found.kind != "int":
        return None
    return given(machine, asked(machine, "fj_text_of_ordinal", found.node), str, instruction)


# kind of number -> (what reads it, the answer for what is none or isn't known, whether it isn't that)
READ = {int: ("fj_int_of_text", "i64", -2**63, "icmp_ne"), float: ("fj_float_of_text", "f64", float.fromhex("-0x1.7f1a6019b3c5dp-1017"), "fcmp_une")}


def number_of_text(machine, kind, arguments, instruction):
    """int(text) or float(text), or None."""
    node = text(machine, arguments[0], instruction, ARGUMENT) if len(arguments) == 1 and may_be_text(arguments[0]) and instruction is not None else None
    if node is None:
        return None
    if catching.row_of(machine, instruction):
        machine.guard(machine.emit("read_call", node, machine.int(int(kind is int)), attr=("fj_text_may_be_number", "i1"), type="i1"), "domain", error=ValueError)
    name, type_, none, differs = READ[kind]
    counted(machine)
    made = machine.emit("read_call", node, attr=(name, type_), type=type_)
    machine.guard(machine.emit(differs, made, machine.const(type_, none)), "domain")
    return v.Num(kind.__name__, made)


MADE = {list: ("fj_can_make_list",), tuple: ("fj_can_make_tuple", 3)}       # what asks whether one can be made, and of which size

# names of methods -> (types of the arguments, how many there must be, type of what they give)
METHODS = {
    **dict.fromkeys(("upper", "lower", "title", "capitalize", "swapcase", "casefold"), ((), 0, str)),
    **dict.fromkeys(("strip", "lstrip", "rstrip"), ((str,), 0, str)),
    **dict.fromkeys(("isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "isdecimal", "isnumeric", "istitle", "isascii", "isidentifier", "isprintable"), ((), 0, bool)),
    **dict.fromkeys(("startswith", "endswith"), ((str,), 1, bool)),
    **dict.fromkeys(("find", "rfind", "index", "rindex", "count"), ((str,), 1, int)),
    **dict.fromkeys(("removeprefix", "removesuffix"), ((str,), 1, str)),
    **dict.fromkeys(("zfill",), ((int,), 1, str)),
    **dict.fromkeys(("ljust", "rjust", "center"), ((int, str), 1, str)),
    **dict.fromkeys(("split", "rsplit"), ((str,), 0, list)),
    **dict.fromkeys(("partition", "rpartition"), ((str,), 1, tuple)),
    "splitlines": ((), 0, list),
    "replace": ((str, str), 2, str),
    "join": ((list,), 1, str),
}


def method(name):
    """The row of a method of strings."""
    kinds, least, gives = METHODS[name]
    callable = getattr(str, name)

    def row(machine, arguments, instruction):
        if not least <= len(arguments) - 1 <= len(kinds):
            return None
        nodes = [argument(machine, value, kind, instruction, place) for place, (value, kind) in enumerate(zip(arguments, (str, *kinds)))]
        if None in nodes:
            return None
        if gives in MADE:
            sizes = [machine.int(size) for size in MADE[gives][1:]]
            machine.guard(machine.emit("read_call", *sizes, attr=(MADE[gives][0], "i1"), type="i1"), "collection")
        nodes += [machine.const("ptr", None)] * (3 - len(nodes))
        made = given(machine, asked(machine, "fj_text_made", machine.object(callable), *nodes), gives, instruction)
        if gives in MADE:
            made.example = gives(("",))
        return made

    function(callable)(row)


def argument(machine, value, kind, instruction, place):
    """The node of an argument of exactly this type; ints are constants."""
    if kind is int and value.__class__ is not v.Const:
        return None
    found = exactly(machine, value, (kind,), instruction, ARGUMENT + place)
    return None if found is None else pointer(machine, found)


for name in METHODS:
    method(name)

__all__ = ["METHODS", "binary", "compare", "contains", "number_of_text", "sliced", "subscript"]
