"""Regions that another process has compiled, made again without capturing anything.

In: a code object, where it is to be entered, the values at hand.  Out: what the machine's region is made of, its machine code, and what
reports and exits ask for (`Remains`), if a process with the same framejit, settings and NumPy has left an image (imaging.py) of the same
code for values of the same kinds, and whatever that refers to is here, too, and the same (references.py).  What can change while a program
runs the machine looks at when the region is entered, as always: an image that doesn't fit is a miss.
"""

import builtins
import sys
import time
from types import FunctionType
from weakref import ref

from framejit import _machine
from framejit.backends.llvm import loading
from framejit.capture.hints import Hints
from framejit.capture.keeping import keeps
from framejit.report import logs
from framejit.report.records import RECORDS
from framejit.runtime import guest, signatures
from framejit.runtime.kept import numpys
from framejit.runtime.references import Stale, found
from framejit.tables import classes
from framejit.tables.classes import lasting_type, name_in, name_of
from framejit.tables.code_levels import recipe
from framejit.tables.settings import QUICK, THOROUGH

ONE_DIGIT = 2**30 - 1           # larger ints are unboxed otherwise
SHOWN = ("graph", "llvm", "asm", "loops")       # logs of what only capturing shows
MOST_ITEMS = 8
FLAGS = 0x80000501      # C order, aligned, writable, warns when written (ndarraytypes.h)
LIBRARY = 0.05      # seconds that loading LLVM takes, about


class Left:
    """An exit: why and where."""

    __slots__ = ("kind", "unit", "line", "site", "code")

    def __init__(self, kind, unit, line, site, code):
        self.kind, self.unit, self.line, self.site = kind, unit, line, site
        self.code = None if code is None else ref(code)


class Remains:
    """What is asked of a region once it is loaded, as of pipeline.Compiled; `ir`: of quick code only."""

    __slots__ = ("name", "types", "cells", "own_exits", "exits", "breaks", "callouts", "ir", "native", "level", "price", "seconds")
    is_to_come = False

    def let_go(self):
        """Once the machine has the region, as pipeline.Compiled."""
        self.native.keep = None
        self.types = {slot: type_ if keeps(type_) else object for slot, type_ in self.types.items()}


def usable(settings, globals):
    """Whether images may be used and made: names are found as everywhere, and nobody wants to see what only capturing shows."""
    space = dict.get(globals, "__builtins__", builtins) if _machine.names_are_text(globals) else None
    return (space is builtins or space is vars(builtins)) and not settings.check and not settings.only and not any([logs.on(kind) for kind in SHOWN])


# ---- keys

def key_of(kept, state, what, entry, values, globals, settings):
    """The key of an image, None where there can't be one; `what`: a call, a loop, or the body of a block; `values`: of locals and stack."""
    try:
        if state.digest is None:
            state.digest = signatures.of_code(state.code)[1]
        kinds = [kind_of(value) for value in values]
    except signatures.Unknown:
        return None
    names = [kind_of(globals[name], False) if name in globals else "" for name in state.code.co_names]
    said = (kinds, names, name_in(globals), settings.deciding(), [recipe(level) for level in (THOROUGH, QUICK)])
    numpy = numpys() if "numpy" in sys.modules else "none"
    return f"{kept.begun()}numpy {numpy}\nimage {what} {entry} {state.digest} {_machine.digest(signatures.packed(said))}\n".encode()


def kind_of(value, deep=True):
    """A text, equal for values for which the same is compiled; at least for most of them."""
    kind = type(value)
    if kind is int:
        return "int" if -ONE_DIGIT <= value <= ONE_DIGIT else "long int"
    if kind is classes.numpys("ndarray"):
        return f"array {value.dtype.str} {value.ndim} {value.flags.num & FLAGS:x}"
    if kind is FunctionType and deep:
        return f"function {signatures.signature(value)[1]}"
    if (kind is list or kind is tuple) and deep:
        items = value[:MOST_ITEMS if kind is tuple else 1]
        return f"{kind.__name__} {len(value) if kind is tuple else ''} {[kind_of(item, False) for item in items]}"
    return name_of(kind) if lasting_type(kind) else f"instance of {name_of(kind)}"


# ---- images

class Refused(Exception):
    """Another process has found that this region isn't worth it, or can't be captured: what capture.ends.Unsupported says."""

    def __init__(self, name, unit, detail, callouts):
        super().__init__(name, unit, detail)
        self.name, self.unit, self.detail, self.callouts = name, unit, detail, callouts


class Slow(Exception):
    """Capturing this region took another process so many seconds, and more: until it has run for long enough it isn't tried."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds


class Image:
    """What a region is to be found by: its key, and the values at hand, of locals and stack."""

    __slots__ = ("key", "values", "globals")

    def __init__(self, key, values, globals):
        self.key, self.values, self.globals = key, values, globals


def opened(wanted, state, kept, allows, levels):
    """(Remains, parts of the machine's region, Hints) of what another process has left; None: nothing that can be used here.  Raises Refused and Slow."""
    name = state.code.co_qualname
    content = kept.read(name, wanted.key, False)
    if content is None:
        return None
    try:
        parts, remains, hints, keys = of_this(content[0], state, wanted, allows)
    except (Stale, ValueError) as problem:
        RECORDS.event("kept_stale", region=name, why=str(problem))
        return None
    return (remains, parts, hints) if load(remains, keys, levels, kept) else None


def of_this(content, state, wanted, allows):
    """(parts of the machine's region, Remains without machine code, Hints, keys of machine code); raises Stale, ValueError, Refused or Slow."""
    image = _machine.unpack(content)
    objects = found(image["rows"], image["relations"], state.code, wanted.globals, wanted.values)
    if "refused" in image:
        RECORDS.event("refusal_found", region=state.code.co_qualname)
        raise Refused(*image["refused"])
    if "slow" in image:
        raise Slow(image["slow"])
    region, (own, exits) = image["region"], image["exits"]
    if image["numpys"]:
        guest.imports("framejit.loops.vector_functions")        # the loader asks it
    for number in region["codes"]:
        if not allows(objects[number]):
            raise Stale("a function that is left to the interpreter")
    if region["internals"] and not all(map(guest.imports("framejit.loops.internals").are_as_made, region["internals"])):
        raise Stale("names in NumPy's own modules")
    parts = parts_of(region, exits, objects)
    remains = Remains()
    remains.name, remains.breaks, remains.callouts, remains.ir = region["name"], image["breaks"], image["callouts"], image["text"]
    remains.types = {slot: object if number is None else objects[number] for slot, number in image["types"].items()}
    remains.cells = [(None, None, name, _machine.MISSING if expected is None else None) for _, _, name, expected in region["cells"]]
    remains.exits = [Left(kind, unit, line, site, None if code is None else objects[code]) for _, _, _, code, _, kind, unit, line, site in exits]
    remains.own_exits = remains.exits[:own]
    remains.seconds = {}
    return parts, remains, learned(image["hints"], objects), image["objects"]


def parts_of(region, exits, objects):
    def at(number):
        return None if number is None else objects[number]

    return {
        **{name: region[name] for name in ("unit", "depth", "framed", "spill", "name", "turns", "loops", "level", "internals")},
        "consts": tuple([objects[number] for number in region["consts"]]),
        "cells": [(objects[space], at(fallback), name, _machine.MISSING if expected is None else objects[expected])
                  for space, fallback, name, expected in region["cells"]],
        "callees": [(objects[function], objects[code], at(defaults), at(kind), tuple([objects[one] for one in taken]))
                    for function, code, defaults, kind, taken in region["callees"]],
        "codes": [objects[code] for code in region["codes"]],
        "classes": [(objects[kind], [fact(objects[kind], *one, objects) for one in facts]) for kind, facts in region["classes"]],
        "exits": [(words, observed, call, at(code), homes) for words, observed, call, code, homes, *_ in exits],
    }


def fact(kind, name, use, after, row, number, whose, objects):
    """What a class has under a name, if it is what it was."""
    wanted = number if whose is None else id(objects[whose])
    behind = None if after is None else objects[after]
    if _machine.attribute(kind, name, use, behind) != (_machine.ATTRIBUTES[row], wanted):
        raise Stale(f"attribute {name}")
    return name, use, behind, row, wanted


def learned(image, objects):
    """What exits had taught."""
    hints = Hints()
    for site, types in image["sites"]:
        hints.sites[site] = [type_ for type_ in [described(*one, objects) for one in types] if type_ is not None]
    hints.lists, hints.form, hints.guesses = image["lists"], image["form"], image["guesses"]
    for units, known in zip(hints.unit_sets(), image["sets"]):
        units.update(known)
    hints.constants = {kind: [objects[number] for number in numbers] for kind, numbers in image["constants"].items()}
    for number, known in image["callees"]:
        if number is not None:
            hints.callees[id(objects[number])] = ref(objects[number]), learned(known, objects)
    return hints


def described(form, *parts):
    *numbers, objects = parts
    if form == "array":
        return None if None in numbers[:2] else (objects[numbers[0]], objects[numbers[1]], *numbers[2:])
    value = None if numbers[0] is None else objects[numbers[0]]
    return ref(value) if form == "class" and value is not None else value


# ---- machine code

def machine_region(code, globals, parts, native):
    """The machine's object for a region."""
    rows, run = internals().needed(parts["internals"]) if parts["internals"] else (0, [])
    return _machine.Region(code, native.address, globals=globals, keep=native.keep, keeps=kept_by_region, **{**parts, "internals": rows}, run=run)


def internals():
    from framejit.loops import internals
    return internals


def kept_by_region(value):
    return value is _machine.MISSING or keeps(value)


def load(remains, keys, levels, kept):
    """Whether there is machine code of this level or a better one."""
    start, level = time.perf_counter(), levels.of(remains.ir)
    for made, key in keys:
        if made < level or made == QUICK and remains.ir is None:
            continue
        code = kept.read(remains.name, key)
        if code is None:
            continue
        try:
            remains.native = loading.load(remains.ir, code[0])
        except ValueError as problem:
            kept.refuse(remains.name, str(problem))
            continue
        remains.level, remains.price = made, code[1] + (0.0 if "llvmlite.binding" in sys.modules else LIBRARY)
        remains.seconds["kept"] = time.perf_counter() - start
        return True
    return False


__all__ = ["Image", "Refused", "Remains", "Slow", "key_of", "machine_region", "opened", "usable"]
