"""Compiled regions as plain values that another process can make regions of, without capturing anything (images.py reads them).

In: what the pipeline made, before it lets go of the program's objects.  Out: bytes, or None where the region refers to something that another
process couldn't find.
"""

from types import FunctionType
from weakref import ref

from framejit import _machine
from framejit.report.records import RECORDS
from framejit.runtime.kept import NUMPYS
from framejit.runtime.references import Writer, found
from framejit.runtime.signatures import Unknown
from framejit.tables.classes import name_of
from framejit.tables.code_levels import recipe
from framejit.tables.settings import QUICK, THOROUGH

DEEPEST = 3         # calls
PLACES = ("value", "slot", "nothing", "item", "tuple's", "raised", "dict's", "list's", "object's", "keyed")        # rows of _machine.ATTRIBUTES whose number isn't an object's id


def image(state, compiled, parts, wanted, hints, kept):
    """The image of a region as bytes; None: there is none.  `parts`: what the machine's region is made of; `wanted`: images.Image."""
    values, globals = wanted.values, wanted.globals
    writer = Writer(state.code, globals, values, parts["cells"])
    try:
        made = {"region": region(parts, writer), "exits": exits(compiled, parts, writer), "hints": hinted(hints, writer)}
        said = {"types": {slot: numbered(type_, writer) for slot, type_ in compiled.types.items()}, "breaks": compiled.breaks, "callouts": compiled.callouts}
        checked(writer, state.code, globals, values)
        quick = compiled.level == QUICK
        return _machine.pack({**made, **said, "rows": writer.rows, "relations": writer.relations, "text": compiled.ir if quick else None, "numpys": any([name in compiled.ir for name in NUMPYS]),
                              "objects": [(level, kept.key(compiled.ir, recipe(level))) for level in (THOROUGH, QUICK)]})
    except (Unknown, TypeError) as problem:
        RECORDS.event("capture_refused", region=compiled.name, why=str(problem))
        return None


def refusal(state, error, wanted):
    """That a region was refused, as bytes; what the code names is part of it, and what that names."""
    callouts = [(unit, line, str(kind)) for unit, line, kind in getattr(error, "callouts", ())]
    return of_code(state, wanted, {"refused": (error.name, error.unit, str(error.detail), callouts)})


def slow(state, seconds, wanted):
    """The same of one whose capture was given up after so many seconds."""
    return of_code(state, wanted, {"slow": seconds})


def of_code(state, wanted, said):
    writer = Writer(state.code, wanted.globals, wanted.values, [])
    named(writer, state.code, wanted.globals, DEEPEST)
    return _machine.pack({**said, "rows": writer.rows, "relations": writer.relations})


def named(writer, code, globals, depth):
    """Functions that a code object may call, and theirs: with other ones it may be worth it."""
    for name in code.co_names:
        value = globals.get(name)
        if type(value) is FunctionType:
            writer.note(value, "named", globals, name)
            if numbered(value, writer) is not None and depth:
                named(writer, _machine.original_code(value.__code__), value.__globals__, depth - 1)


def checked(writer, code, globals, values):
    """Each row leads to what it was made for."""
    objects = found(writer.rows, writer.relations, code, globals, values)
    for value in writer.held:
        number = writer.numbers.get(id(value))
        if number is not None and objects[number] is not value and not (number >= 0 and writer.rows[number][0] == "value"):
            raise Unknown(f"{name_of(type(value))} at another place")


def numbered(value, writer):
    """The row of an object that only reports and hints name, or None."""
    try:
        return writer.number(value)
    except Unknown:
        return None


def region(parts, writer):
    number, absent = writer.number, _machine.MISSING
    fallible = lambda value: None if value is None else number(value)       # noqa: E731
    return {
        **{name: parts[name] for name in ("unit", "depth", "framed", "spill", "name", "turns", "loops", "level", "internals")},
        "consts": [number(value) for value in parts["consts"]],
        "cells": [(number(space), fallible(fallback), name, None if expected is absent else number(expected))
                  for space, fallback, name, expected in parts["cells"]],
        "callees": [(number(function), number(code), fallible(defaults), fallible(kind), [number(one) for one in taken])
                    for function, code, defaults, kind, taken in parts["callees"]],
        "codes": [number(code) for code in parts["codes"]],
        "classes": [(number(kind), [fact(kind, *one, writer) for one in facts]) for kind, facts in parts["classes"]],
    }


def fact(kind, name, use, after, row, word, writer):
    """(name, use, row of the class behind which it is looked for, row of _machine.ATTRIBUTES, number, row of the object that has it for its id)."""
    whose = None if _machine.ATTRIBUTES[row] in PLACES else writer.number(writer.known(word))
    return name, use, None if after is None else writer.number(after), row, word if whose is None else 0, whose


def exits(compiled, parts, writer):
    rows = []
    for exit, (words, observed, call, code, homes) in zip(compiled.exits, parts["exits"]):
        rows.append((_machine.packed_words(words), observed, call, None if code is None else writer.number(code), homes, exit.kind, exit.unit, exit.line, exit.site))
    return len(compiled.own_exits), rows


# ---- what exits have taught

def hinted(hints, writer):
    callees = [(other(), known) for other, known in hints.callees.values()]
    return {
        "sites": [(site, [described(type_, writer) for type_ in types]) for site, types in hints.sites.items()],
        "lists": hints.lists, "sets": [sorted(units, key=repr) for units in hints.unit_sets()], "form": hints.form, "guesses": hints.guesses,
        "constants": {kind: [writer.number(value) for value in values] for kind, values in hints.constants.items()},
        "callees": [(numbered(code, writer), hinted(known, writer)) for code, known in callees if code is not None],
    }


def described(type_, writer):
    """A type that a site has shown: plainly, by reference, or with what is known of an array."""
    if type_.__class__ is ref:
        return "class", numbered(type_(), writer)
    if type_.__class__ is tuple:
        return "array", *[numbered(part, writer) for part in type_[:2]], *type_[2:]
    return "type", numbered(type_, writer)


__all__ = ["image", "refusal", "slow"]
