"""What is known of one code object: its bytecode, its variants, what exits have taught about it."""

import builtins

from framejit.bytecode import decode
from framejit.capture.entry import MISSING
from framejit.capture.hints import Hints
from framejit.capture.region import Region

OPTIMIZED, GENERATORS = 1, 0x20 | 0x80 | 0x200

CALL = -1


class Variant:
    """A compiled region: what the stages made (`compiled`) and the machine's object (`region`).

    `entry` is CALL for a whole function, else the unit of the loop header.
    """

    __slots__ = ("entry", "compiled", "region", "misses")

    def __init__(self, entry, compiled, region):
        self.entry = entry
        self.compiled = compiled
        self.region = region
        self.misses = 0


class Code:
    """Everything about one code object, by entry: CALL or a loop header's unit."""

    def __init__(self, code):
        self.code = code
        self._bytecode = None
        self.hints = {}
        self.variants = {}       # entry -> list of Variant
        self.samples = {}        # loop header -> count; CALL: elsewhere
        self.refused = {}        # entry -> attempts that failed
        self.skipped = False
        self.slot = None
        self.compilations = 0

    @property
    def bytecode(self):
        if self._bytecode is None:
            self._bytecode = decode(self.code)
        return self._bytecode

    def hints_for(self, unit):
        return self.hints.setdefault(unit, Hints())

    def function_spec(self, function, args):
        """A request for the whole function, for arguments like these."""
        bytecode, code = self.bytecode, self.code
        locals = [*args, *[MISSING] * (code.co_nlocals - len(args))]
        space = builtins_of(function.__globals__)

        def make():
            spec = Region(bytecode, code.co_qualname, bytecode.first, locals, [], function.__globals__, space)
            spec.can_return = True
            return spec

        return make

    def loop_spec(self, unit, locals, stack, globals, module):
        """A request for the loops around `unit`, for a frame like this."""
        bytecode, code = self.bytecode, self.code
        extent = outermost(bytecode, unit)
        space = builtins_of(globals)

        def make():
            spec = Region(bytecode, f"{code.co_qualname}@{unit}", unit, list(locals), list(stack), globals, space, module, extent)
            spec.can_return = False
            return spec

        return make

    def learn(self, variant):
        """What the exits of a variant saw; True if something is new."""
        hints = self.hints_for(variant.entry)
        news = False
        for exit, seen in zip(variant.compiled.graph.exits, variant.region.exit_seen):
            if seen is not None and exit.site is not None:
                news |= hints.saw(exit.site, seen)
        return news


def builtins_of(globals):
    space = globals.get("__builtins__", builtins)
    return space if isinstance(space, dict) else vars(space)


def outermost(bytecode, unit):
    """The units of the largest loop that holds `unit`."""
    best = frozenset()
    for units in bytecode.loops.values():
        if unit in units and len(units) > len(best):
            best = units
    return best


def compilable(code):
    """Whether calls of functions with this code can be compiled at all: the name of a break, or None."""
    if code.co_flags & GENERATORS:
        return "generator"
    if code.co_cellvars or code.co_freevars:
        return "closure"
    if not code.co_flags & OPTIMIZED:
        return "unsupported_opcode"
    return None
