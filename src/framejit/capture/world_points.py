"""Who owns the objects that values were read from, and what world points (polls and call-outs) do to them."""

import functools

from framejit.capture import rows, state as states, tuples, value_parts, values as v
from framejit.capture.building import Builder
from framejit.capture.forgotten import nameless
from framejit.capture.machine_values import UNRETAINED, arrays_in, borrowed, is_borrowed, owned, settled
from framejit.capture.raw_lists import facts as raw_facts, realise_all, unslotted
from framejit.tables.operations import RELEASING
from framejit.tables.types import KINDS

NAME_STORES = ("STORE_GLOBAL", "STORE_NAME", "DELETE_GLOBAL", "DELETE_NAME")


class WorldPoints(Builder):
    """Identity and ownership: before a container changes, where numbers get objects, where anything may run."""

    # ---- identity and ownership

    def emit(self, op, *args, attr=None, type=None, exit=None):
        if op in RELEASING and self.routine is None:
            pending, self.pending = self.pending, False
            self.secure_borrowed()
            self.pending = pending
        return super().emit(op, *args, attr=attr, type=type, exit=exit)

    def secure(self):
        """Before a container changes: what was borrowed from one gets a home of its own; tuples on the stack that have it become objects."""
        self.secure_values()
        for entry in [entry for entry in self.state.stack if entry.__class__ is v.Tup]:
            if any([is_borrowed(leaf) for leaf in value_parts.leaves(entry)]) and tuples.real(self, entry) is None:
                self.stop("unsupported_opcode", "tuple kept")

    def secure_values(self):
        """The same but for tuples."""
        rows.all_real(self)
        self.secure_borrowed()

    def secure_borrowed(self):
        """The same but for rows, whose arrays have homes: before something lets other threads run, which may change the container."""
        state, secured = self.state, {}
        for index, value in enumerate([*state.locals, *state.stack]):
            for leaf, node in borrowed(self, value):
                secured[id(leaf)] = leaf, owned(leaf)
                self.emit("home_set", node, attr=(index, leaf.__class__ is v.Num), exit=self.exit("home"))
        for index, value in enumerate(state.names):
            for leaf, node in borrowed(self, value):
                secured[id(leaf)] = leaf, owned(leaf)
                self.set_name(index, node)
        if secured:
            state.change(lambda leaf: secured[id(leaf)][1] if id(leaf) in secured else leaf)
            self.secured.update(secured)

    def escaped(self, value, node):
        """A number became an object that a container holds: that is its box from now on, also where it has been secured since it was looked up.
        So are the items of a tuple."""
        if value.__class__ is v.Tup and node.op == "own_tuple":
            for item, made in zip(value.items, node.args):
                self.escaped(item, made)
        if value.__class__ is v.Num and value.kind not in states.SINGLETONS:
            made = v.Num(value.kind, value.node, node, "item")
            self.state.replace(value, made)
            self.state.replace(self.secured.get(id(value), (value, value))[1], made)

    def set_name(self, index, node):
        """The name's object from now on."""
        self.emit("name_set", node, attr=self.cells[index])

    def share_box(self, state, value):
        """Two names share a number and are about to go separate ways: they get one object."""
        kind = KINDS[value.kind]
        value = unslotted(self, value)
        known = () if value.box is None else (self.living(state, value),)
        node = self.emit("own", value.node, *known, attr=(kind.word, kind.number))
        boxed = v.Num(value.kind, value.node, node)
        for slot, entry in enumerate([*state.locals, *state.stack]):
            if entry is value:
                self.emit("home_set", node, attr=(slot, False), exit=self.exit("home"))
            elif entry.__class__ is v.Either and value in entry.options:
                is_it = self.is_one_of(entry, value)
                held = self.emit("select", is_it, node, self.const("ptr", None))
                self.emit("home_set", held, attr=(slot, True), exit=self.exit("home"))
        for index, entry in enumerate(state.names):
            if entry is value:
                self.set_name(index, node)
        self.emit("write_call", node, attr=("fj_decref", None))
        state.replace(value, boxed)
        return boxed

    def is_one_of(self, entry, value):
        """i1: whether an Either is this option of its own, which may be several of them."""
        found = [self.emit("icmp_eq", entry.tag, self.int(number)) for number, option in enumerate(entry.options) if option is value]
        return functools.reduce(lambda one, other: self.emit("ior", one, other), found)

    def living(self, state, value):
        """The number's object; None where no local is this number: it may be gone."""
        if any([entry is value for entry in state.values()]):
            return value.box
        eithers = {id(entry): entry for entry in state.values() if entry.__class__ is v.Either and value in entry.options}
        told = [self.is_one_of(entry, value) for entry in eithers.values()]
        for other in told[1:]:
            told[0] = self.emit("ior", told[0], other)
        return self.emit("select", told[0], value.box, self.const("ptr", None)) if told else value.box

    def identified(self, values, instruction):
        """The numbers, one of which is about to be chosen by value: where a name that is still read knows one that has
        no object yet, it gets one, so that the choice is that very object."""
        live = self.live.get(instruction.next, -1)
        values = tuples.apart(self, values, live)
        places = self.state.places(values)
        for place, value in zip(places, values):
            value, = self.state.at([place], [value])
            known = [entry for slot, entry in enumerate(self.state.locals) if live >> slot & 1] + self.state.names
            if nameless(value) and any([entry is value for entry in known]):
                self.share_box(self.state, value)
        return self.state.at(places, values)

    # ---- world points

    def world(self, op, unit, attr, operands=0, kind="poll", observed=None, site=None):
        """A poll or a call-out: the frame is written, anything may run, and everything is checked behind it."""
        if kind == "callout":
            tuples.apart(self, self.state.stack[:len(self.state.stack) - operands])
            realise_all(self)
        exit = self.make_exit(kind, self.state.copy(), unit, observed, site)
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
            for array in () if value.__class__ is v.Array and value.node is None else arrays_in(value):
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
        count = len(state.locals)
        for depth, value in enumerate(state.stack):
            if value.__class__ is v.Array and value.node is None:
                state.replace(value, v.Obj(None, self.emit("home", attr=count + depth)))     # the call-out has made the view
        for value in list(state.stack):
            if is_borrowed(value):
                state.replace(value, owned(value))
        self.kept_by_tuples()
        for index, value in enumerate(state.names):
            number = value.value if value.__class__ is v.Maybe else value
            if number.__class__ is v.Num and number.kind not in states.SINGLETONS and not state.clean[index]:
                fresh = v.Num(number.kind, number.node, self.emit("name", attr=self.cells[index]))
                self.known_as(value, v.Maybe(value.flag, fresh) if value.__class__ is v.Maybe else fresh)
        state.clean = [True] * len(state.clean)

    def kept_by_tuples(self):
        """What the tuples on the stack had from containers is kept by their objects now, which the call-out has made."""
        leaves = {id(leaf): owned(leaf) for entry in self.state.stack if entry.__class__ is v.Tup for leaf in value_parts.leaves(entry) if is_borrowed(leaf)}
        if leaves:
            self.state.change(lambda leaf: leaves.get(id(leaf), leaf))

    def known_as(self, value, made):
        """The value has this object now, also where tuples on the stack have it as an item."""
        self.state.replace(value, made)
        if tuples.holders(self.state):
            self.state.change(lambda leaf: made if leaf is value else leaf)
