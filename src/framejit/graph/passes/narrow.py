"""Overflow checks, bounds checks, wraps of negative indices and guards that ranges prove are dropped.

    b1(%2): %3 = icmp_slt %2, %n; branch %3, b2, …      b2: %4 = iadd_ovf %2, 1 !0   ->   %4 = iadd %2, 1
    %5 = select(%2 < 0, %2 + %n, %2); guard %5 <u %n    ->   %2
"""

from framejit.graph.nodes import Node, Terminator
from framejit.graph.passes.conditions import BITS, LIMITS, SIMPLE
from framejit.graph.passes.ranges import Ranges
from framejit.graph.passes.rewriting import find, rewrite
from framejit.graph.passes.shrink import drop_unused, merge_chains, prune_parameters, reach
from framejit.tables.operations import OPERATIONS


def narrow(graph):
    """Drop the checks that ranges prove.  The graph is shrunken before and behind."""
    rewriting = Rewriting(graph)
    rewriting.settle()
    if rewriting.apply():
        rewrite(graph)
        reach(graph)
        prune_parameters(graph)
        merge_chains(graph)
        drop_unused(graph)
    return graph


class Rewriting(Ranges):
    """One more walk over the settled ranges."""

    def apply(self):
        """Rewrite what is proved; whether anything was."""
        self.done = 0
        for block in self.order:
            env = self.entering(block)
            block.nodes = [node for node in block.nodes if self.keep(node, env)]
            self.out[block] = env
            end = block.end
            if end.op == "branch":
                end.args = [find(argument) for argument in end.args]
                decided = self.decide(end.args[0], env)
                if decided is not None and end.targets[0][0] is not end.targets[1][0]:
                    block.end = Terminator("jump", targets=[end.targets[0 if decided else 1]], line=end.line)
                    self.done += 1
        return self.done

    def keep(self, node, env):
        if node.args:
            node.args = [find(argument) for argument in node.args]
        if node.op == "guard":
            proved = self.decide(node.args[0], env)
            self.learn(node.args[0], True, env)
            self.done += proved is True
            return proved is not True
        if node.op in SIMPLE:
            self.unchecked(node, env)
        elif node.op == "select":
            decided = self.decide(node.args[0], env)
            if decided is not None:
                node.replaced = node.args[1 if decided else 2]
        if node.replaced is None and node.type in ("i1", *BITS) and OPERATIONS[node.op].effect == "pure":
            self.fold(node, env)
        self.done += node.replaced is not None
        return node.replaced is None

    def unchecked(self, node, env):
        low, high = LIMITS[node.type]
        found = self.exact(SIMPLE[node.op], node, env)
        if low <= found[0] and found[1] <= high:
            node.op, node.exit = SIMPLE[node.op], None
            self.done += 1

    def fold(self, node, env):
        if node.type == "i1":
            decided = self.decide(node, env)
            if decided is not None:
                node.replaced = Node("const", (), "i1", decided)
            return
        low, high = self.ranges[node]
        if low == high:
            node.replaced = Node("const", (), node.type, low)


__all__ = ["narrow"]
