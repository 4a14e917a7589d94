"""A region's graph -> its LLVM function, `i64 @region(ptr %ctx, ptr %home)` (ext/abi.h).

A block of the graph becomes one or more LLVM blocks (a guard splits it), parameters become phis.  An exit is a cold block
that stores the raw values of its recipe and returns its number.
"""

import collections
import itertools

from framejit.backends.llvm import entered, grouped
from framejit.backends.llvm.groups import find_groups
from framejit.backends.llvm.rows import CONTEXT, LOWERINGS, Nodes
from framejit.backends.llvm.text import LLVM, tag


class Whole:
    """What the functions of one module share: the layout, Spills by exit number, declarations."""

    def __init__(self, graph, layout, spills, tails):
        self.graph = graph
        self.layout = layout
        self.spills = spills
        self.tails = tails       # exits of the region that store much the same
        self.declarations = {}
        self.inlined = set()
        self.hasty_int = False   # whether hasty forms call the function for ints that are seldom (hasty_forms.py)
        self.early = {}          # number of a routine -> the form of it that is called instead (early.py)


class Lowering(Nodes):
    head = "define i64 @region(ptr noalias %ctx, ptr %home) nounwind {"
    context = ("breaker", "consts", "names", "spill")
    held = ""               # of the runtime's functions for arrays: whether other threads have to wait meanwhile

    def __init__(self, graph, whole):
        self.graph = graph
        self.whole = whole
        self.layout, self.spills, self.tails = whole.layout, whole.spills, whole.tails
        self.declarations, self.inlined = whole.declarations, whole.inlined
        self.lines = []
        self.merged = {}
        self.label = "entry"
        self.ends = {}
        self.temporary = 0
        self.cold = []
        self.allocated = []
        self.words = {}         # node of several nests' results -> where they are
        self.extra_edges = []
        self.numbers = itertools.count(sum(len(block.params) + len(block.nodes) for block in graph.blocks))
        self.groups = find_groups(graph)
        for number, group in enumerate(self.groups.values()):
            group.number = number
        self.nested = any(block.header and block.unit != graph.unit for block in graph.blocks)
        self.weighs = any(block.weight for block in graph.blocks)
        self.entries = {group.entry: group for group in self.groups.values()}

    # ---- the function

    def run(self):
        """The lines of the function."""
        for block in self.graph.blocks:
            self.block(block)
        self.exit_blocks()
        body = self.lines
        self.lines = []
        self.prologue()
        return [self.head, *self.lines, *self.patched(body), *self.cold, "}"]

    def prologue(self):
        self.lines.append("entry:")
        for name in self.context:
            self.out(f"%{name}.p = getelementptr i8, ptr %ctx, i64 {CONTEXT[name]}")
            self.out(f"%{name} = load ptr, ptr %{name}.p, !invariant.load !100")
        if self.nested or self.weighs:
            self.out(f"%region.p = getelementptr i8, ptr %ctx, i64 {CONTEXT['region']}")
            self.out("%region = load ptr, ptr %region.p, !invariant.load !100")
            for name in ("superseded", "work", "rounds"):
                self.out(f"%{name} = getelementptr i8, ptr %region, i64 {self.layout['region_' + name]}")
        for index in range(len(self.graph.constants)):
            self.out(f"%kp{index} = getelementptr ptr, ptr %consts, i64 {index}")
            self.out(f"%k{index} = load ptr, ptr %kp{index}, !invariant.load !100")
        self.spill_places()
        self.lines += self.allocated
        self.out("br label %b0")

    def spill_places(self):
        for index in range(1, max([len(self.spills[exit.id].nodes) for exit in self.graph.exits], default=0)):
            self.out(f"%spill{index} = getelementptr i64, ptr %spill, i64 {index}")

    def block(self, block):
        self.start(f"b{block.id}")
        if block in self.groups:
            self.lines.append(("slow", self.groups[block], block))
        for param in block.params:
            self.lines.append(("phi", param, block))
        self.count(block)
        self.merge_stores(block)
        for node in block.nodes:
            self.lower_node(node)
        self.terminator(block)
        if block in self.groups:
            grouped.run(self, self.groups[block])

    def count(self, block):
        """What the block spares the interpreter (capture/weighing.py)."""
        for name, count in (("work", block.weight), ("rounds", int(block.counted))):
            if count:
                before, behind = self.temp(), self.temp()
                self.out(f"{before} = load i64, ptr %{name}, !tbaa !{tag('spill')}")
                self.out(f"{behind} = add i64 {before}, {count}")
                self.out(f"store i64 {behind}, ptr %{name}, !tbaa !{tag('spill')}")

    def lower_node(self, node):
        row = LOWERINGS.get(node.op)
        if row is not None:
            row(self, node)
        else:
            self.plain(node)

    def merge_stores(self, block):
        """A new int that goes into a list item at once: a box that only the list holds is used again."""
        for made, used in zip(block.nodes, block.nodes[1:]):
            if made.op == "own" and made.attr[0] == "INT" and len(made.args) == 1 and used.op == "write_call" \
                    and used.attr[0] == "fj_item_set" and used.args[1] is made:
                self.merged[made] = used.args[0]
                self.merged[used] = made

    def patched(self, body):
        """Phis can be written once the last label of every predecessor is known."""
        incoming = collections.defaultdict(list)
        for block in self.graph.blocks:
            for position, (target, values) in enumerate(block.end.targets):
                label = self.ends[block, position]
                incoming[target].append((label, values))
        for label, target, values in self.extra_edges:
            incoming[target].append((label, values))
        for line in body:
            if line.__class__ is str:
                yield line
                continue
            kind, param, block = line
            if kind == "slow":
                yield self.slow(param)
                continue
            position = block.params.index(param)
            sources = ", ".join(f"[ {self.ref(values[position])}, %{label} ]" for label, values in incoming[block])
            yield f"  %n{param.id} = phi {LLVM[param.type]} {sources}"

    def slow(self, group):
        """Up to which index the loop runs singly."""
        edges = [(self.ends[group.entry, 0], grouped.NEVER)]
        edges += [(self.ends[block, 0], f"%slow.{group.number}") for block in (group.latch, *group.skips)]
        return f"  %slow.{group.number} = phi i64 {', '.join([f'[ {text}, %{label} ]' for label, text in edges + group.edges])}"

    def terminator(self, block):
        end = block.end
        if block in self.entries:
            entered.before(self, self.entries[block])
        if end.op == "jump":
            self.ends[block, 0] = self.label
            self.out(f"br label %b{end.targets[0][0].id}")
        elif end.op == "branch":
            labels = []
            for position, (target, values) in enumerate(end.targets):
                if values or target is end.targets[1 - position][0]:
                    label = self.fresh("e")
                    self.cold.append(f"{label}:")
                    self.cold.append(f"  br label %b{target.id}")
                    self.ends[block, position] = label
                elif block in self.groups and position == 0:
                    label = f"try.{self.groups[block].number}"
                    self.ends[block, position] = label
                else:
                    label = f"b{target.id}"
                    self.ends[block, position] = self.label
                labels.append(label)
            self.out(f"br i1 {self.ref(end.args[0])}, label %{labels[0]}, label %{labels[1]}")
        elif end.op == "return":
            self.out(f"store i64 {self.ref(end.iterations)}, ptr %spill, !tbaa !{tag('spill')}")
            self.out(f"store ptr {self.ref(end.args[0])}, ptr %ctx")
            self.out("ret i64 0")
        elif end.op == "give":
            self.give(end)
        else:
            self.out(f"br label %x{end.exit.id}")

    # ---- exits

    def exit_blocks(self):
        body, self.lines = self.lines, []
        tails = {exit: number for number, tail in enumerate(self.tails) for exit in tail.exits}
        for exit in self.graph.exits:
            if exit.kind in ("poll", "callout"):
                continue
            self.start(f"x{exit.id}")
            if exit.kind == "miss":
                self.out("ret i64 -1")
            elif exit in tails:
                self.store_spills(exit, first=self.spills[exit.id].own)
                self.out(f"br label %tail{tails[exit]}")
            else:
                self.store_spills(exit)
                self.out(f"ret i64 {exit.id + 1}")
        for number, tail in enumerate(self.tails):
            self.tail(number, tail)
        self.cold += self.lines
        self.lines = body

    def tail(self, number, tail):
        """What several exits store alike."""
        self.start(f"tail{number}")
        answer, iterations = self.temp(), self.temp()
        self.out(f"{answer} = phi i64 " + ", ".join([f"[ {exit.id + 1}, %x{exit.id} ]" for exit in tail.exits]))
        self.out(f"{iterations} = phi i64 " + ", ".join([f"[ {self.ref(exit.iterations)}, %x{exit.id} ]" for exit in tail.exits]))
        self.out(f"store i64 {iterations}, ptr %spill, !tbaa !{tag('spill')}")
        first = self.spills[tail.exits[0].id]
        for index, node in enumerate(first.nodes[1:first.own], 1):
            self.store_spill(index, node)
        self.out(f"ret i64 {answer}")

    def store_spills(self, exit, instead={}, first=0):
        """From the slot `first` on; `instead`: nodes that stand for others."""
        for index, node in enumerate(self.spills[exit.id].nodes[first:], first):
            self.store_spill(index, instead.get(node, node))

    def store_spill(self, index, node):
        """Into the run's spill area."""
        for number, text in enumerate(self.as_words(node), index):
            place = f"%spill{number}" if number else "%spill"
            self.out(f"store {text}, ptr {place}, !tbaa !{tag('spill')}")

    def as_words(self, node):
        """The texts of a node, type and value, as exits keep it: none of what is behind one that takes two words."""
        if node is None:
            return []
        if node.type == "c128":
            return self.complex_parts(node)
        if node.type not in ("i1", "i8", "i16", "i32"):
            return [self.typed(node)]
        wide = self.temp()
        self.out(f"{wide} = zext {self.typed(node)} to i64")
        return [f"i64 {wide}"]

    def check(self, condition, exit):
        """Go on if the i1 holds, else leave."""
        label = self.fresh("g")
        self.out(f"br i1 {condition}, label %{label}, label %x{exit.id}, !prof !101")
        self.start(label)
