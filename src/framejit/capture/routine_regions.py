"""The requests for routines: what a function that is called natively begins with."""

from weakref import ref

from framejit.capture import state as states, value_parts, values as v
from framejit.capture.callees import free_variables
from framejit.capture.components import part_types, rebuild
from framejit.capture.ends import NotNative
from framejit.capture.made_functions import cell_slots, make_cells
from framejit.capture.new_tables import keywords_slot, take_keywords
from framejit.capture.region import NAME_WRITES, Region, by_type

ENTRY, LOOP, CONSUMER = "entry", "loop", "consumer"      # where a routine asks whether anybody waits


class RoutineRegion(Region):
    """The request for a routine; names and constants are the region's."""

    def __init__(self, runs, shapes, examples, machine):
        code = runs.code
        bytecode = machine.hints.bytecode(code)
        super().__init__(bytecode, code.co_qualname, bytecode.first, [], [], runs.globals, runs.builtins)
        self.runs = runs
        self.whole = machine.region
        self.cells, self.attributes, self.known_cells = self.whole.cells, self.whole.attributes, self.whole.known_cells
        self.classes, self.until = self.whole.classes, self.whole.until
        self.callees, self.codes, self.internals, self.allows = self.whole.callees, self.whole.codes, self.whole.internals, self.whole.allows
        self.shapes, self.examples, self.count = shapes, examples, bytecode.slots
        self.parameters = len(shapes) - len(runs.left)
        self.code, self.reference = code, ref(code)
        self.can_return = True
        self.slots = bytecode.slots + 2 * code.co_stacksize
        self.stored = {one.arg for one in bytecode.instructions if one.op in ("STORE_FAST", "DELETE_FAST")} | set(cell_slots(code))

    def forget(self):
        super().forget()
        self.examples, self.runs = (), None

    def enter(self, machine):
        machine.block = machine.graph.block(self.unit)
        self.no_writes()
        self.scan()
        given, function = self.arguments(machine)
        if machine.routine.changes:
            machine.on_stack = machine.emit("argument", attr=(len(machine.graph.arguments), "i64"))
            machine.graph.arguments += ("i64",)
        locals, left = given[:self.parameters], given[self.parameters:]
        machine.parameters = locals[:]
        machine.routine.seen |= {slot for slot in range(len(locals)) if slot in self.stored} | set(range(len(locals), len(given)))
        machine.routine.seen |= {~slot for slot, value in enumerate(locals) if slot in self.stored and value.__class__ is v.Tup}
        cells = free_variables(machine, self.runs, function)
        locals += [*[v.UNBOUND] * (self.count - len(locals) - len(cells)), *cells]
        machine.state = states.State(locals, [True] * self.count, [], [], [], machine.int(0))
        machine.begin(machine.state.copy())
        machine.landing = next((one.unit for one in self.bytecode.instructions if one.opname == "RESUME"), 0)
        machine.emit("calm", attr=ENTRY, exit=machine.exit("waiting"))
        machine.cells = [cell for cell, _ in self.typed]
        machine.live = machine.hints.live(self.bytecode, self.count, [self.cells[cell][2] for cell in machine.cells])
        changed = machine.exit("type")
        machine.state.names = [self.cell(machine, cell, example, changed) for cell, example in self.typed]
        machine.state.clean = [True] * len(machine.cells)
        if keywords_slot(self.bytecode, self.code) is not None:
            machine.begin(machine.state.copy())
            take_keywords(machine, keywords_slot(self.bytecode, self.code), self.runs.left, left)
        if self.code.co_cellvars:
            machine.begin(machine.state.copy())
            make_cells(machine, self.code)
        machine.jump(self.unit)

    def has_function(self):
        """Whether it is passed the function, too."""
        return self.runs.needs_function()

    def passed(self, locals):
        """Of the locals those that callers keep: parameters that are never assigned, and cells of free variables."""
        first = self.count - len(self.code.co_freevars)
        return [value for slot, value in enumerate(locals) if slot < self.parameters and slot not in self.stored or slot >= first]

    def written_outside(self):
        return self.whole.written if self.whole.globals is self.globals else set()

    def outermost(self):
        return self.whole.outermost()

    def no_writes(self):
        """Names that are written here are the region's alone; those that the region writes must be in their dictionary meanwhile."""
        written = self.written_outside()
        for one in self.bytecode.instructions:
            if one.op in NAME_WRITES:
                raise NotNative("writes a global name")
            if one.op == "LOAD_GLOBAL" and one.arg in written:
                if one.arg in self.whole.remembered:
                    raise NotNative("reads a number that the region remembers")
                self.whole.asked.add(one.arg)

    def arguments(self, machine):
        """The parameters as values over `argument` nodes, and the node of the function, if it has free variables; number 0 is
        how many calls deeper the stack has room for."""
        machine.depth = machine.emit("argument", attr=(0, "i64"))
        values, types = [], ["i64"]
        for shape, example in zip(self.shapes, self.examples):
            if shape[0] == "=":
                values.append(values[shape[1]])
                continue
            nodes = []
            for type in part_types(shape):
                nodes.append(machine.emit("argument", attr=(len(types), type)))
                types.append(type)
            values.append(rebuild(shape, iter(nodes)))
            value_parts.remember(values[-1], example)
        function = None
        if self.has_function():
            function = machine.emit("argument", attr=(len(types), "ptr"))
            types.append("ptr")
        machine.graph.arguments, machine.graph.slots = tuple(types), self.slots
        return values, function

    def value(self, machine, node, example, miss):
        if not by_type(example):
            raise NotNative("reads a global name of unknown type")
        return super().value(machine, node, example, miss)


__all__ = ["CONSUMER", "ENTRY", "LOOP", "RoutineRegion"]
