"""Units of instructions by name, and recipes in words."""

import dis
import sys

from framejit.tables.callouts import CODE as ROW
from framejit.tables.recipes import CODE as WORD

NULL_ABOVE = sys.version_info >= (3, 13)


def units(code, name):
    """Units where instructions whose name starts so begin, EXTENDED_ARG left out."""
    return [item.offset // 2 for item in dis.get_instructions(code) if item.opname.startswith(name)]


def behind(code, unit):
    """Unit of the instruction behind the one at `unit`."""
    return min(item.offset // 2 for item in dis.get_instructions(code) if item.offset // 2 > unit)


def first(code):
    """Unit behind RESUME."""
    return behind(code, units(code, "RESUME")[0])


def landing(code, unit):
    """Where an exit for the call at `unit` lands: its PRECALL and KW_NAMES, if it has them."""
    before = [item for item in dis.get_instructions(code) if item.offset // 2 < unit]
    while before and before[-1].opname in ("PRECALL", "KW_NAMES", "EXTENDED_ARG"):
        unit = before.pop().offset // 2
    return unit


def recipe(unit, locals_=(), stack=(), names=(), facts=()):
    """Flat words from (slot, expression) pairs and expressions like ("INT", 3) or ("TUPLE", 2, ("KEEP",), ...)."""
    words = [unit, len(locals_)]
    for slot, expression in locals_:
        words += [slot, *flat(expression)]
    words.append(len(stack))
    for expression in stack:
        words += flat(expression)
    words.append(len(names))
    for cell, expression in names:
        words += [cell, *flat(expression)]
    words.append(len(facts))
    for fact in facts:
        words += fact
    return words


def flat(expression):
    name, *operands = expression
    words = [WORD[name]]
    for operand in operands:
        words += flat(operand) if isinstance(operand, tuple) else [operand]
    return words
