"""Iterations of a loop side by side: each node as vectors of LANES, what hangs on the iteration before lane by lane.

    t = a[i] * b[i]; s += t    ->    %t = fmul <8 x double> %a, %b; then eight times: extractelement, fadd

A group is PARTS vectors wide, or one vector of which only the first `count` lanes count.
"""

from framejit.backends.llvm.linear import VARIES, size_of
from framejit.graph.nodes import Node
from framejit.tables.operations import OPERATIONS
from framejit.tables.types import MACHINE_TYPES

LANES = 8
PARTS = 2
SIZE = LANES * PARTS
BOUNDS = {"iadd_ovf": 2**62 - 1, "isub_ovf": 2**62 - 1, "imul_ovf": 2**31}     # of 64-bit operands
SUFFIX = {"f64": "f64", "f32": "f32"}
MASK = f"<{LANES} x i1>"
NUMBERS = f"<{', '.join(f'i64 {lane}' for lane in range(LANES))}>"
UNIFORM_READS = {"word", "field"}       # their operands don't change: groups.py


class Clones:
    """Copies of a loop's nodes under other names, made as they are asked for."""

    def __init__(self, low, known):
        self.low = low
        self.known = known

    def of(self, node):
        return self.known.get(node, node)

    def copy(self, node):
        made = Node(node.op, [self.of(argument) for argument in node.args], node.type, node.attr, node.exit, node.line)
        made.id = self.low.number()
        self.known[node] = made
        return made

    def needed(self, group, node):
        """Emit what computes the node from the loop's parameters; its copy."""
        if node not in group.own or node in self.known:
            return self.of(node)
        if node in group.forward:
            self.known[node] = self.needed(group, group.forward[node])
            return self.known[node]
        for argument in node.args:
            self.needed(group, argument)
        made = self.copy(node)
        unchecked(self.low, made)
        return made


def unchecked(low, node):
    """The node without its overflow check."""
    if node.op.endswith("_ovf"):
        node.op = "i" + node.op[1:-4]
    low.lower_node(node)


def fresh(low, type, op="param", args=(), attr=None):
    """A node for a value that is written here."""
    node = Node(op, args, type, attr)
    node.id = low.number()
    return node


def everywhere(llvm, text):
    """A vector of one literal."""
    return f"<{', '.join([f'{llvm} {text}'] * LANES)}>"


class Lanes:
    """One group: `given` are the loop's parameters at its first iteration, `count` the text of how many iterations count."""

    def __init__(self, low, group, given, count=None):
        self.low = low
        self.group = group
        self.given = given
        self.first = Clones(low, dict(given))
        self.count = count
        self.parts = 1 if count else PARTS
        self.vectors = [{} for _ in range(self.parts)]
        self.shared = {}            # texts that all parts use
        self.bad = None             # text of a mask: lanes with something unusual
        self.flags = []             # texts of bits: something unusual
        self.now = {param: self.first.of(param) for param in group.header.params if param in group.chained}
        self.latest = {}            # what hangs on the iteration before: its last value
        self.active = self.mask() if count else None

    # ---- text

    def emit(self, text):
        """The name of a new value."""
        name = self.low.temp()
        self.low.out(f"{name} = {text}")
        return name

    def type(self, type):
        return f"<{LANES} x {MACHINE_TYPES[type].llvm}>"

    def splat(self, text, llvm):
        one = self.emit(f"insertelement <{LANES} x {llvm}> poison, {llvm} {text}, i64 0")
        return self.emit(f"shufflevector <{LANES} x {llvm}> {one}, <{LANES} x {llvm}> poison, <{LANES} x i32> zeroinitializer")

    def once(self, key, make):
        """A text that is made at the first need."""
        if key not in self.shared:
            self.shared[key] = make()
        return self.shared[key]

    def both(self, left, right, operation="and", type=MASK):
        return right if left is None else self.emit(f"{operation} {type} {left}, {right}")

    def mask(self):
        """Which lanes count: the first ones, without those that go back early."""
        self.inside = self.emit(f"icmp ugt {self.type('i64')} {self.splat(self.count, 'i64')}, {NUMBERS}")
        active = self.inside
        self.active = active
        for skip in self.group.passing:
            active = self.both(active, self.passes(skip.condition, skip.wanted, 0))
        return active

    def passes(self, condition, wanted, part):
        """A mask: the condition is what it has to be."""
        value = self.vector(condition, part)
        return value if wanted else self.emit(f"xor {MASK} {value}, {everywhere('i1', 'true')}")

    # ---- values

    def scalar(self, node):
        """The node's value in the first iteration."""
        return self.first.needed(self.group, node)

    def vector(self, node, part):
        """Text of the node's values in this part."""
        if node not in self.vectors[part]:
            self.vectors[part][node] = self.made(node, part)
        return self.vectors[part][node]

    def made(self, node, part):
        group = self.group
        if node in group.forward:
            return self.vector(group.forward[node], part)
        growth = group.factor(node)
        llvm = MACHINE_TYPES[node.type].llvm
        if node.op == "const":
            return everywhere(llvm, self.low.ref(node))
        if growth == 0 or node.op in UNIFORM_READS:
            return self.once(node, lambda: self.splat(self.low.ref(self.scalar(node)), llvm))
        if growth not in (None, VARIES) and node.type == "i64":
            start = self.once(node, lambda: self.splat(self.low.ref(self.scalar(node)), llvm))
            steps = ", ".join(f"i64 {growth * (part * LANES + lane)}" for lane in range(LANES))
            return self.emit(f"add <{LANES} x i64> {start}, <{steps}>")
        if node.op == "load":
            return self.load(node, part)
        return self.operated(node, part)

    def operated(self, node, part):
        name = node.op
        arguments = [self.vector(argument, part) for argument in node.args]
        if name.endswith("_ovf"):
            if node not in self.group.before:
                self.outside(node, arguments)
            name = "i" + name[1:-4]
        first, result = self.type(node.args[0].type), self.type(node.type)
        suffix = f"v{LANES}{SUFFIX.get(node.args[0].type, '')}"
        value = self.low.temp()
        text = OPERATIONS[name].text.format(*arguments, r=value, t=first, rt=result, a=node.attr, s=suffix)
        self.low.out(text.replace("select i1", f"select {MASK}"))
        if "@llvm." in text:
            intrinsic = text[text.index("@llvm.") + 1:text.index("(")]
            self.low.declare(intrinsic, result, [self.type(argument.type) for argument in node.args], "")
        return value

    def outside(self, node, arguments):
        """Note the lanes with operands so far out that the result might overflow: vectors know no overflow flag."""
        bound, llvm = BOUNDS[node.op], self.type("i64")
        for argument, text in zip(node.args, arguments):
            if argument.op == "const" and abs(argument.attr) < bound:
                continue
            moved = self.emit(f"add {llvm} {text}, {everywhere('i64', bound)}")
            self.suspect(self.emit(f"icmp ugt {llvm} {moved}, {everywhere('i64', 2 * bound)}"))

    def suspect(self, mask):
        self.bad = self.both(self.bad, mask, "or")

    # ---- memory

    def load(self, node, part):
        low, group, address = self.low, self.group, node.args[0]
        growth, llvm, size = group.factor(address), MACHINE_TYPES[node.type].llvm, size_of(node)
        if growth == 0:
            return self.once(node, lambda: self.splat(self.read(node.type, low.ref(self.scalar(address)), size), llvm))
        if growth in (size, -size):
            return self.reversed(self.neighbours(node, part, growth), llvm, growth < 0)
        whole = "poison"
        for lane in range(LANES):
            value = self.read(node.type, self.place(address, part * LANES + lane), size)
            whole = self.emit(f"insertelement <{LANES} x {llvm}> {whole}, {llvm} {value}, i64 {lane}")
        return whole

    def read(self, type, place, size):
        return self.emit(f"load {MACHINE_TYPES[type].llvm}, ptr {place}, align {size}, !tbaa !{self.low.tag('element')}")

    def reversed(self, vector, llvm, backwards):
        if not backwards:
            return vector
        numbers = ", ".join(f"i32 {lane}" for lane in reversed(range(LANES)))
        return self.emit(f"shufflevector <{LANES} x {llvm}> {vector}, <{LANES} x {llvm}> poison, <{LANES} x i32> <{numbers}>")

    def lowest(self, address, part, growth):
        """Where this part's neighbouring places begin."""
        offset = growth * (part * LANES + (LANES - 1 if growth < 0 else 0))
        return self.emit(f"getelementptr i8, ptr {self.low.ref(self.scalar(address))}, i64 {offset}")

    def neighbours(self, node, part, growth):
        low, llvm, size = self.low, MACHINE_TYPES[node.type].llvm, size_of(node)
        place = self.lowest(node.args[0], part, growth)
        if self.count is None:
            return self.emit(f"load <{LANES} x {llvm}>, ptr {place}, align {size}, !tbaa !{low.tag('element')}")
        name = f"llvm.masked.load.v{LANES}{node.type}.p0"
        low.declare(name, self.type(node.type), ["ptr", "i32", MASK, self.type(node.type)], "")
        inside = self.reversed(self.inside, "i1", growth < 0)
        return self.emit(f"call {self.type(node.type)} @{name}(ptr {place}, i32 {size}, {MASK} {inside}, "
                         f"{self.type(node.type)} zeroinitializer), !tbaa !{low.tag('element')}")

    def place(self, address, lane):
        """Text of the address in this iteration; of the last that counts, where this one doesn't."""
        number = str(lane)
        if self.count is not None:
            last = self.once("last", lambda: self.emit(f"sub i64 {self.count}, 1"))
            self.low.declare("llvm.umin.i64", "i64", ["i64", "i64"], "")
            number = self.once(("lane", lane), lambda: self.emit(f"call i64 @llvm.umin.i64(i64 {last}, i64 {lane})"))
        step = self.group.steps.get(address, self.group.factor(address))
        moved = self.emit(f"mul i64 {number}, {step}")
        return self.emit(f"getelementptr i8, ptr {self.low.ref(self.scalar(address))}, i64 {moved}")

    def store(self, node):
        """Commit one of the loop's stores."""
        low, address, growth = self.low, node.args[0], self.group.factor(node.args[0])
        type, size = node.args[1].type, size_of(node)
        llvm = MACHINE_TYPES[type].llvm
        for part in range(self.parts):
            value = self.vector(node.args[1], part)
            if growth not in (size, -size):
                self.scatter(node, part, value, llvm)
                continue
            value, place = self.reversed(value, llvm, growth < 0), self.lowest(address, part, growth)
            if self.count is None:
                low.out(f"store <{LANES} x {llvm}> {value}, ptr {place}, align {size}, !tbaa !{low.tag('element')}")
                continue
            name = f"llvm.masked.store.v{LANES}{type}.p0"
            low.declare(name, "void", [self.type(type), "ptr", "i32", MASK], "")
            active = self.reversed(self.active, "i1", growth < 0)
            low.out(f"call void @{name}({self.type(type)} {value}, ptr {place}, i32 {size}, {MASK} {active}), !tbaa !{low.tag('element')}")

    def scatter(self, node, part, value, llvm):
        """Places that are not neighbours, in order; lanes that don't count do again what the last one does that counts."""
        for lane in range(LANES):
            place = self.place(node.args[0], part * LANES + lane)
            number = lane if self.count is None else self.shared["lane", lane]
            one = self.emit(f"extractelement <{LANES} x {llvm}> {value}, i64 {number}")
            self.low.out(f"store {llvm} {one}, ptr {place}, align {size_of(node)}, !tbaa !{self.low.tag('element')}")
