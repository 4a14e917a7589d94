"""Value numbering: of equal nodes one is enough, the one on every path to the others.

    %7 = field['var_size'] %2 … %9 = field['var_size'] %2     ->     %7 for both, unless a list may have changed between

Pure nodes and guards hold in all blocks that their own block dominates.  A read holds until its memory is written: along
blocks with one predecessor only.
"""

from struct import pack

from framejit.graph.dominators import dominators
from framejit.graph.passes.rewriting import find, rewrite
from framejit.tables.effects import read_by, written_by
from framejit.tables.operations import OPERATIONS


class Memory:
    """A version per alias class, in one place of the graph; a new one behind each write."""

    __slots__ = ("versions", "rest")
    latest = 0

    def __init__(self, other=None):
        if other is None:
            self.everything()
        else:
            self.versions, self.rest = dict(other.versions), other.rest

    @classmethod
    def fresh(cls):
        cls.latest += 1
        return cls.latest

    def everything(self):
        self.versions, self.rest = {}, self.fresh()

    def written(self, aliases):
        if aliases is None:
            self.everything()
        else:
            for alias in aliases:
                self.versions[alias] = self.fresh()

    def version(self, alias):
        return self.versions.get(alias, self.rest)


def number_values(graph):
    """Nodes that equal an earlier one are replaced by it."""
    parents = dominators(graph)
    incoming = {block: [] for block in graph.blocks}
    for block in graph.blocks:
        for target, _ in block.end.targets:
            incoming[target].append(block)
    tables, memories = {}, {}
    for block in graph.blocks:          # in reverse postorder: dominators first
        parent = parents[block]
        before = incoming[block]
        tables[block] = table = dict(tables[parent]) if parent is not None else {}
        memories[block] = memory = Memory(memories[before[0]] if len(before) == 1 and before[0] in memories else None)
        block.nodes = [node for node in block.nodes if is_new(node, table, memory)]
    rewrite(graph)


def is_new(node, table, memory):
    """Notes a node in the table; False: it is replaced by an equal one, or a guard that holds already."""
    if node.args:
        node.args = [find(arg) for arg in node.args]
    effect = OPERATIONS[node.op].effect
    if effect in ("write", "call", "world"):
        memory.written(written_by(node))
        return True
    alias = read_by(node)
    if alias is None and (effect == "read" or node.op == "param"):
        return True
    if node.op in LITERALS:
        key = literal(node)
    else:
        attr = None if node.op == "unbox_int" else node.attr
        key = (node.op, node.type, attr, alias and memory.version(alias), *[literal(arg) if arg.op in LITERALS else id(arg) for arg in node.args])
    same = table.setdefault(key, node)
    if same is not node and node.op != "guard":
        node.replaced = same
    return same is node


LITERALS = ("const", "object")


def literal(node):
    """What tells literals apart: zeros and NaNs by their bits."""
    value = node.attr
    if value.__class__ is float or value.__class__ is complex:
        value = pack("dd", value.real, value.imag)
    return (node.op, node.type, value.__class__, value)


__all__ = ["number_values"]
