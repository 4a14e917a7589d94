"""The symbolic machine: walks bytecode, block version by block version, and builds the graph."""

from time import thread_time

from framejit.capture import array_stores, catching, elementwise, entry, expressions, inlined, recipes, scalar_rules, state as states, unseen, value_parts
from framejit.capture.block_versions import BlockVersions
from framejit.capture.ends import BlockEnds, NotYet, Unsupported
from framejit.capture.handlers import HANDLERS
from framejit.graph.nodes import Graph
from framejit.tables.classes import one_of
from framejit.tables.operations import OPERATIONS
from framejit.tables.specialised import LONG, OPERATION, PRICES

NUMBERS = (int, float, bool, complex)
MOST_CALLOUTS = 40      # in one region: what has more is a program of calls
MOST_NODES = 16_000
CHANGING = ("write", "world", "call")       # effects of what may not be done twice
LONGEST_BLOCK = 8000    # nodes: LLVM's time goes with the square of a block's length
MOST_STORED = 20_000    # values in the recipes of all exits: LLVM's time goes with them


class Machine(BlockVersions):
    """One attempt at capturing a region.  `region` says what (capture/region.py), `hints` what is known of it."""

    homes = True            # whether locals and stack entries that are objects are kept alive by homes of the frame's
    fastmath = False        # whether sums and products of floats may be computed in another order
    quiet = "fj_dies_quietly"       # which objects a container may let go of
    pending = False         # whether arithmetic on arrays is being collected (capture/elementwise.py)
    fresh = False           # whether it initialises an instance that was just made: its first local
    names_rows = False      # whether rows of arrays that have no object may have names
    comprehends = False     # whether a comprehension is captured whose list is another's (capture/generators.py)
    catches = True          # whether exceptions may be caught unseen
    unseen = False          # whether an exception that doesn't exist is being handled (capture/unseen.py); then
    changed, ways = None, 0  # ... the first change that was made meanwhile, and how many branches there may still be
    built, lent = None, False       # what the next instruction would make, if it has been made; whether what it calls may lend it objects (capture/lending.py)
    routine = None          # what is captured, if it is a routine (capture/routines.py)

    def __init__(self, region, hints, eager=False, graph=None):
        self.region = region
        self.hints = hints
        self.code = region.bytecode
        self.graph = graph or Graph(region.name)
        self.routines = None     # those that it calls, of one attempt
        self.recipes = recipes.Recipes(self.graph)
        self.versions = {}
        self.wider = {}         # block of a version -> that of the one that has taken its place in this attempt
        self.enclosing, self.smallest = {}, {}
        self.parts = True       # whether names that share a number may get an object for it where versions meet
        self.work = []
        self.breaks = []
        self.callouts = []
        self.places = set()     # of the call-outs: more than MOST_CALLOUTS are a program of calls
        self.eager = eager
        self.weight = {"native": 0, "callout": 0}      # instructions, ten times as much for each loop around them
        self.walked = set()     # units of instructions that were captured
        self.teaches = False    # whether a block ends where a type isn't known yet
        self.index = 0
        self.held = None        # the unit that exits go on at, up to the end of what is begun there (capture/generators.py)
        self.deferred = {}       # local whose array hasn't been computed -> what it was before (capture/deferred.py);
        self.stored_at = set()   # ... where they were stored
        self.reduced = []        # ... and terms that were reduced to numbers meanwhile
        self.bodies = []         # functions that are being walked as parts of an expression (capture/inlined.py)
        self.landing = region.unit
        self.types_per_site = 1
        self.nodes = self.stored = 0
        self.live = {}          # unit -> mask of the locals, and above them the names, that may still be read
        self.scalar_rules = scalar_rules
        self.block = self.state = self.instruction = None
        self.secured = {}        # identity of what a container kept -> (it, what it is since it has homes of its own)
        self.made_slices = {}    # identity of a node -> (it, the parts of the slice object that it makes)
        self.undisturbed = []    # conditions that no other thread has run in nests (expressions.alone)
        self.exits = {}
        self.snapshot = self.frame = None      # the state before the instruction, and what an exit makes of it
        self.apart = set()       # locals of which `match` has told what kind they are
        self.cells = []          # numbers of the name cells that are read by type, in the order of state.names

    # ---- the walk

    def run(self):
        self.region.enter(self)
        while self.work:
            deepest = max(self.work, key=lambda version: len(version.headers))        # what loops do, before what follows them
            self.work.remove(deepest)
            self.walk(deepest)
            if self.widened:
                self.leave_narrow()
        if self.learned:
            self.restart()
        return self.graph

    def walk(self, version):
        if self.region.until is not None and thread_time() > self.region.until:
            raise NotYet
        self.block = version.block
        self.state = states.unflatten(version.shape, version.params)
        self.state.headers = version.headers
        for value, example in zip(self.state.values(), version.examples):
            value_parts.remember(value, example)
        code = self.code
        index = code.at[version.block.unit]
        instructions = code.instructions
        first, self.held, self.pending, self.deferred, self.reduced = True, None, False, {}, []
        weight = 0 if code.handles(version.block.unit) else 10 ** len(version.headers)
        try:
            while self.block.end is None:
                instruction, self.index = instructions[index], index
                if self.pending and not elementwise.goes_on(self, instruction):
                    expressions.flush(self, instruction)
                if instruction.part == 0:
                    self.bound(instruction.unit)
                    if not self.pending and self.held is None:
                        self.landing = instruction.unit
                        self.begin(self.state.copy())
                expressions.alone(self)
                if instruction.part == 0:
                    if not first and self.stops_at(instruction.unit):
                        self.instruction = instruction
                        self.jump(instruction.unit)
                        continue
                    self.weight["native"] += weight
                    self.block.weight += 1
                    self.walked.add(instruction.unit)
                self.instruction = instruction
                first = False
                HANDLERS[instruction.op](self, instruction)
                index += 1
        except BlockEnds:
            pass
        expressions.nobody_waits(self)
        self.nodes += len(version.block.nodes)

    def emit(self, op, *args, attr=None, type=None, exit=None):
        if self.held is not None and OPERATIONS[op].effect in CHANGING:
            self.give_up_holding()
        node = super().emit(op, *args, attr=attr, type=type, exit=exit)
        if self.unseen:
            unseen.emitted(self, node, OPERATIONS[op].effect)
        return node

    def jump(self, unit, state=None):
        inlined.must_stay(self)
        if self.unseen:
            unseen.jumped(self, unit, state or self.state)
        else:
            super().jump(unit, state)

    def branch(self, condition, true, false):
        inlined.must_stay(self)
        if self.unseen and condition.op != "const":
            unseen.branched(self, condition, true, false)
        else:
            super().branch(condition, true, false)

    def line(self):
        return self.bodies[0].before.instruction.line if self.bodies else super().line()

    def hints_there(self):
        """Of the code that exits go on in."""
        return self.bodies[0].before.hints if self.bodies else self.hints

    def give_up_holding(self):
        """What was begun can't be done without changing something: the next attempt makes a generator."""
        self.hints.real_generators.add(self.held)
        self.restart()

    def world(self, op, unit, attr, operands=0, kind="poll", observed=None, site=None):
        inlined.must_stay(self)
        if self.held is not None:
            self.give_up_holding()
        return super().world(op, unit, attr, operands, kind, observed, site)

    def guard(self, condition, kind, observed=None, site=None, error=None):
        if site is not None:
            inlined.must_stay(self)
        if condition.op == "const" or observed is not None or not catching.guarded(self, condition, kind, error):
            super().guard(condition, kind, observed, site)

    def catching(self, instruction):
        """The row of the exception table whose handler is captured, or None."""
        return catching.row_of(self, instruction)

    def make_exit(self, kind, snapshot, unit, observed=None, site=None):
        if self.unseen:
            raise unseen.Seen
        return super().make_exit(kind, snapshot, unit, observed, site)

    def stop(self, name, detail=""):
        inlined.must_stay(self)
        if self.unseen:
            raise unseen.Seen
        super().stop(name, detail)

    def leave(self, kind, observed=None, site=None):
        inlined.must_stay(self)
        if self.unseen and (self.changed is not None or kind != "type"):
            raise unseen.Seen
        super().leave(kind, observed, site)

    def enter(self, unit, state):
        if self.unseen:
            raise unseen.Seen
        if self.held is not None:
            self.give_up_holding()
        return super().enter(unit, state)

    def enter_exactly(self, unit, state):
        if self.unseen:
            raise unseen.Seen
        return super().enter_exactly(unit, state)

    def stops_at(self, unit):
        """Whether a block ends in front of this instruction: others lead to it, or what is captured ends there."""
        extent = self.region.extent
        return unit in self.code.stops or extent is not None and unit not in extent

    def begin(self, state):
        """From here on what leaves goes on with this state."""
        inlined.must_stay(self)
        if self.deferred:
            raise RuntimeError("names wait for arrays where something has happened")
        if not self.unseen:
            self.snapshot = state
            self.exits, self.frame = {}, None

    def bound(self, unit):
        """Gives up what would take LLVM more than a second or two."""
        length = len(self.block.nodes)
        if length > LONGEST_BLOCK or self.nodes + length > MOST_NODES or self.stored > MOST_STORED:
            self.begin_anew()
            raise Unsupported("too_large", unit)

    def forget(self):
        """Lets go of the program's objects: they die when the program drops them, not when a cycle of ours is found."""
        self.region.forget()
        self.state = self.snapshot = self.frame = None
        self.versions, self.work, self.exits = {}, [], {}
        self.routines = None

    # ---- what handlers ask

    def following(self):
        """The instruction behind this one, or None."""
        instructions, index = self.code.instructions, self.index + 1
        return instructions[index] if index < len(instructions) else None

    def splits(self, instruction):
        """Whether an instruction's parts go on behind this one: no place for a call-out."""
        following = self.following()
        return instruction.part > 0 or following is not None and following.part > 0

    def arithmetic_type(self, type_):
        return one_of(type_, NUMBERS) or one_of(type_, entry.scalar_types())

    def need_homes(self):
        """Objects are about to be changed: a frame has homes that keep others alive."""

    def quiet_for(self, value):
        """What says which objects a container may let go of when this value takes their place."""
        return self.quiet

    def note_seen(self, value):
        """Something that knows this number by its identity may come to be: of a routine's parameter its callers have to know."""

    def routine_of(self, runs, arguments, fresh, likely):
        return self.routines.of(runs, arguments, fresh, likely)

    def received(self, routine, value):
        """What a routine has given."""
        return value

    def uses_routine(self, routine):
        """A routine is about to be called."""

    def lets_go_of(self, old):
        """A local that is this value is about to be another."""

    def levels(self):
        """How many calls of routines, one in the other, there is room for here."""
        return self.emit("levels")

    # ---- what the region is worth

    consumes = False        # whether it runs a generator expression, or a comprehension that is one

    def hope(self):
        """What lies behind types that aren't known yet may all be native: its weight, if there are loops.  In a loop of which something has been
        walked it is likely to be as native as that."""
        extent = self.region.extent
        loops = self.code.loops_within(extent)
        if not self.teaches or not loops:
            return 0
        native, callout = self.weight["native"], self.weight["callout"]
        share = min(1.0, native / callout) if callout else 1.0
        around = {unit: frozenset([header for header, units in self.code.loops.items() if unit in units and units in loops]) for unit in self.code.at}
        known = {around[unit] for unit in self.walked}
        return int(sum([10 ** len(around[one.unit]) * (share if around[one.unit] in known else 1.0) for one in self.code.instructions
                        if one.part == 0 and one.unit not in self.walked and (not extent or one.unit in extent)]))

    def note_callout(self, instruction, kind):
        self.callouts.append((instruction.at, instruction.line, kind))
        price = LONG if array_stores.is_left(self, instruction.unit) else PRICES.get(kind, OPERATION)
        self.weight["callout"] += 0 if self.code.handles(instruction.unit) else 10 ** len(self.state.headers) * price
        self.places.add(instruction.at)
        if len(self.places) > MOST_CALLOUTS:
            raise self.refusal()

    def found_in_vain(self):
        """A method, or a function of Python's, is called out: that it was found natively has won nothing, and the interpreter needs no new evaluator for it."""
        self.weight["callout"] += 0 if self.code.handles(self.instruction.unit) else 10 ** len(self.state.headers) * OPERATION

    def refusal(self):
        """What says that the region isn't worth its compilation."""
        name, unit, _, detail = self.breaks[0] if self.breaks else ("nothing_to_gain", self.region.unit, 0, "")
        made = Unsupported(name, unit, detail)
        made.callouts = self.callouts
        return made


__all__ = ["Machine"]
