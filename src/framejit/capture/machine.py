"""The symbolic machine: walks bytecode, block version by block version, and builds the graph.

A block version is a bytecode offset and the shape of the state there (Chevalier-Boisvert and Feeley 2015, lazy
basic block versioning): where the first iteration of a loop has other types than the rest it is peeled off by
itself, where types meet they are told apart.  ORDER EXITS: a node that may leave carries the state before its
instruction; nothing of the instruction may have happened yet.
"""

from framejit.capture import entry, meeting, recipes, scalar_rules, state as states, tuples, values as v
from framejit.capture.forgotten import nameless
from framejit.capture.handlers import HANDLERS
from framejit.capture.raw_lists import facts as raw_facts, filled, realise_all, realised, unslotted
from framejit.capture.machine_values import UNRETAINED, arrays_in, borrowed, is_borrowed, owned, settled
from framejit.graph.nodes import Exit, Graph, Node, Terminator
from framejit.tables.classes import one_of
from framejit.tables.operations import OPERATIONS, evaluate
from framejit.tables.specialised import OPERATION, PRICES
from framejit.tables.types import KINDS

VERSIONS = 4
NUMBERS = (int, float, bool)
RESTARTS = 24
ENOUGH = 1.5             # an attempt has so many times the blocks it had when it first learned something: the next may begin
MOST_CALLOUTS = 40      # in one region: what has more is a program of calls
MOST_BLOCKS = 1500
MOST_NODES = 16_000
LONGEST_BLOCK = 8000    # nodes: LLVM's time goes with the square of a block's length
MOST_PARAMETERS = 500   # of a block: values that a loop carries
MOST_STORED = 20_000    # values in the recipes of all exits: LLVM's time goes with them
NAME_STORES = ("STORE_GLOBAL", "STORE_NAME", "DELETE_GLOBAL", "DELETE_NAME")


class Unsupported(Exception):
    """This region can't be captured: `name` is a row of tables/breaks.py."""

    def __init__(self, name, unit=-1, detail=""):
        super().__init__(name, unit, detail)
        self.name = name
        self.unit = unit
        self.detail = detail


class Restart(Exception):
    """Something was learned that the beginning of the capture must know."""


class BlockEnds(Exception):
    """The current block has its end: the walk goes on with the next block version."""


class Version:
    __slots__ = ("block", "shape", "params", "examples", "headers")

    def __init__(self, block, shape, params, examples):
        self.block = block
        self.shape = shape
        self.params = params
        self.examples = examples    # objects at hand that types of elements are guessed from


class Machine:
    """One attempt at capturing a region.  `region` says what (capture/region.py), `hints` what is known of it."""

    def __init__(self, region, hints, eager=False):
        self.region = region
        self.hints = hints
        self.code = region.bytecode
        self.graph = Graph(region.name)
        self.recipes = recipes.Recipes(self.graph)
        self.versions = {}
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
        self.landing = region.unit
        self.types_per_site = 1
        self.nodes = self.stored = 0
        self.learned = 0         # blocks there were when a shape arrived that the next attempt begins with
        self.live = {}          # unit -> mask of the locals, and above them the names, that may still be read
        self.scalar_rules = scalar_rules
        self.block = self.state = self.instruction = None
        self.exits = {}
        self.snapshot = self.frame = None      # the state before the instruction, and what an exit makes of it
        self.cells = []          # numbers of the name cells that are read by type, in the order of state.names

    # ---- building

    def emit(self, op, *args, attr=None, type=None, exit=None):
        row = OPERATIONS[op]
        if type is None:
            type = row.result
            if type in ("I", "F"):
                type = args[0].type
            elif type == "T2":
                type = args[1].type
            elif type == "attr3":
                type = attr[1]
            elif type == "":
                type = None
        if row.compute is not None and row.effect == "pure" and all([arg.op == "const" for arg in args]):
            return self.fold(row, args, type)
        node = Node(op, args, type, attr, exit, self.line())
        self.block.nodes.append(node)
        if row.effect in ("world", "write"):
            self.graph.framed = True
        return node

    def fold(self, row, args, type):
        return recipes.constant(type, evaluate(row.name, [arg.attr for arg in args], [arg.type for arg in args], type))

    def const(self, type, value):
        return recipes.constant(type, value)

    def int(self, value):
        return recipes.constant("i64", value)

    def object(self, value):
        return Node("object", (), "ptr", self.graph.constant(value))

    def exit(self, kind, observed=None, site=None):
        """The exit of the current instruction for this reason."""
        key = (kind, observed, site)
        found = self.exits.get(key)
        if found is None:
            if self.frame is None:
                self.frame = self.recipes.frame(self.snapshot, self.cells)
            found = self.exits[key] = self.exit_of(self.frame, kind, self.snapshot, self.landing, observed, site)
        return found

    def make_exit(self, kind, snapshot, unit, observed=None, site=None):
        return self.exit_of(self.recipes.frame(snapshot, self.cells), kind, snapshot, unit, observed, site)

    def exit_of(self, frame, kind, snapshot, unit, observed, site):
        """An exit with this frame; its lists are its own."""
        locals, stack, names = frame
        names = [(cell, expression) for cell, expression in zip(self.cells, names) if expression is not None]
        self.stored += len(locals) + len(stack) + len(names)
        return Exit(kind, unit, locals[:], stack[:], names, [], snapshot.iterations, observed, site, self.line())

    def line(self):
        return self.instruction.line if self.instruction else 0

    def after(self, kind, unit, state=None):
        """An exit that goes on at `unit` with the state as it is now."""
        return self.make_exit(kind, (state or self.state).copy(), unit)

    def guard(self, condition, kind, observed=None, site=None):
        if condition.op == "const":
            if condition.attr:
                return
            self.leave(kind, observed, site)
            raise BlockEnds
        self.emit("guard", condition, exit=self.exit(kind, observed, site))

    # ---- objects

    def boxed(self, value, made=None):
        """A new reference to this value as an object, or None where only an exit can build it.

        `made`: what has been built already for the same container (one value is one object)."""
        made = {} if made is None else made
        value = unslotted(self, value)
        if value in made:
            return self.emit("own", made[value], attr=("OBJECT", 0))
        node = None
        if value.__class__ is v.Num:
            kind = KINDS[value.kind]
            args = (value.node,) if value.box is None else (value.node, value.box)
            node = self.emit("own", *args, attr=(kind.word, kind.number))
        elif value.__class__ is v.Const:
            node = self.emit("own", self.object(value.value), attr=("OBJECT", 0))
        elif value.__class__ is v.Tup:
            items = [self.boxed(item, made) for item in value.items]
            node = None if None in items else self.emit("own_tuple", *items)
        elif value.__class__ is v.Raw:
            realised(self, value)
            node = self.emit("own", value.node, attr=("OBJECT", 0))
        elif value.__class__ in (v.Obj, v.Array) and value.node is not None:
            node = self.emit("own", value.node, attr=("OBJECT", 0))
        made[value] = node
        return node

    # ---- identity and ownership

    def secure(self):
        """Before a container changes: what was borrowed from one gets a home of its own; tuples on the stack that have it become objects."""
        state, secured = self.state, {}
        for index, value in enumerate([*state.locals, *state.stack]):
            for leaf, node in borrowed(self, value):
                secured[id(leaf)] = leaf, owned(leaf)
                self.emit("home_set", node, attr=(index, leaf.__class__ is v.Num), exit=self.exit("home"))
        for index, value in enumerate(state.names):
            for leaf, node in borrowed(self, value):
                secured[id(leaf)] = leaf, owned(leaf)
                self.emit("name_set", node, attr=self.cells[index])
        if secured:
            state.change(lambda leaf: secured[id(leaf)][1] if id(leaf) in secured else leaf)
        for entry in [entry for entry in state.stack if entry.__class__ is v.Tup]:
            if any([is_borrowed(leaf) for leaf in v.leaves(entry)]) and tuples.real(self, entry) is None:
                self.stop("unsupported_opcode", "tuple kept")

    def escaped(self, value, node):
        """A number became an object that a container holds: that is its box from now on.  So are the items of a tuple."""
        if value.__class__ is v.Tup and node.op == "own_tuple":
            for item, made in zip(value.items, node.args):
                self.escaped(item, made)
        if value.__class__ is v.Num and value.kind not in states.SINGLETONS:
            self.state.replace(value, v.Num(value.kind, value.node, node, "item"))

    def share_box(self, state, value):
        """Two names share a number and are about to go separate ways: they get one object."""
        kind = KINDS[value.kind]
        value = unslotted(self, value)
        known = () if value.box is None else (value.box,)
        node = self.emit("own", value.node, *known, attr=(kind.word, kind.number))
        boxed = v.Num(value.kind, value.node, node)
        for slot, entry in enumerate([*state.locals, *state.stack]):
            if entry is value:
                self.emit("home_set", node, attr=(slot, False), exit=self.exit("home"))
            elif entry.__class__ is v.Either and value in entry.options:
                is_it = self.emit("icmp_eq", entry.tag, self.int(entry.options.index(value)))
                held = self.emit("select", is_it, node, self.const("ptr", None))
                self.emit("home_set", held, attr=(slot, True), exit=self.exit("home"))
        for index, entry in enumerate(state.names):
            if entry is value:
                self.emit("name_set", node, attr=self.cells[index])
        self.emit("write_call", node, attr=("fj_decref", None))
        state.replace(value, boxed)
        return boxed

    def identified(self, values, instruction):
        """The numbers, one of which is about to be chosen by value: where a name that is still read knows one that has
        no object yet, it gets one, so that the choice is that very object."""
        live = self.live.get(instruction.next, -1)
        found = []
        for value in tuples.apart(self, values, live):
            known = [entry for slot, entry in enumerate(self.state.locals) if live >> slot & 1] + self.state.names
            if nameless(value) and any([entry is value for entry in known]):
                value = self.share_box(self.state, value)
            found.append(value)
        return found

    # ---- world points

    def world(self, op, unit, attr, operands=0, kind="poll"):
        """A poll or a call-out: the frame is written, anything may run, and everything is checked behind it."""
        if kind == "callout":
            tuples.apart(self, self.state.stack[:len(self.state.stack) - operands])
            realise_all(self)
        exit = self.make_exit(kind, self.state.copy(), unit)
        self.retain(exit, operands)
        exit.facts = raw_facts(self) + [("HEADER", node) for node in self.array_headers(operands)] + [("CELL", cell) for cell in self.pinned_cells(kind)]
        self.emit(op, attr=attr, exit=exit)

    def pinned_cells(self, kind):
        """Names whose values are known here must still hold them behind the world point, but for one that is stored by it."""
        stored = self.instruction.arg if kind == "callout" and self.instruction.op in NAME_STORES else None
        return [cell for cell in self.cells if self.region.cells[cell][2] != stored]

    def retain(self, exit, operands):
        """Stack entries below the operands that nobody else keeps alive stay in their homes."""
        stack = self.state.stack
        for depth in range(len(stack) - operands):
            value = stack[depth]
            if not (value.__class__ in UNRETAINED or value in self.state.locals or value in self.state.names):
                exit.stack[depth] = ("RETAIN", exit.stack[depth])

    def array_headers(self, operands):
        """Arrays that are relied on behind a world point; the operands may die in it."""
        found = {}
        state = self.state
        for value in [*state.locals, *state.stack[:len(state.stack) - operands], *state.names]:
            for array in arrays_in(value):
                found[id(array.node)] = array.node
        return found.values()

    def settle(self):
        """Behind a call-out: every home holds its local, every name its value."""
        state = self.state
        for slot, value in enumerate(state.locals):
            if state.homed[slot] or value.__class__ in (v.Unbound, v.Either, v.Const) or value.__class__ is v.Maybe and value.value.__class__ is not v.Num:
                state.homed[slot] = True
                continue
            if value in state.locals[:slot]:
                state.homed[slot] = True
                continue
            self.known_as(value, settled(value, self.emit("home", attr=slot)))
            state.homed[slot] = True
        for depth, value in enumerate(state.stack):
            if is_borrowed(value):
                state.replace(value, owned(value))
        for index, value in enumerate(state.names):
            number = value.value if value.__class__ is v.Maybe else value
            if number.__class__ is v.Num and number.kind not in states.SINGLETONS and not state.clean[index]:
                fresh = v.Num(number.kind, number.node, self.emit("name", attr=self.cells[index]))
                self.known_as(value, v.Maybe(value.flag, fresh) if value.__class__ is v.Maybe else fresh)
        state.clean = [True] * len(state.clean)

    def known_as(self, value, made):
        """The value has this object now, also where tuples on the stack have it as an item."""
        self.state.replace(value, made)
        if tuples.holders(self.state):
            self.state.change(lambda leaf: made if leaf is value else leaf)

    # ---- ending blocks

    def leave(self, kind, observed=None, site=None):
        """The block ends here: the interpreter does this instruction."""
        self.end("leave", exit=self.exit(kind, observed, site))

    def stop(self, name, detail=""):
        """A graph break at this instruction, on the record."""
        self.breaks.append((name, self.instruction.at, self.instruction.line, detail))
        self.leave("break")
        raise BlockEnds

    def end(self, op, args=(), targets=(), exit=None, iterations=None):
        self.block.end = Terminator(op, args, targets, exit, self.line(), iterations)

    def jump(self, unit, state=None):
        self.end("jump", targets=[self.enter(unit, state or self.state)])

    def branch(self, condition, true, false):
        """true, false: (unit, state).  A constant condition takes one side only."""
        if condition.op == "const":
            self.jump(*(true if condition.attr else false))
            return
        self.end("branch", (condition,), [self.enter(*true), self.enter(*false)])

    # ---- block versions

    def enter(self, unit, state):
        """(block, arguments) of the version for this state at `unit`."""
        extent = self.region.extent
        if extent is not None and unit not in extent:
            return self.outside(unit, state)
        states.forget_slots(state, self.live.get(unit, -1))
        for value in tuples.sharing(state, self.live.get(unit, -1)):
            return self.enter_with_tuple(unit, state, value)
        for place in (state.locals, state.stack, state.names):
            place[:] = [states.lift(value, self.graph) for value in place]
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
        self.learn(unit, shape, versions)
        if len(versions) >= VERSIONS:
            return self.too_many(unit, state)
        return self.version(unit, shape, state, context).block, nodes

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

    def enter_with_tuple(self, unit, state, value):
        """The same, on a way where this tuple becomes an object."""
        with tuples.on_the_way(self, unit, state) as between:
            if tuples.real(self, value) is None:
                self.end("leave", exit=self.exit("home"))
        if between.end is None:
            entered = self.enter(unit, state)
            between.end = Terminator("jump", targets=[entered], line=self.line())
        return between, []

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
        if self.learned:
            self.restart()
        self.breaks.append(("too_many_types", unit, self.line(), ""))
        return self.outside(unit, state, "versions")

    def learn(self, unit, shape, versions):
        """Another shape arrives: where one shape fits both, the next attempt begins with it."""
        if self.hints.restarts >= RESTARTS or self.hints.blocks > MOST_BLOCKS:
            return
        for version in versions:
            joined = meeting.join_shapes(version.shape, shape, self.live.get(unit, -1), self.parts)
            if joined is not None and joined != version.shape and self.hints.is_new(unit, joined):
                known = self.hints.shapes.setdefault(unit, [])
                known[:] = [hint for hint in known if hint != version.shape and hint != joined]
                known.insert(0, joined)
                self.learned = self.learned or len(self.graph.blocks)
                return

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
            raise Unsupported("too_large", unit)
        block = self.graph.block(unit)
        block.header = unit in self.code.loop_headers
        block.params = params
        version = Version(block, shape, params, [v.example_of(value) for value in state.values()])
        version.headers = dict(context)
        if block.header:
            version.headers[unit] = len(versions)
        versions.append(version)
        self.work.append(version)
        return version

    def outside(self, unit, state, kind="loop done"):
        """The loop is done, or as much of it as is compiled: leave behind it."""
        block = self.graph.block(unit)
        block.end = Terminator("leave", exit=self.make_exit(kind, state, unit), line=0)
        return block, []

    # ---- the walk

    def run(self):
        self.region.enter(self)
        while self.work:
            version = self.work.pop(0)
            self.walk(version)
            if self.learned and len(self.graph.blocks) > ENOUGH * self.learned:
                break
        if self.learned:
            self.restart()
        return self.graph

    def forget(self):
        """Lets go of the program's objects: they die when the program drops them, not when a cycle of ours is found."""
        self.region.forget()
        self.state = self.snapshot = self.frame = None
        self.versions, self.work, self.exits = {}, [], {}

    def restart(self):
        self.hints.restarts += 1
        self.hints.blocks += len(self.graph.blocks)
        raise Restart

    def walk(self, version):
        self.block = version.block
        self.state = states.unflatten(version.shape, version.params)
        self.state.headers = version.headers
        for value, example in zip(self.state.values(), version.examples):
            v.remember(value, example)
        code = self.code
        index = code.at[version.block.unit]
        instructions = code.instructions
        first = True
        weight = 10 ** len(version.headers)
        try:
            while self.block.end is None:
                instruction = instructions[index]
                if instruction.part == 0:
                    self.landing = instruction.unit
                    self.bound(instruction.unit)
                    self.snapshot = self.state.copy()
                    self.exits, self.frame = {}, None
                    if not first and instruction.unit in code.stops:
                        self.instruction = instruction
                        self.jump(instruction.unit)
                        continue
                    self.weight["native"] += weight
                    self.walked.add(instruction.unit)
                self.instruction = instruction
                first = False
                self.index = index
                HANDLERS[instruction.op](self, instruction)
                index += 1
        except BlockEnds:
            pass
        self.nodes += len(version.block.nodes)

    def bound(self, unit):
        """Gives up what would take LLVM more than a second or two."""
        length = len(self.block.nodes)
        if length > LONGEST_BLOCK or self.nodes + length > MOST_NODES or self.stored > MOST_STORED:
            raise Unsupported("too_large", unit)

    # ---- what handlers ask

    def splits(self, instruction):
        """Whether an instruction's parts go on behind this one: no place for a call-out."""
        following = self.code.instructions[self.index + 1] if self.index + 1 < len(self.code.instructions) else None
        return instruction.part > 0 or following is not None and following.part > 0

    def arithmetic_type(self, type_):
        return one_of(type_, NUMBERS) or one_of(type_, entry.scalar_kinds())

    def hope(self):
        """What lies behind types that aren't known yet may all be native: its weight, if there are loops."""
        extent = self.region.extent
        loops = self.code.loops_within(extent)
        if not self.teaches or not loops:
            return 0
        return sum(10 ** sum(one.unit in units for units in loops) for one in self.code.instructions
                   if one.part == 0 and one.unit not in self.walked and (not extent or one.unit in extent))

    def note_callout(self, instruction, kind):
        self.callouts.append((instruction.at, instruction.line, kind))
        self.weight["callout"] += 10 ** len(self.state.headers) * PRICES.get(kind, OPERATION)
        self.places.add(instruction.at)
        if len(self.places) > MOST_CALLOUTS:
            raise self.refusal()

    def refusal(self):
        """What says that the region isn't worth its compilation."""
        name, unit, _, detail = self.breaks[0] if self.breaks else ("nothing_to_gain", self.region.unit, 0, "")
        made = Unsupported(name, unit, detail)
        made.callouts = self.callouts
        return made

    # ---- the stack

    def push(self, value):
        self.state.stack.append(value)

    def pop(self):
        return self.state.stack.pop()

    def popn(self, count):
        stack = self.state.stack
        if count == 0:
            return []
        values = stack[-count:]
        del stack[-count:]
        return values


__all__ = ["Machine", "Unsupported", "Restart", "BlockEnds"]
