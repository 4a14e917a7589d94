"""What is known of one code object: its variants, what has been sampled, refused and given back."""

import sys
from weakref import ref

from framejit.runtime import guest

OPTIMIZED, CLOSES = 1, 0x10
GENERATOR, COROUTINE, ASYNCHRONOUS_GENERATOR = 0x20, 0x80, 0x200

CALL = -1
COMPILATIONS, EACH = 16, 3      # of one code object, in all its variants, at most; so many for each of its loops, if it has many
EVASIONS = 2        # a loop whose jump was awaited in vain so often is not awaited again,
COMPILED = 20       # but one that is compiled
LONG = 50_000       # iterations of a compiled loop, beside which a turn of the loop around it costs little
TURNS = 200         # turns of that which cost as much as compiling it
INSTRUCTION, FUNCTION = 3e-9, 20        # seconds that an instruction takes the interpreter beyond native code; instructions of a small function
GAINED = 5              # instructions that a call of one without call-outs saves, about, beside what entering it takes
NEVER = float("-inf")
REFUSALS = 3        # attempts at an entry, after which it is given up


class Variant:
    """A compiled region: what the stages made (`compiled`) and the machine's object (`region`).

    `entry` is CALL for a whole function, else the unit of the loop header.
    """

    __slots__ = ("entry", "compiled", "region", "misses", "entries", "vain", "counted", "dtypes", "postponed")

    def __init__(self, entry, compiled, region):
        self.entry = entry
        self.compiled = compiled
        self.region = region
        self.misses = self.entries = 0   # of the region, when a look was led there last
        self.vain = 0            # looks in a row that were led there again, though it had not been entered
        self.dtypes = frozenset()        # what review.foreign_dtypes found among the values at hand
        self.counted = []        # per exit, how often it has been put on record
        self.postponed = False   # exits have seen what it wasn't compiled for; it is entered until there are means to compile it again


class Code:
    """Everything about one code object, by entry: CALL or a loop header's unit."""

    def __init__(self, code, *ending):
        self.reference = ref(code, *ending)     # the program's; what is known of it goes with it
        self.key = id(code)
        self._bytecode = None
        self.digest = None       # of the code, for what is kept on disk
        self.images = set()      # keys of those that have been tried
        self.hints = {}
        self.variants = {}       # entry -> list of Variant
        self.samples = {}        # loop header -> how often it was found running
        self.looks = 0           # how often the code was, wherever
        self.ran = 0.0           # seconds that it is likely to have run for by then
        self.counted = NEVER     # what the program had had when a look was counted last
        self.spent = 0.0         # seconds of compiling it
        self.price = 0.0         # seconds that the last attempt at it took
        self.earned = 0.0        # seconds that regions had saved which are gone
        self.wanted = None       # types of the parameters of a variant that exits have taught something: slot -> type
        self.calls = -1          # of its functions until the last look
        self.brief = False       # whether they were called again and again between looks
        self.found = False       # whether the function was prepared at the last look: the next one says how it is called
        self.counted_calls = False      # whether one has said it
        self.owed = False        # calls asked for a region when that had been too much already
        self.progress = {}       # loop header -> what its own variables were at the last look
        self.variables = {}      # (loop header, header of an inner loop) -> what is stored between them
        self.arriving = {}       # entry -> the variant whose first machine code is being made (runtime/first_code.py)
        self.awaited = None      # loop header whose jump the machine waits for
        self.turns = {}          # loop header -> how often it was left to the interpreter, between long runs of inner ones
        self.evasions = {}       # loop header -> how often it was awaited in vain
        self.entered = {}        # loop header -> how often a look has entered it
        self.entrances = {}      # loop header -> entrances.Judged, or None: there can be none
        self.led = None          # the slot that has them
        self.leading = {}        # functions whose new frames are led there: id -> weak reference
        self.bodies = {}         # first unit of a with statement's body -> its units
        self.places = {}         # (that unit, options) -> blocks.Place
        self.refused = {}        # entry -> attempts that failed
        self.returned = set()    # entries that were given back
        self.outweighed = set()  # loops of these whose call-outs cost more than all else in them won
        self.withdrawn = 0       # variants of the function's calls that were given back
        self.noted = set()       # what has been put on record once and for all
        self.skipped = False
        self.slot = None
        self.compilations = 0
        self.idle = 0            # calls that had nothing to compute with, or weren't like those of the variant that is wanted
        self.functions = {}      # those that are prepared: id -> weak reference
        self.rests = {}          # those that were when framejit was disabled
        self.called_by_block = False    # whether a block has had it prepared
        self.settings = None     # of `jit`, where that was asked for
        self.asked = {}          # the functions that `jit` made: id -> weak reference

    @property
    def code(self):
        """The code object; None: it is gone."""
        return self.reference()

    @property
    def bytecode(self):
        if self._bytecode is None:
            self._bytecode = decoder()(self.code)
        return self._bytecode

    @property
    def coming(self):
        """The variant of its calls whose first machine code is being made, or None."""
        return self.arriving.get(CALL)

    def add_function(self, function):
        """Notes a prepared function."""
        self.functions = with_function(self.functions, function)

    def has_prepared(self, function):
        """Whether this is one of the prepared functions."""
        return id(function) in self.functions and self.functions[id(function)]() is function

    def ask_for(self, function, settings):
        """Notes a function that `jit` made."""
        self.settings = settings
        self.asked = with_function(self.asked, function)

    def is_asked_for(self, function):
        """Whether `jit` made this function: others may share its code."""
        return id(function) in self.asked and self.asked[id(function)]() is function

    def known_functions(self):
        """The prepared functions that still exist."""
        return living(self.functions)

    def fits(self, args):
        """Whether a call's arguments are like those of the variant that is wanted; `object` stands for any."""
        return are_like(self.wanted, args)

    def forget(self):
        """Lets go of what was compiled, and of all that holds an object or a type of the program."""
        self.variants, self.hints, self.progress, self.arriving = {}, {}, {}, {}
        for judged in self.entrances.values():
            if judged is not None:
                judged.close()
        for place in self.places.values():
            place.variants, place.body.variants, place.body.plain = [], (), True

    def has_tried_enough(self):
        """Whether it has been compiled for as many combinations of types as anybody needs: a module may have many loops."""
        return self.compilations > COMPILATIONS and self.compilations > EACH * len(self.bytecode.loops)

    def enterable(self, unit):
        """Whether this entry has not been given up."""
        return unit in self.bytecode.loops and unit not in self.returned and self.refused.get(unit, 0) < REFUSALS

    def extent(self, entry):
        """The units that a region at this entry covers; None: all."""
        return self.bodies.get(entry) or self.bytecode.loops.get(entry)

    def in_block(self, unit):
        """Whether this stands in the block of a `with framejit.jit():` that has been entered."""
        return any([unit in units for units in self.bodies.values()])

    def counts(self, now, seconds):
        """Whether a look counts as one more: those that follow another at once say nothing of how long a loop runs.  `now`: what the
        program has had, without what the looks' own imports have taken."""
        if now - self.counted < seconds:
            return False
        self.counted = now
        return True

    def worth_awaiting(self, header):
        """Whether a loop around the place that was seen may still be compiled."""
        most = COMPILED if self.variants.get(header) else EVASIONS
        return header not in self.refused and header not in self.returned and self.evasions.get(header, 0) < most

    def costs_little(self, header, iterations):
        """Whether the interpreter runs this loop for a moment only, between long runs of the compiled ones inside it; after
        many turns that is dear, too."""
        if iterations < LONG or self.variants.get(header) or not self.compiled_inside(header):
            return False
        self.turns[header] = self.turns.get(header, 0) + 1
        return self.turns[header] <= TURNS

    def compiled_inside(self, header):
        """Whether a loop inside this one is compiled."""
        units = self.bytecode.loops[header]
        return any([variants and entry != header and entry in units for entry, variants in self.variants.items()])

    def hopeless(self, unit):
        """Whether nothing is left to compile: none of the loops around `unit` (below zero: of the code), nor its calls."""
        calls = self.code.co_flags & OPTIMIZED and self.slot is None and CALL not in self.refused
        loops = self.bytecode.loops
        around = [header for header in loops if unit < 0 or unit in loops[header]]
        return not calls and not self.enterable(unit) and not any([self.worth_awaiting(header) for header in around])

    def won(self):
        """About how many seconds of interpreting the regions have saved, those that are gone, too; below zero: call-outs have cost more."""
        return self.earned + sum([earned(variant.region) for variant in self.known_variants()])

    def let_go(self, variant):
        """A variant is withdrawn: what it has won stays won."""
        self.earned += earned(variant.region)

    def known_variants(self):
        """Every variant of every entry."""
        return [variant for variants in self.variants.values() for variant in variants]


def earned(region):
    """About how many seconds of interpreting a region has saved."""
    return INSTRUCTION * (region.won + (0 if region.callouts else region.entries * GAINED))


def are_like(types, values):
    """Whether these locals are like those that something was compiled for, `types`: slot -> type; `object` stands for any."""
    return all([type_ is object or type(values[slot]) is type_ for slot, type_ in types.items() if slot < len(values)])


def living(functions):
    """Those of id -> weak reference that still exist."""
    return [function for function in [other() for other in functions.values()] if function is not None]


def with_function(functions, function):
    """id -> weak reference, with one more, and now and then without the dead.  They have no callbacks, which a tracer would see."""
    count = len(functions)
    if count & (count - 1) == 0:
        functions = {key: other for key, other in functions.items() if other() is not None}
    functions[id(function)] = ref(function)
    return functions


def decoder():
    """`bytecode.decode`, imported when the first code object is decoded."""
    if "framejit.bytecode" not in sys.modules:
        guest.imports("framejit.bytecode", "framejit.bytecode.specialised")       # screen.py asks the latter next
    from framejit.bytecode import decode
    return decode


def compilable(code):
    """Whether calls of functions with this code can be compiled at all: the name of a break, or None."""
    for flag, name in REFUSED_FLAGS:
        if code.co_flags & flag:
            return name
    return None if code.co_flags & OPTIMIZED else "unsupported_opcode"


REFUSED_FLAGS = ((COROUTINE | ASYNCHRONOUS_GENERATOR, "asynchronous"), (GENERATOR, "generator"))
