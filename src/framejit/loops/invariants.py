"""Parts of nests that are the same in each turn of a loop are computed once for several turns.

    for t in range(n):
        u += dt * np.sin(x) * c         ->      dt * np.sin(x) * c is one array; each turn adds it

Such a part stays at its place: the first turn that comes to it computes it there (`kept_nest`), where it warns or can't be kept the whole nest is
computed as ever.  It is computed anew behind whatever may have changed what it reads: the loop is entered (`forget`), an array is stored into whose
elements it has read (`spoil`, `spoil_at`), the program's code has run (ext/nest_kept.c).
"""

from framejit.graph.dominators import dominators, postorder
from framejit.graph.loops import block_loops, within
from framejit.graph.nests import Nest, Rest
from framejit.graph.nodes import Node
from framejit.loops.nest_parts import below, made_of
from framejit.loops.registers import is_register
from framejit.tables.effects import written_by
from framejit.tables.elementwise import CASTS, PAIR
from framejit.tables.operations import OPERATIONS

MOST_KEPT = 16          # of a region: ext/nest_kept.h
MOST_PARTS = 4          # of a nest
DEAR = ("divide", "sqrt", "floor_divide", "remainder", "reciprocal")        # computed in registers, but slower than memory is read
FIXED_READS = ("field", "word", "view", "part_view")        # of what only the program's code changes
ARRAYS = ("array_", "descr_", "object_type", "float_value", "complex_")      # fields of such objects
# operation -> (number of the nest, operands before the nest's, attribute with another number)
FUSED = {
    "nest": (int, 0, lambda attr, number: number), "nest_several": (int, 0, lambda attr, number: number), "nest_into": (int, 1, lambda attr, number: number),
    "nest_reduce": (lambda attr: attr[0], 0, lambda attr, number: (number, *attr[1:])), "nest_along": (lambda attr: attr[0], 0, lambda attr, number: (number, *attr[1:])),
}
STORES = {"nest_into": ("spoil", 0), "array_call_into": ("spoil", -1), "store": ("spoil_at", 0)}       # what tells the runtime, of which operand


class Loop:
    """`entries`: the blocks that jump to the header from outside."""

    def __init__(self, header, number, before):
        self.header = header
        self.blocks = within(header, number, before)
        self.entries = [block for block in before[header] if block not in self.blocks]
        self.latches = [block for block in before[header] if block in self.blocks]
        self.whole = all([other in self.blocks for block in self.blocks if block is not header for other in before[block]])
        self.keeps = False


def keep_parts(region):
    """Of a region and its routines."""
    place = 0
    for graph in (region, *region.routines):
        place = Keeping(graph, region, place).run()


class Keeping:
    def __init__(self, graph, region, place):
        self.graph = graph
        self.region = region
        self.place = self.first = place
        self.heard = set()          # stores that the runtime is told of

    def run(self):
        """The next place that nobody has."""
        if any([node.op in FUSED for node in self.graph.nodes()]):
            self.home = {node: block for block in self.graph.blocks for node in (*block.params, *block.nodes)}
            self.loops = self.found()
            for loop in self.loops:
                self.keep_in(loop)
            if self.place > self.first:
                for block in self.graph.blocks:
                    if block.end.op in ("return", "give"):
                        block.nodes.append(Node("forget", attr=-1))
        return self.place

    def found(self):
        """The loops that are entered at their headers only, outer ones first."""
        order = postorder(self.graph)[::-1]
        number = {block: place for place, block in enumerate(order)}
        before = {block: [] for block in order}
        for block in order:
            for target, _ in block.end.targets:
                before[target].append(block)
        loops = [Loop(header, number, before) for header in order if block_loops(header, number, before)]
        self.parents = dominators(self.graph)
        return sorted([loop for loop in loops if loop.whole], key=lambda loop: -len(loop.blocks))

    # ---- what a loop changes

    def changes(self, loop):
        """(block, node) of what may change elements of arrays; None: too often, or too often to say so."""
        inner = set().union(*[other.blocks for other in self.loops if other.blocks < loop.blocks])
        often = self.always(loop) | inner
        found = []
        for block in loop.blocks:
            for node in block.nodes:
                if self.is_harmless(node):
                    continue
                if node.op == "store" and block in inner or node.op not in STORES and block in often:
                    return None
                found.append((block, node))
        return found

    def always(self, loop):
        """The blocks that each turn comes to."""
        found = set()
        for latch in loop.latches:
            passed, block = set(), latch
            while block is not None and block in loop.blocks:
                passed.add(block)
                block = self.parents[block]
            found = found & passed if found else passed
        return found

    @staticmethod
    def is_harmless(node):
        effect = OPERATIONS[node.op].effect
        if effect not in ("call", "write", "world") or node.op in ("poll", "poll_at"):
            return True
        aliases = written_by(node)
        return aliases is not None and "element" not in aliases

    def tell(self, changes):
        """The runtime hears of all that changes elements; once, whichever loop it is told for."""
        for block, node in changes:
            op, operand = STORES.get(node.op, ("forget", None))
            if node in self.heard or node.op == "callout":
                continue
            self.heard.add(node)
            made = Node(op, [node.args[operand]]) if op != "forget" else Node(op, attr=-1)
            block.nodes.insert(block.nodes.index(node) + 1, made)

    # ---- what a loop doesn't change

    def is_fixed(self, loop, node):
        block = self.home.get(node)
        if block is None or block not in loop.blocks:
            return True
        if node.op in FIXED_READS:
            reads = node.op != "field" or node.attr.startswith(ARRAYS)
        else:
            reads = OPERATIONS[node.op].effect == "pure" and node.op != "param"
        return reads and all([self.is_fixed(loop, arg) for arg in node.args])

    def keep_in(self, loop):
        changes = self.changes(loop)
        if changes is None:
            return
        stored = {base_of(node.args[STORES[node.op][1]]) for _, node in changes if node.op in STORES}
        for block in [one for one in self.graph.blocks if one in loop.blocks]:
            for node in [one for one in block.nodes if one.op in FUSED]:
                number, before, _ = FUSED[node.op]
                nest = self.graph.nests[number(node.attr)]
                if nest.rest is not None:
                    continue
                operands = node.args[before:before + len(nest.operands)]
                fixed = [one.form != "result" and base_of(arg) not in stored and self.is_fixed(loop, arg) for one, arg in zip(nest.operands, operands)]
                values = fixed_values(nest, fixed, operands)
                if values and self.place + len(values) <= MOST_KEPT:
                    self.keep(loop, block, node, nest, operands, values)
        if loop.keeps:
            self.tell(changes)

    def keep(self, loop, block, node, nest, operands, values):
        number, _, renumbered = FUSED[node.op]
        parts = [below(nest, value, {}) for value in values]
        main, takes = below(nest, len(nest.operands) + len(nest.steps) - 1, {value: place for place, value in enumerate(values)})
        made = []
        for part, own in parts:
            made.append(Node("kept_nest", [operands[one] for one in own], "ptr", (self.graph.nest(part), self.place), line=node.line))
            for entry in loop.entries:
                entry.nodes.append(Node("forget", attr=self.place))
            self.place += 1
        place = block.nodes.index(node)
        block.nodes[place:place] = made
        self.home.update(dict.fromkeys(made, block))
        whole = Nest(nest.operands, nest.steps, nest.rank, Rest(self.graph.nest(main), takes, len(parts)))
        node.attr = renumbered(node.attr, self.numbered(whole, number(node.attr)))
        node.args = [*node.args, *made]
        loop.keeps = True

    def numbered(self, whole, number):
        """The nest's number: the old one where nobody else has it."""
        others = [node for one in (self.region, *self.region.routines) for node in one.nodes() if uses(node, number)]
        if len(others) > 1 or any([nest.rest is not None and nest.rest.number == number for nest in self.graph.nests]):
            return self.graph.nest(whole)
        self.graph.nests[number] = whole
        return number


def base_of(node):
    """The array whose elements a view shows, or an address belongs to; another value itself."""
    while node.op in ("view", "part_view", "real_view", "address") or node.op == "field" and node.attr == "array_data":
        node = node.args[0]
    return node


def uses(node, number):
    """Whether an operation has this nest."""
    attr = node.attr
    if node.op in FUSED or node.op == "kept_nest":
        return (attr if attr.__class__ is int else attr[0]) == number
    return node.op == "nest_spread" and number in attr[:2] or node.op == "nest_chain" and any([stage[0] == number for stage in attr[3] if stage[0].__class__ is int])


def fixed_values(nest, fixed, operands):
    """The values that are the same in each turn and worth being kept, the largest ones; `fixed`: which operands are."""
    count, last = len(nest.operands), len(nest.operands) + len(nest.steps) - 1
    same = list(fixed)
    for step in nest.steps:
        same.append(all([same[one] for one in step.args]))
    results, found, seen = nest.results, [], set()
    waiting = [one for value in (last, *results) for one in nest.steps[value - count].args]
    while waiting:
        value = waiting.pop()
        if value < count or value in seen:
            continue
        seen.add(value)
        step, under = nest.steps[value - count], made_of(nest, [value])
        if not same[value] or results.keys() & under or step.name in (*CASTS, PAIR):
            waiting += step.args
        elif is_worth(nest, under, operands):
            found.append(value)
    return sorted(found) if len(found) <= MOST_PARTS else []


def is_worth(nest, under, operands):
    """Whether reading a value takes less than computing it, of all that is under it: it is an array, and of operations that take long, or of two arrays that nothing else reads."""
    count = len(nest.operands)
    arrays = {one for one in under if one < count and nest.operands[one].form == "array"}
    if not arrays:
        return False
    if any([is_dear(nest, one) for one in under if one >= count]):
        return True
    others = {arg for number, step in enumerate(nest.steps, count) if number not in under for arg in step.args}
    stretched = any([arg.op == "const" and arg.attr == 1 for one in arrays if operands[one].op == "view" for arg in operands[one].args])
    return len(arrays - others) > 1 and not stretched


def is_dear(nest, value):
    count, step = len(nest.operands), nest.steps[value - len(nest.operands)]
    if step.name in CASTS or step.name == PAIR:
        return False
    scalars = [one < count and nest.operands[one].form == "scalar" for one in step.args]
    return step.name in DEAR or not is_register(step.name, [nest.kind_of(one) for one in step.args], scalars)


__all__ = ["MOST_KEPT", "keep_parts"]
