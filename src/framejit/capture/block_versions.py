"""Block versions: a bytecode offset and the shape of the state there (Chevalier-Boisvert and Feeley 2015, lazy basic
block versioning).  Where the first iteration of a loop has other types than the rest it is peeled off by itself, where
types meet they are told apart."""

from framejit.capture import forgotten, meeting, state as states, tuples, value_parts, values as v
from framejit.capture.ends import Restart, Unsupported
from framejit.capture.raw_lists import filled
from framejit.capture.world_points import WorldPoints
from framejit.graph.nodes import Node, Terminator

VERSIONS = 4
KINDS = 12              # versions of one place that differ in the kinds of numbers
RESTARTS = 24
MOST_RESTARTS = 100     # for whatever reason
MOST_BLOCKS = 1500
MOST_PARAMETERS = 500   # of a block: values that a loop carries


class Version:
    __slots__ = ("block", "shape", "params", "examples", "headers")

    def __init__(self, block, shape, params, examples):
        self.block = block
        self.shape = shape
        self.params = params
        self.examples = examples    # objects at hand that types of elements are guessed from


class BlockVersions(WorldPoints):
    """Ways from block to block."""

    lost = None             # what `doomed_units` has found
    learned = False         # whether the next attempt begins with other shapes;
    widened = False         # ... some of which have just taken the place of others
    tells_apart = False     # whether versions have been begun for the kinds of a number (capture/several.py)

    def jump(self, unit, state=None):
        self.end("jump", targets=[self.enter(unit, state or self.state)])

    def branch(self, condition, true, false):
        """true, false: (unit, state).  A constant condition takes one side only."""
        if condition.op == "const":
            self.jump(*(true if condition.attr else false))
            return
        self.end("branch", (condition,), [self.enter(*true), self.enter(*false)])

    def enter(self, unit, state):
        """(block, arguments) of the version for this state at `unit`."""
        extent = self.region.extent
        if extent is not None and unit not in extent:
            return self.outside(unit, state)
        if unit in self.doomed_units() and unit != self.region.unit:
            return self.doomed(unit, state)
        states.forget_slots(state, self.live.get(unit, -1))
        self.forget_kinds(state, self.live.get(unit, -1))
        for value in tuples.sharing(state, self.live.get(unit, -1)):
            return self.enter_with_tuple(unit, state, value)
        for place in (state.locals, state.stack, state.names):
            place[:] = [states.lift(value, self.graph) for value in place]
        for value in forgotten.without_place(state):
            return self.enter_with_object(unit, state, value)
        shape, nodes = states.flatten(state, self.live.get(unit, -1))
        context, live = self.context(unit, state), self.live.get(unit, -1)
        versions = self.versions.setdefault((unit, context), [])
        for version in versions:
            if version.shape == shape:
                return version.block, nodes
        if len(versions) == 1 and unit in self.code.loops and self.innermost(unit) and meeting.binds_names(shape, versions[0].shape):
            return self.version(unit, shape, state, context).block, nodes
        self.parts = len(versions) >= 2 or not self.innermost(unit)
        for version in versions:
            converted = meeting.convert_state(state, shape, version.shape, self.parts, live)
            if converted is not None:
                return self.edge(unit, state, shape, version, converted)
        for hint in (*self.hints.shapes.get(unit, ()), *(self.expected(unit, shape) if not versions else ())):
            converted = meeting.convert_state(state, shape, hint, self.parts, live)
            if converted is not None:
                return self.edge(unit, state, shape, self.version(unit, hint, state, context), converted)
        entered = self.enter_wider(unit, state, shape, versions)
        if entered is not None:
            return entered
        for index in meeting.parted_tuples(shape, versions):
            return self.enter_with_tuple(unit, state, state.values()[index])
        if len(versions) >= VERSIONS and not (self.tells_apart and len(versions) < KINDS and meeting.other_kinds(shape, versions)):
            known = self.enter_any(unit, state)
            if known is not None or len(versions) > VERSIONS or not self.apart:
                return known or self.too_many(unit, state)
        return self.version(unit, shape, state, context).block, nodes

    def enter_exactly(self, unit, state):
        """The same of a version of this very shape, for what is known now has to be known there."""
        for place in (state.locals, state.stack, state.names):
            place[:] = [states.lift(value, self.graph) for value in place]
        shape, nodes = states.flatten(state, self.live.get(unit, -1))
        context = self.context(unit, state)
        known = next((version for version in self.versions.get((unit, context), ()) if version.shape == shape), None)
        return (known or self.version(unit, shape, state, context)).block, nodes

    def expected(self, header, shape):
        """The shape that the loop's second round brings, as far as its bytecode tells, or none."""
        code, loop = self.code, self.code.loops.get(header)
        if loop is None:
            return ()
        names, first = code.names_stored_in(header), len(self.state.locals) + len(self.state.stack)
        stored = {first + index for index, cell in enumerate(self.cells) if self.region.cells[cell][2] in names}
        counters = {slot for inner, slot in code.counters.items() if inner in loop}
        found = meeting.expected(shape, stored | code.stored_in(header), counters)
        return () if found == shape else (found,)

    def enter_with_object(self, unit, state, value):
        """The same, on a way where this number gets an object."""
        with tuples.on_the_way(self, unit, state) as between:
            self.share_box(state, value)
        return self.entered_behind(between, unit, state)

    def enter_with_tuple(self, unit, state, value):
        """The same, on a way where this tuple becomes an object."""
        with tuples.on_the_way(self, unit, state) as between:
            if tuples.real(self, value) is None:
                self.end("leave", exit=self.exit("home"))
        return self.entered_behind(between, unit, state)

    def entered_behind(self, between, unit, state):
        """The way that goes through this block first."""
        if between.end is None:
            entered = self.enter(unit, state)
            between.end = Terminator("jump", targets=[entered], line=self.line())
        return between, []

    def forget_kinds(self, state, live):
        """Whether a local that has been told apart, and that nobody reads any more (`live`: a mask), was of a known kind, and is any object from now on."""
        found = [slot for slot in self.apart if state.homed[slot] and not live >> slot & 1
                 and (state.locals[slot].__class__ is v.Num or state.locals[slot].__class__ is v.Obj and state.locals[slot].type is not None)]
        for slot in found:
            state.locals[slot] = v.Obj(None, self.emit("home", attr=slot), "home")
        return bool(found)

    def enter_any(self, unit, state):
        """The same of those that are read; None where that changes nothing."""
        state = state.copy()
        return self.enter(unit, state) if self.forget_kinds(state, 0) else None

    def edge(self, unit, state, shape, version, nodes):
        """(block, arguments) of a way into a version.  Numbers that get objects on the way, lists that are real there and
        options with other numbers do so in a block of its own."""
        given_up = meeting.given_up(state, shape, version.shape)
        parted = {id(value): value for value in meeting.parting(state, shape, version.shape)}
        if not given_up and not parted and None not in nodes:
            return version.block, nodes
        here, self.block = self.block, self.graph.block(unit)
        for value in parted.values():
            self.share_box(state, value)
        if parted or None in nodes:
            nodes = meeting.convert_state(state, shape, version.shape, self.parts, self.live.get(unit, -1), self.emit)
        exit = self.make_exit("memory", state.copy(), unit)
        for raw in given_up:
            self.emit("guard", filled(self, raw.node, raw.kind), exit=exit)
        self.end("jump", targets=[(version.block, nodes)])
        between, self.block = self.block, here
        return between, []

    def too_many(self, unit, state):
        """More shapes than are kept at one place: this one is left to the interpreter."""
        if not self.learned:
            self.tell_no_longer()
        self.breaks.append(("too_many_types", unit, self.line(), ""))
        return self.outside(unit, state, "versions")

    def enter_wider(self, unit, state, shape, versions):
        """Another shape arrives.  Where one shape fits both, the next attempt begins with it, and this one goes on with it in the place of what was there,
        so that it learns all there is to learn."""
        version, joined = self.learn(unit, shape, versions)
        converted = version and meeting.convert_state(state, shape, joined, self.parts, self.live.get(unit, -1))
        if converted is None:
            return None
        wider = self.version(unit, joined, state, self.context(unit, state))
        versions.remove(version)
        self.wider[version.block] = wider.block
        self.widened = True
        return self.edge(unit, state, shape, wider, converted)

    def leave_narrow(self):
        """What only versions lead to whose places others have taken isn't walked, and nothing meets it."""
        self.widened = False
        reached, waiting = set(), [self.graph.blocks[0]]
        while waiting:
            block = waiting.pop()
            while block in self.wider:
                block = self.wider[block]
            if block not in reached:
                reached.add(block)
                waiting += [target for target, _ in block.end.targets] if block.end is not None else ()
        self.work = [version for version in self.work if version.block in reached]
        for versions in self.versions.values():
            versions[:] = [version for version in versions if version.block in reached]

    def learn(self, unit, shape, versions):
        """(a version, the shape that fits its states and this one), if there is news, or (None, None)."""
        if self.hints.restarts >= RESTARTS or self.hints.blocks > MOST_BLOCKS:
            return None, None
        for version in versions:
            joined = meeting.join_shapes(version.shape, shape, self.live.get(unit, -1), self.parts)
            if joined is not None and joined != version.shape and self.hints.is_new(unit, joined):
                known = self.hints.shapes.setdefault(unit, [])
                known[:] = [hint for hint in known if hint != version.shape and hint != joined]
                known.insert(0, joined)
                self.learned = True
                return version, joined
        return None, None

    def context(self, unit, state):
        """The versions of the loop headers around `unit` that this path came through: a peeled iteration has blocks of
        its own, so that every loop of the graph is entered at its header."""
        enclosing = self.enclosing.get(unit)
        if enclosing is None:
            loops = self.code.loops
            enclosing = self.enclosing[unit] = [header for header in loops if header != unit and unit in loops[header]]
        return tuple([(header, state.headers[header]) for header in enclosing if header in state.headers])

    def innermost(self, unit):
        """Whether the smallest loop around `unit` holds no other: two versions of its blocks cost little there."""
        if unit not in self.smallest:
            around = [units for units in self.code.loops.values() if unit in units]
            units = min(around, key=len, default=())
            self.smallest[unit] = sum([header in units for header in self.code.loops]) == 1
        return self.smallest[unit]

    def version(self, unit, shape, state, context):
        versions = self.versions.setdefault((unit, context), [])
        params = [Node("param", (), type) for type in states.types_of(shape)]
        if len(self.graph.blocks) > MOST_BLOCKS or len(params) > MOST_PARAMETERS:
            self.begin_anew()
            raise Unsupported("too_large", unit)
        block = self.graph.block(unit)
        block.header = unit in self.code.loop_headers
        block.params = params
        version = Version(block, shape, params, [value_parts.example_of(value) for value in state.values()])
        version.headers = dict(context)
        if block.header:
            version.headers[unit] = block.id
        versions.append(version)
        self.work.append(version)
        return version

    def outside(self, unit, state, kind="loop done"):
        """The loop is done, or as much of it as is compiled: leave behind it."""
        block = self.graph.block(unit)
        block.end = Terminator("leave", exit=self.make_exit(kind, state, unit), line=0)
        return block, []

    def begin_anew(self):
        """There is too much of something, which the next attempt may have less of."""
        if self.learned:
            self.restart()
        self.tell_no_longer()

    def tell_no_longer(self):
        """Too much comes of telling kinds of numbers apart, if that has been done: the next attempt does without."""
        if self.tells_apart:
            self.hints.tells_apart, self.hints.blocks = False, 0
            self.restart()

    def doomed_units(self):
        """Where every way raises, to no handler that is captured."""
        if self.lost is None:
            self.lost = self.code.doomed if self.routine is not None else self.code.lost(self.region.extent)
        return self.lost

    def doomed(self, unit, state):
        """Whatever follows, an exception is raised in the end: the interpreter makes its message and raises it."""
        block, arguments = self.outside(unit, state, "raise")
        block.end.exit.line = self.code.instructions[self.code.at[unit]].line
        return block, arguments

    def restart(self):
        self.count_restart(len(self.graph.blocks))
        raise Restart

    def count_restart(self, blocks):
        """Something begins anew, behind so many blocks."""
        if self.hints.restarts >= MOST_RESTARTS:
            raise Unsupported("too_large", self.region.unit)
        self.hints.restarts += 1
        self.hints.blocks += blocks
