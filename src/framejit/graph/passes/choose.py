"""Short ways that part and meet again become one way that chooses.

    b1: branch %c, b2(), b3()       b2: %5 = iadd_ovf %4, 1 !3; jump b4(%5)       b3: jump b4(%4)
    ->  b1: guard (%4 <= 2**63 - 2 or not %c) !3; %5 = iadd %4, 1; %6 = select %c, %5, %4; jump b4(%6)

Nobody mispredicts what isn't a jump, and a loop of one way may run in groups (backends/llvm/groups.py).  Both ways are
computed, so they are few cheap operations; what may overflow is tested before, and counts on its own way only.  Two ways
back to a loop's header are such ways, too: one poll stands for theirs, and says which jump was made.
"""

from framejit.graph.dominators import postorder
from framejit.graph.nodes import Exit, Node, Terminator
from framejit.graph.passes.rewriting import rewrite
from framejit.graph.passes.shrink import drop_unused, merge_chains, prune_parameters, reach, same

CHEAP = {"iadd", "isub", "imul", "iand", "ior", "ixor", "select", "zext", "sext", "trunc",
         "fadd", "fsub", "fmul", "fneg", "fabs", "sitofp", "bitcast"}
SHIFTS = {"shl", "ashr", "lshr"}        # by literals: on the way that is not taken a count may mean nothing
COMPARISONS = ("icmp_", "fcmp_")
MOST = 8                # operations of both ways together
LOW, HIGH = -2**63, 2**63 - 1


class Different(Exception):
    """The ways' exits can't be one."""


def choose(graph):
    """Joins short ways.  The graph is shrunken before and behind."""
    done = False
    while sweep(graph):
        done = True
        rewrite(graph)
        reach(graph)
        prune_parameters(graph)
        merge_chains(graph)
    if done:
        drop_unused(graph)
    return graph


def sweep(graph):
    """Whether any ways were joined; inner ones first.  Of the ways that lead to a block some may be gone by its turn."""
    order = postorder(graph)
    sources = {}
    for block in order:
        for target, _ in block.end.targets:
            sources[target] = sources.get(target, 0) + 1
    return any([Meeting(block, sources).join() for block in order if block.end.op == "branch"])


class Meeting:
    """A block whose two ways may meet at once."""

    def __init__(self, block, sources):
        self.block = block
        self.sources = sources
        self.condition = block.end.args[0]
        self.made = []          # nodes that are going to end the block
        self.chosen = {}        # (node, node) -> the select between them

    def join(self):
        """Whether the ways were joined."""
        ways = [self.way(target, values) for target, values in self.block.end.targets]
        if None in ways or ways[0][1] is not ways[1][1] or (ways[0][3] is None) != (ways[1][3] is None):
            return False
        (nodes, meeting, values, poll), (others, _, other_values, other_poll) = ways
        if not 0 < len(nodes) + len(others) <= MOST or not all([one.type == other.type for one, other in zip(values, other_values)]):
            return False
        try:
            self.compute(nodes, others)
            arguments = [self.choice(one, other) for one, other in zip(values, other_values)]
            if poll is not None:
                self.made.append(self.polled(poll, other_poll))
        except Different:
            return False
        for node in (*nodes, *others):
            node.replaced = self.chosen[node]
        self.block.nodes += self.made
        self.block.weight += max([target.weight for target, _ in self.block.end.targets if target is not meeting], default=0)
        self.block.end = Terminator("jump", targets=[(meeting, arguments)], line=self.block.end.line)
        return True

    def way(self, target, values):
        """(its operations, where it leads, the values that it hands on, its poll or None); None: it isn't short."""
        if self.sources[target] > 1 or target.params or target.end.op != "jump" or target is self.block:
            return [], target, values, None
        nodes, poll = target.nodes, None
        if nodes and nodes[-1].op == "poll":
            nodes, poll = nodes[:-1], nodes[-1]
        if len(nodes) > MOST or not all([is_cheap(node) for node in nodes]):
            return None
        (meeting, passed), = target.end.targets
        return nodes, meeting, passed, poll

    def compute(self, nodes, others):
        """Both ways' operations; those that are on both, once."""
        for holds, way in ((True, nodes), (False, others)):
            for node in way:
                arguments = [self.chosen.get(argument, argument) for argument in node.args]
                if node.exit is not None:
                    self.test(node, arguments, holds)
                self.chosen[node] = self.once(node.op.removesuffix("_ovf"), arguments, node)

    def once(self, op, arguments, node):
        """The operation, as the other way has it if it does."""
        for made in self.made:
            if (made.op, made.type, made.attr) == (op, node.type, node.attr) and all(map(same, made.args, arguments)):
                return made
        return self.make(op, arguments, node.type, node.attr, line=node.line)

    def make(self, *parts, **more):
        node = Node(*parts, **more)
        self.made.append(node)
        return node

    def test(self, node, arguments, holds):
        """Leaves where the operation overflows, if its way is taken (the one on which the condition holds, or the other)."""
        x, literal = by_literal(node.op, arguments)
        low, high = FITS[node.op](literal)
        moved = self.make("isub", (x, constant("i64", low)), "i64", line=node.line)
        fits = self.make("icmp_ule", (moved, constant("i64", high - low)), "i1", line=node.line)
        away = self.make("ixor", (self.condition, constant("i1", True)), "i1", line=node.line) if holds else self.condition
        passes = self.make("ior", (fits, away), "i1", line=node.line)
        self.make("guard", (passes,), exit=node.exit, line=node.line)

    def choice(self, one, other):
        """The value of the way that is taken."""
        one, other = self.chosen.get(one, one), self.chosen.get(other, other)
        if same(one, other):
            return one
        if one.type != other.type:
            raise Different
        if (one, other) not in self.chosen:
            self.chosen[one, other] = self.make("select", (self.condition, one, other), one.type)
        return self.chosen[one, other]

    def polled(self, one, other):
        """One poll in place of two."""
        first, second = one.exit, other.exit
        same = ("kind", "unit", "observed", "site")
        if any([getattr(first, name) != getattr(second, name) for name in same]):
            raise Different
        states = [self.merged(tuple(getattr(first, name)), tuple(getattr(second, name))) for name in ("locals", "stack", "names", "facts")]
        exit = Exit(first.kind, first.unit, *map(list, states), self.choice(first.iterations, second.iterations), line=first.line)
        if one.attr == other.attr:
            return Node("poll", (), None, one.attr, exit, one.line)
        unit = self.choice(constant("i64", one.attr), constant("i64", other.attr))
        return Node("poll_at", (unit,), None, None, exit, one.line)

    def merged(self, one, other):
        """A recipe that is both."""
        if one.__class__ is Node and other.__class__ is Node:
            return self.choice(one, other)
        if one.__class__ is tuple and other.__class__ is tuple and len(one) == len(other):
            return tuple([self.merged(*pair) for pair in zip(one, other)])
        if one != other:
            raise Different
        return one


def is_cheap(node):
    if node.op in FITS:
        x, literal = by_literal(node.op, node.args)
        return node.type == "i64" and literal is not None and FITS[node.op](literal) is not None
    if node.op in SHIFTS:
        return node.args[1].op == "const"
    return (node.op in CHEAP or node.op.startswith(COMPARISONS)) and node.exit is None


def by_literal(op, arguments):
    """The operand and the literal that it meets, or None in its place."""
    x, y = arguments
    if x.op == "const" and op != "isub_ovf":
        x, y = y, x
    return x, y.attr if y.op == "const" else None


def constant(type, value):
    return Node("const", (), type, value)


# for what operands the result fits: (lowest, highest), or None
FITS = {
    "iadd_ovf": lambda y: (max(LOW, LOW - y), min(HIGH, HIGH - y)),
    "isub_ovf": lambda y: (max(LOW, LOW + y), min(HIGH, HIGH + y)),
    "imul_ovf": lambda y: (-(HIGH // y), HIGH // y) if y > 0 else None,
}

__all__ = ["choose"]
