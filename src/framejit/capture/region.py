"""What is to be captured: a code object, an entry offset, the values found there.

A function region begins behind RESUME with the arguments; a loop region begins at the header of a loop that is
running and reaches as far as that loop (`extent`), the region of a with statement's body at its first unit, with the
manager on the stack.
"""

from types import FunctionType

from framejit._machine import attribute
from framejit.capture import callees, entry, values as v
from framejit.capture.keeping import keepable
from framejit.capture.running_iterators import entered, is_moved
from framejit.capture.state import State
from framejit.graph.nodes import Exit
from framejit.tables.classes import IMMUTABLE, flags_of, known_class, one_of

NAME_READS = ("LOAD_GLOBAL", "LOAD_NAME")
NAME_WRITES = ("STORE_GLOBAL", "STORE_NAME", "DELETE_GLOBAL", "DELETE_NAME")
OF_INSTANCES = 0
LOCAL_USES = ("LOAD_FAST", "STORE_FAST", "DELETE_FAST", "LOAD_FAST_AND_CLEAR", "LOAD_DEREF", "STORE_DEREF")


class Region:
    """A request: `locals` and `stack` hold the objects found (entry.MISSING: unbound), `extent` the units of a loop."""

    def __init__(self, bytecode, name, unit, locals, stack, globals, builtins, module=False, extent=None, iterates=True):
        self.bytecode = bytecode
        self.name = name
        self.unit = unit
        self.locals = locals
        self.stack = stack
        self.globals = globals
        self.builtins = builtins
        self.module = module
        self.extent = extent
        self.iterates = iterates        # whether iterators on the stack are those of loops that are compiled
        self.cells = []          # (dict or class, fallback or None, name, expected or MISSING)
        self.names = {}          # (name, globals only?) -> Const or index of the cell
        self.attributes = {}     # (id(dict), name) guarded already
        self.known_cells = {}    # (id(dict), name, by identity?) -> index of its cell
        self.written = set()     # names that the region writes
        self.remembered = set()  # those that have been numbers which only native code knew
        self.asked = set()       # those that routines read: they are in the dictionary at once
        self.allows = lambda code: True     # whether a callee with this code may be compiled
        self.internals = set()   # functions of NumPy's that it does the work of, see loops/internals.py
        self.until = None        # the thread's processor time until which it has to be captured
        self.classes = {}        # id of a class -> (it, (name, use, id of a class or of None) -> (that, kind, number) of its attributes and its instances' that are relied on)
        self.callees = {}        # the functions that it calls natively, see routines.Routines.uses
        self.code = None         # of the function that is compiled as a whole
        self.codes = {}          # id -> code object, of those and of all others that run natively where they are called

    def forget(self):
        """Lets go of the values that the request came with."""
        self.locals, self.stack, self.typed = [], [], []

    def let_go(self):
        """Lets go of the namespace, too: what is left are names."""
        self.forget()
        self.cells = [(None, None, name, entry.MISSING if expected is entry.MISSING else None) for _, _, name, expected in self.cells]
        self.globals, self.builtins, self.names, self.attributes, self.bytecode, self.code = {}, {}, {}, {}, None, None
        self.known_cells, self.callees, self.codes, self.classes, self.allows = {}, {}, {}, {}, None

    def values_at_hand(self):
        """Those that the request came with, and what the names that the code mentions hold."""
        found = [dict.get(self.globals, one.arg) for one in self.bytecode.instructions if one.op in NAME_READS]
        return [*self.locals, *self.stack, *found]

    # ---- name cells

    def scan(self):
        """Classify every global name that the region mentions: by identity, or by type (numbers, arrays, lists)."""
        read, written, used, stored = set(), set(), set(), set()
        for instruction in self.bytecode.instructions:
            if self.extent is not None and instruction.unit not in self.extent:
                continue
            if instruction.op in NAME_READS:
                read.add(instruction.arg)
            elif instruction.op in NAME_WRITES:
                written.add(instruction.arg)
            elif instruction.op in LOCAL_USES:
                used.add(instruction.arg)
                stored |= {instruction.arg} if instruction.op == "STORE_FAST" else set()
        self.used, self.written = used, written
        self.called = self.bytecode.called - stored     # of others the value at hand says nothing
        self.typed = []
        written = written | self.written_outside()
        for name in sorted(read | self.written):
            found = dict.get(self.globals, name, entry.MISSING)
            fallback = None
            if found is entry.MISSING and name not in written:
                fallback = self.builtins
                found = dict.get(self.builtins, name, entry.MISSING)
            if name in written or by_type(found) or found is not entry.MISSING and not keepable(found):
                self.names[name] = self.new_cell(self.globals, fallback, name, entry.MISSING)
                self.typed.append((self.names[name], found))
            elif found is not entry.MISSING:
                self.names[name] = v.Const(found)
                self.new_cell(self.globals, self.builtins, name, found)

    def written_outside(self):
        """Names that what calls this code writes."""
        return set()

    def outermost(self):
        """The request for what is entered."""
        return self

    def new_cell(self, space, fallback, name, expected):
        """Index of the cell of a name; routines of one region share theirs."""
        key = (id(space), name, expected is entry.MISSING)
        if key not in self.known_cells:
            self.known_cells[key] = len(self.cells)
            self.cells.append((space, fallback, name, expected))
        return self.known_cells[key]

    def attribute(self, owner, name):
        """A module's attribute, guarded by identity."""
        key = (id(owner), name)
        if key not in self.attributes:
            self.attributes[key] = True
            self.cells.append((owner.__dict__, None, name, owner.__dict__[name]))
        return v.Const(owner.__dict__[name])

    def attribute_of(self, kind, name, use=OF_INSTANCES, after=None):
        """(a row of _machine.ATTRIBUTES, number): where instances of a class have an attribute, or it itself; relied on from now on.  `use`: see
        ext/machine.h."""
        _, known = self.classes.setdefault(id(kind), (kind, {}))
        key = (name, use, id(after))
        if key not in known:
            known[key] = after, *attribute(kind, name, use, after)
        return known[key][1:]

    # ---- the entry block

    def enter(self, machine):
        self.scan()
        graph = machine.graph
        machine.block = graph.block(self.unit)
        machine.cells = [cell for cell, _ in self.typed]
        machine.live = machine.hints.live(self.bytecode, len(self.locals), [self.cells[cell][2] for cell in machine.cells])
        miss = Exit("miss", self.unit, [], [], [], [], machine.int(0))
        count = len(self.locals)
        locals = [self.local(machine, slot, example, miss) for slot, example in enumerate(self.locals)]
        stack = [self.stack_entry(machine, count + depth, example, miss) for depth, example in enumerate(self.stack)]
        names = [self.cell(machine, cell, example, miss) for cell, example in self.typed]
        state = State(locals, [True] * count, stack, names, [True] * len(names), machine.int(0))
        machine.state = state
        graph.unit, graph.depth = self.unit, len(stack)
        machine.jump(self.unit)

    def local(self, machine, slot, example, miss):
        if slot not in self.used:
            node = machine.emit("home", attr=slot)
            return v.Obj(None, node)
        if example is entry.MISSING:
            if self.extent is not None:
                node = machine.emit("home", attr=slot)
                machine.emit("guard", machine.emit("icmp_eq", node, machine.const("ptr", None)), exit=miss)
            return v.UNBOUND
        node = machine.emit("home", attr=slot)
        if self.extent is not None:
            machine.emit("guard", machine.emit("icmp_ne", node, machine.const("ptr", None)), exit=miss)     # unbound the next time
        machine.graph.types[slot] = type(example)
        found = self.value(machine, node, example, miss)
        return callees.expected(machine, found, miss, example) if slot in self.called and type(example) is FunctionType else found

    def value(self, machine, node, example, miss):
        return entry.unbox(machine, node, type(example), example, "home", miss)

    def stack_entry(self, machine, slot, example, miss):
        node = machine.emit("home", attr=slot)
        holding = [local for local, other in enumerate(self.locals) if other is example]
        lent = holding == [0] and self.bytecode.name in COMPREHENSIONS and is_moved(example)
        shared = bool(holding) and not lent or sum([other is example for other in self.stack]) > 1
        site = -1 - slot
        if not self.iterates or shared or site in machine.hints.real_pairs:
            return v.Obj(None, node, "home", example)
        if type(example) is list:       # that a comprehension fills
            return self.value(machine, node, example, miss)
        return entered(machine, node, example, miss, site, unused=len(holding)) or v.Obj(None, node, "home", example)

    def cell(self, machine, cell, example, miss):
        node = machine.emit("name", attr=cell)
        if example is entry.MISSING:
            machine.emit("guard", machine.emit("icmp_eq", node, machine.const("ptr", None)), exit=miss)
            return v.UNBOUND
        machine.emit("guard", machine.emit("icmp_ne", node, machine.const("ptr", None)), exit=miss)
        return self.value(machine, node, example, miss)


COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>")      # functions of their own on 3.11, which nobody reads their only argument in again


def by_type(value):
    """Globals whose value may change from run to run without changing what is compiled."""
    type_ = type(value)
    return one_of(type_, (int, float, complex, list, dict, set, bytearray, bool, entry.array_type(), *entry.scalar_types())) or is_instance(type_)


def is_instance(type_):
    """Whether its values are instances of a class of the program's, whose attributes native code finds."""
    return known_class(type_) and not flags_of(type_) & IMMUTABLE
