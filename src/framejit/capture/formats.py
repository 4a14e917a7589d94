"""Strings that are made by formats: `text % values` and `text.format(...)` of exact strings and numbers, without a call-out.

    "%d of %s" % (k, name), "{}: {:.2f}".format(name, x)    ->   ext/texts_filled.c, or the interpreter's own functions; numbers get objects for that
    format(x, ".2f"), repr(x)                               ->   as in f-strings

What else is among the values is asked for its own form, which may run the program's code: native code leaves before (ext/texts.c).
"""

from framejit.capture import numbers, tuples, values as v
from framejit.capture.function_table import function
from framejit.capture.list_parts import may_be
from framejit.capture.raw_lists import EXAMPLES
from framejit.capture.texts import BINARY, FORMATTED, OF_NUMBERS, asked, given, may_be_text, put_instead, text
from framejit.tables.classes import one_of

ARGUMENT = 702          # part of a site's key
MOST_ARGUMENTS = 3


def plain(value):
    """Whether nothing says that the value is anything but a string or a number."""
    if value.__class__ is v.Num:
        return value.kind in EXAMPLES
    if value.__class__ is v.Const:
        return one_of(type(value.value), FORMATTED)
    return value.__class__ is v.Obj and (one_of(value.type, FORMATTED) if value.type is not None else value.example is None or one_of(type(value.example), FORMATTED))


def percent(machine, instruction, form, right):
    """A row of texts.BINARY: whether `form` % the entry on top has been done: a string, a number, or a tuple of such."""
    value = right
    if machine.pending or machine.held is not None:
        return False
    if value.__class__ is v.Tup:
        value = tuples.real(machine, value) if all([plain(item) for item in value.items]) else None
    elif value.__class__ is v.Obj and value.type is tuple:
        value = value if may_be(value.example, lambda item: one_of(type(item), FORMATTED)) else None
    elif not plain(value):
        value = None
    new = None if value is None else machine.boxed(value)
    if new is None:
        return False
    put_instead(machine, 2, asked(machine, "fj_text_percent", form, new))
    return True


BINARY["%"] = percent


@function(str.format)
def format_(machine, arguments, instruction):
    form, *values = arguments
    if not may_be_text(form) or not 0 < len(values) <= MOST_ARGUMENTS or not all([plain(value) for value in values]):
        return None
    node = text(machine, form, instruction, ARGUMENT)
    if node is None:
        return None
    made = {}
    nodes = [machine.boxed(value, made) for value in values] + [machine.const("ptr", None)] * (MOST_ARGUMENTS - len(values))
    return given(machine, asked(machine, "fj_text_filled", machine.object(str.format), node, *nodes), str, instruction)


def of_number(machine, value, form, instruction):
    """The text of a number by a specification, or None."""
    found = numbers.number(machine, value) if instruction is not None else None
    if found is None or found.kind not in OF_NUMBERS:
        return None
    return given(machine, asked(machine, OF_NUMBERS[found.kind], found.node, form), str, instruction)


@function(repr)
def repr_(machine, arguments, instruction):
    return of_number(machine, arguments[0], machine.const("ptr", None), instruction) if len(arguments) == 1 else None


@function(format)
def format_of(machine, arguments, instruction):
    if len(arguments) != 2 or not may_be_text(arguments[1]) or numbers.number(machine, arguments[0]) is None:
        return None
    form = text(machine, arguments[1], instruction, ARGUMENT + 1)
    return None if form is None else of_number(machine, arguments[0], form, instruction)


__all__ = ["percent"]
