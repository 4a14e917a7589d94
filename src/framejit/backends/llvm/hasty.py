"""A form of a recursive routine that keeps nothing for exits: where it can't go on, nothing has happened, and the routine does it all again.

    %12 = given %11;  %13 = iadd_ovf %12, %4 !9        ; in a routine: its exit stores what the frame is made of, its caller's adds its own
                                                       ; in its hasty form: gives up, and so does its caller, up to the first

For routines that only compute and read, and call such.  What exits need is in no register and has no code, so more copies of the routine
fit into it; they ask neither for room nor who waits, which the form does for all of them when it is called.
"""

from framejit.backends.llvm.early import early_blocks, unseen
from framejit.backends.llvm.hasty_ways import SHIFTS, merged_branches, representatives, shared
from framejit.backends.llvm.routines import COPIED, SMALL, copies, size_of
from framejit.graph.nodes import INVOKES, Block, Exit, Node, Terminator
from framejit.tables.types import MACHINE_TYPES


COPIES = 440        # nodes that copies of a region's hasty forms in themselves come to


def hasty_routines(routines):
    """{number: numbers of all that it calls, by others too} of the recursive routines that have such a form; nothing that they call is without."""
    fits = {number for number, routine in enumerate(routines) if only_reads(routine)}
    reached, wider = {}, {number: called(routines[number]) for number in fits}
    while reached != wider:
        reached = wider
        wider = {number: calls.union(*[reached.get(call, ()) for call in calls]) for number, calls in reached.items()}
    return {number: calls for number, calls in reached.items() if number in calls and calls <= fits}


def called(routine):
    return {node.attr for node in routine.nodes() if node.op in INVOKES}


def only_reads(routine):
    return size_of(routine) <= COPIED and not routine.homes() and not any([block.weight or block.counted for block in routine.blocks]) \
        and all([node.op in ("invoke", "given") or unseen(node) for node in routine.nodes()])


def hasty_forms(routines, wanted):
    """(number, Hasty) of the routines with these numbers."""
    room = COPIES
    for number in wanted:
        form = Hasty(routines, number, room)
        room = max(0, room - size_of(form) + size_of(routines[number]))
        yield number, form


class Plan:
    """What is known of a routine before it is copied."""

    def __init__(self, routine):
        self.routine, self.early, self.same = routine, early_blocks(routine), representatives(routine)
        self.merged = merged_branches(routine, self.same)
        gone = set(self.merged.values())
        self.blocks = [block for block in routine.blocks if self.same[block] is block and block not in gone]
        dropped = {node for block in self.blocks for node in block.nodes if bound(node) or asks_for_room(node)}
        used = {arg for block in routine.blocks for node in (*block.nodes, block.end) if node not in dropped for arg in node.args}
        used |= {value for block in routine.blocks for _, values in block.end.targets for value in values}
        self.idle = {node.args[0] for node in dropped} - used     # conditions that nobody asks for


class Hasty:
    """The form as a graph; `room`: how many nodes of copies of it there may be.  `exit` is giving up."""

    def __init__(self, routines, number, room):
        self.routines, self.number = routines, number
        routine = routines[number]
        self.arguments, self.gives, self.constants, self.unit = routine.arguments, routine.gives, routine.constants, routine.unit
        self.plans = {}
        self.deep = self.deepest(routine, room)
        self.blocks, self.exits = [], ()
        self.exit = Exit("recursion", -1, [], [], [], [], None)
        self.exit.id = 0
        first = self.block()
        first.nodes = [Node("argument", (), type, (place, type)) for place, type in enumerate(self.arguments)]
        self.copy(first, first.nodes[0])
        self.finish()

    def deepest(self, routine, room):
        """How deep it is copied into itself."""
        size, calls = size_of(routine), sum([node.op == "invoke" and node.attr == self.number for node in routine.nodes()])
        return copies(size, calls, room) if calls and size <= SMALL and size * calls <= room else 0

    def copy(self, first, levels):
        """All of it, behind the questions."""
        arguments = list(first.nodes)
        enough = Node("icmp_sgt", (levels, Node("const", (), "i64", self.deep + 1)), "i1")
        first.nodes += [Node("calm", (), None, "entry", self.exit), enough, Node("guard", (enough,), None, None, self.exit)]
        Copy(self, self.number, 0, None).begin(first, arguments)

    def plan(self, number):
        if number not in self.plans:
            self.plans[number] = Plan(self.routines[number])
        return self.plans[number]

    def homes(self):
        return []

    def block(self, types=()):
        block = Block(len(self.blocks))
        block.params = [Node("param", (), type) for type in types]
        self.blocks.append(block)
        return block

    def finish(self):
        number = 0
        for block in self.blocks:
            for node in (*block.params, *block.nodes):
                node.id, node.block, number = number, block, number + 1


class Copy:
    """A routine's blocks once more, so deep in others; `into`: the block that takes what it gives, None: the form gives it."""

    def __init__(self, form, number, depth, into):
        self.form, self.number, self.depth, self.into = form, number, depth, into
        self.plan = form.plan(number)
        self.blocks, self.nodes, self.answers, self.ends, self.merged = {}, {}, {}, {}, {}

    def begin(self, block, arguments):
        """`block` goes on in the copy."""
        first, *others = self.originals()
        self.nodes = {node: arguments[node.attr[0]] for node in first.nodes if node.op == "argument"}
        self.blocks[first] = block
        for original in others:
            made = self.blocks[original] = self.form.block([param.type for param in original.params])
            made.header = original.header
            self.nodes |= dict(zip(original.params, made.params))
        for original in (first, *others):
            self.ends[original] = end = self.fill(original, self.blocks[original])
            if original in self.plan.merged:
                self.merge(original, end)
        for original, end in self.ends.items():
            self.end(original, end)

    def originals(self):
        return self.plan.blocks

    def fill(self, original, block):
        """The block that a copy of this one ends with."""
        bounds = greatest(original)
        for node in original.nodes:
            if node.op == "invoke":
                block = self.call(node, block)
            elif bound(node):
                size = node.args[0].args[1]
                if size in bounds:
                    within = self.add(block, "icmp_ult", [bounds.pop(size), self.of(size)], "i1", None, False)
                    self.add(block, "guard", [within], None)
            elif node.op == "given":
                self.nodes[node] = self.answers[node.args[0]][node.attr[0]]
            elif not (node.op == "argument" or node.op == "calm" and node.attr == "entry" or asks_for_room(node) or node in self.plan.idle):
                self.nodes[node] = self.add(block, node.op, [self.of(arg) for arg in node.args], node.type, node.attr, node.exit)
        return block

    def of(self, node):
        return node if node.op in ("const", "object") else self.nodes[node]

    def add(self, block, op, args, type, attr=None, leaves=True):
        node = Node(op, args, type, attr, self.form.exit if leaves else None)
        block.nodes.append(node)
        return node

    def call(self, node, block):
        """The block behind a call in this one."""
        form, number, arguments = self.form, node.attr, [self.of(arg) for arg in node.args]
        routine = form.routines[number]
        into = form.block(routine.gives)
        self.answers[node] = into.params
        if self.depth < form.deep if number == form.number else size_of(routine) <= SMALL and not called(routine):
            Copy(form, number, self.depth + 1, into).begin(block, arguments)
        elif form.plan(number).early:
            Early(form, number, self.depth, into).begin(block, arguments)
        else:
            self.invoke(number, block, arguments, into)
        return into

    def invoke(self, number, block, arguments, into):
        """A call of a hasty form."""
        call = self.add(block, "invoke", arguments, "answer", number)
        jump(block, into, [self.add(block, "given", [call], type, (place, type), False) for place, type in enumerate(self.form.routines[number].gives)])

    def end(self, original, block):
        end = original.end
        if original in self.plan.merged:
            condition, *targets = self.merged[original]
            block.end = Terminator("branch", [condition], [self.target(*target) for target in targets])
        elif end.op == "leave":
            block.end = Terminator("leave", exit=self.form.exit)
        elif end.op != "give" or self.into is None:
            block.end = Terminator(end.op, [self.of(arg) for arg in end.args], [self.target(target, values) for target, values in end.targets])
        else:
            jump(block, self.into, [self.of(arg) for arg in end.args])

    def merge(self, original, block):
        """Makes one condition of several; what lies between their branches may be in vain."""
        condition, behind = None, original
        while behind in self.plan.merged:
            before, behind = behind, self.plan.merged[behind]
            position, place = shared(before, behind, self.plan.same)
            condition = condition or self.taken(block, before, position)
            self.speculate(behind.nodes, block, condition)
            condition = self.add(block, "ior", [condition, self.taken(block, behind, place)], "i1", None, False)
        self.merged[original] = condition, behind.end.targets[place], behind.end.targets[1 - place]

    def taken(self, block, original, position):
        """Whether a block's branch goes to its target at this position."""
        condition = self.of(original.end.args[0])
        return self.add(block, "ixor", [condition, Node("const", (), "i1", True)], "i1", None, False) if position else condition

    def speculate(self, nodes, block, vain):
        """What has no effect if it was in vain: guards hold then, and shifts have a result."""
        for node in nodes:
            args = [self.of(arg) for arg in node.args]
            if node.op == "guard":
                args = [self.add(block, "ior", [vain, *args], "i1", None, False)]
            elif node.op in SHIFTS:
                args[1] = self.add(block, "iand", [args[1], Node("const", (), node.type, MACHINE_TYPES[node.type].bits - 1)], node.type, None, False)
            self.nodes[node] = self.add(block, node.op, args, node.type, node.attr, node.exit)

    def target(self, block, values):
        return self.blocks[self.plan.same[block]], [self.of(value) for value in values]


class Early(Copy):
    """The blocks that lead to what a routine gives early; all other ways call it."""

    def begin(self, block, arguments):
        self.rest = self.form.block()
        self.invoke(self.number, self.rest, arguments, self.into)
        super().begin(block, arguments)

    def originals(self):
        return [block for block in self.plan.blocks if block in self.plan.early]

    def target(self, block, values):
        return super().target(block, values) if self.plan.same[block] in self.blocks else (self.rest, [])


def asks_for_room(node):
    return node.op == "guard" and node.exit.kind == "recursion"


def bound(node):
    """Whether it is a guard that a constant index is below something."""
    return node.op == "guard" and node.args[0].op == "icmp_ult" and node.args[0].args[0].op == "const"


def greatest(block):
    """{size: the greatest constant index in what has it}: one guard is enough for all."""
    found = {}
    for node in filter(bound, block.nodes):
        index, size = node.args[0].args
        found[size] = max(found.get(size, index), index, key=lambda index: index.attr)
    return found


def jump(block, target, values):
    block.end = Terminator("jump", targets=[(target, values)])


__all__ = ["hasty_forms", "hasty_routines"]
