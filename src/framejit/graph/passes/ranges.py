"""Integer ranges: an interval for each integer, narrowed along dominating branches and guards.

    b1(%2): %3 = icmp_slt %2, %n; branch %3, b2, …      ->   %2 in [0, 2**56] in b1, below %n in b2

Parameters start with what their forward edges pass, grow by widening until nothing changes, and shrink again by one
more round (Cousot and Cousot 1977).  The rounds before the first stable one are guesses; from there on every interval
holds.  Laws: intervals.py.  Facts of conditions: conditions.py.  What follows from it all: narrow.py.
"""

from framejit.graph.dominators import dominators, postorder
from framejit.graph.passes.conditions import BITS, CHAIN, Conditions, LIMITS, SIMPLE, added
from framejit.graph.passes.counters import REACH, counters
from framejit.graph.passes.intervals import COMPARISONS, LAWS, intersect, union

LENGTH = (0, 2**56)             # of lists and tuples: their items are in memory
DIMENSION = (0, 2**63 - 1)      # of arrays: one without elements, or with a stride of 0, may be of any size
ROUNDS = 8
INDEX_READS = {"fj_list_iter_index"}


class Ranges(Conditions):
    """The analysis of one graph."""

    def __init__(self, graph):
        super().__init__()
        self.graph = graph
        self.parents = dominators(graph)
        self.order = postorder(graph)[::-1]
        self.edges = {block: [] for block in self.order}
        for block in self.order:
            for position, (target, values) in enumerate(block.end.targets):
                self.edges[target].append((block, position, values))
        self.nodes = {block: [node for node in block.nodes if node.type in BITS or node.op == "guard"] for block in self.order}
        self.counters = counters(self.order, self.edges)
        self.turning = self.behind_loops()
        self.loops = {block: loop for block in self.order if (loop := self.loop(block)) is not None}
        self.out = {}
        self.asked, self.known = {}, {}         # of selects: what they depend on; what that was, and what it gave
        self.changed = False
        self.settled = False

    def behind_loops(self):
        """The blocks that can be reached from one that something jumps back to, in order."""
        seen, found = set(), set()
        for block in self.order:
            seen.add(block)
            if block in found or any([source not in seen or source is block for source, _, _ in self.edges[block]]):
                found.add(block)
                found.update([target for target, _ in block.end.targets])
        return [block for block in self.order if block in found]

    def loop(self, block):
        """(the only edge into a loop at its header, the edges back), or None."""
        into = [edge for edge in self.edges[block] if edge[0] is self.parents[block]]
        back = [edge for edge in self.edges[block] if self.dominates(block, edge[0])]
        return (into[0], back) if len(into) == 1 and back and len(back) + 1 == len(self.edges[block]) else None

    def dominates(self, block, other):
        while other is not None and other is not block:
            other = self.parents[other]
        return other is block

    # ---- rounds

    def settle(self):
        """Intervals that hold.  What no loop leads to is known after one round."""
        blocks = self.order
        for _ in range(ROUNDS):
            self.changed = False
            self.round(self.widened, blocks)
            blocks = self.turning
            if not self.changed or not blocks:
                break
        else:
            blocks = self.order
            self.ranges = {param: self.counted(param, LIMITS[param.type]) for block in blocks for param in block.params if param.type in BITS}
            self.round(lambda old, new, type: old, blocks)
        self.settled = True
        self.round(self.narrowed, blocks)

    def widened(self, old, new, type):
        if old is None:
            self.changed = True
            return new
        if old[0] <= new[0] and new[1] <= old[1]:
            return old
        self.changed = True
        low, high = LIMITS[type]
        return old[0] if new[0] >= old[0] else 0 if new[0] >= 0 else low, old[1] if new[1] <= old[1] else high

    def narrowed(self, old, new, type):
        return intersect(old, new)

    def counted(self, node, found):
        return intersect(found, REACH) if node in self.counters else found

    def round(self, change, blocks):
        for block in blocks:
            env = self.entering(block)
            for position, param in enumerate(block.params):
                if param.type in BITS:
                    self.ranges[param] = change(self.ranges.get(param), self.joined(block, position), param.type)
            for node in self.nodes[block]:
                if node.op == "guard":
                    self.learn(node.args[0], True, env)
                else:
                    self.ranges[node] = self.value(node, env)
            self.out[block] = env

    def joined(self, block, position):
        """What the edges that were looked at pass for a parameter."""
        found = None
        for source, side, values in self.edges[block]:
            env = self.out.get(source)
            if env is None:
                continue
            if source.end.op == "branch" and values:
                env = self.along(source, side, env)
            passed = self.interval(values[position], env)
            found = passed if found is None else union(found, passed)
        return found if found is None else self.counted(block.params[position], found)

    def entering(self, block):
        """What is known at a block's beginning."""
        parent = self.parents[block]
        if parent is None:
            return {}
        edges = self.edges[block]
        if len(edges) == 1 and edges[0][0].end.op == "branch":
            return self.along(parent, edges[0][1], self.out[parent])
        env = dict(self.out[parent])
        if self.settled and block in self.loops:
            self.count(block, env)
        return env

    def count(self, block, env):
        """A parameter that is only counted down stays below where it started; one that is counted up, above."""
        (_, _, starts), back = self.loops[block]
        for position, param in enumerate(block.params):
            if param.type in BITS:
                steps = [dict(self.chain(values[position], self.out[source])).get(param) for source, _, values in back]
                base, offset = self.chain(starts[position], env)[-1]
                if None in steps or base.op == "const":
                    continue
                if max(steps) <= 0:
                    self.remember(param, base, 1 + offset, env)
                if min(steps) >= 0:
                    self.remember(base, param, 1 - offset, env)

    def along(self, source, side, env):
        env = dict(env)
        if source.end.targets[0][0] is not source.end.targets[1][0]:
            self.learn(source.end.args[0], side == 0, env)
        return env

    # ---- values

    def exact(self, name, node, env):
        """The interval before it is fitted into the type, or None."""
        x, y = node.args
        return LAWS[name](self.interval(x, env), self.interval(y, env), BITS[node.type])

    def value(self, node, env):
        low, high = LIMITS[node.type]
        name = SIMPLE.get(node.op, node.op)
        if name in LAWS:
            found = self.exact(name, node, env)
            if found is None or low <= found[0] and found[1] <= high:
                return found or (low, high)
            return intersect((low, high), found) if name is not node.op else (low, high)
        row = VALUES.get(node.op)
        return row(self, node, env) if row is not None else (low, high)

    def select(self, node, env):
        """What it was the last time, if all that it depends on is what it was then."""
        if node not in self.asked:
            self.asked[node] = self.depends(node)
        if self.asked[node] is None:
            return self.selected(node, env)
        nodes, pairs = self.asked[node]
        now = [*[env.get(one) or self.ranges.get(one) for one in nodes], *[env.get(pair) for pair in pairs]]
        before, found = self.known.get(node, (None, None))
        if before != now:
            found = self.selected(node, env)
            self.known[node] = now, found
        return found

    def depends(self, node):
        """(nodes whose intervals decide a select's, pairs of nodes whose differences do); None: more than that may."""
        condition, *arms = node.args
        if condition.op not in COMPARISONS:
            return None
        chains = [chain_of(one) for one in condition.args]
        parts = [one for arm in arms for one in (arm, *arm.args) if one.op != "const"]
        pairs = [(x, y) for x in chains[0] for y in chains[1]]
        return list({condition: None, **dict.fromkeys([*chains[0], *chains[1], *parts])}), [*pairs, *[(y, x) for x, y in pairs]]

    def selected(self, node, env):
        condition, *arms = node.args
        decided = self.decide(condition, env)
        if decided is not None:
            return self.interval(arms[0 if decided else 1], env)
        found = []
        for arm, holds in zip(arms, (True, False)):
            inside = dict(env)
            self.learn(condition, holds, inside)
            found.append(self.value(arm, inside) if arm.op in LAWS else self.interval(arm, inside))
        return union(*found)

    def extended(self, node, env):
        """zext"""
        source = node.args[0]
        if source.type == "i1":
            decided = self.decide(source, env)
            return (0, 1) if decided is None else (int(decided), int(decided))
        found = self.interval(source, env)
        return found if found[0] >= 0 else (0, (1 << BITS[source.type]) - 1)

    def sign_extended(self, node, env):
        return (-1, 0) if node.args[0].type == "i1" else self.interval(node.args[0], env)

    def truncated(self, node, env):
        found, whole = self.interval(node.args[0], env), LIMITS[node.type]
        return found if whole[0] <= found[0] and found[1] <= whole[1] else whole

    def word(self, node, env):
        vector = node.args[0]
        return DIMENSION if vector.op == "field" and vector.attr == "array_dims" else LIMITS[node.type]


def chain_of(node):
    """The node, and those that it is made of by adding literals."""
    found = [node]
    while len(found) <= CHAIN and (step := added(found[-1])) is not None:
        found.append(step[0])
    return found


VALUES = {
    "select": Ranges.select, "zext": Ranges.extended, "sext": Ranges.sign_extended, "trunc": Ranges.truncated, "word": Ranges.word,
    "field": lambda ranges, node, env: LENGTH if node.attr == "var_size" else LIMITS[node.type],
    "read_call": lambda ranges, node, env: LENGTH if node.attr[0] in INDEX_READS else LIMITS[node.type],
}

__all__ = ["Ranges"]
