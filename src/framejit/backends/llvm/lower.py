"""Graph -> textual LLVM IR.

One function per region: `i64 @region(ptr %ctx, ptr %home)` (ext/abi.h).  A block of the graph becomes one or more
LLVM blocks (a guard splits it), parameters become phis.  An exit is a cold block that stores the raw values of its
recipe and returns its number.  No fast-math flags, no addresses: constants come from the region's table, functions
are symbols.
"""

import itertools
import struct

from framejit.backends.llvm import entered, grouped
from framejit.backends.llvm.cold import KEEPING, keeping, rare
from framejit.backends.llvm.groups import find_groups
from framejit.backends.llvm.inline import ROWS, definitions
from framejit.backends.llvm.ints import unboxed
from framejit.backends.llvm.spills import shared
from framejit.tables.fields import FIELDS
from framejit.tables.operations import OPERATIONS
from framejit.tables.types import MACHINE_TYPES

CONTEXT = {"result": 0, "number": 8, "breaker": 24, "region": 40, "consts": 48, "names": 56, "spill": 64}
ALIASES = ("header", "refcnt", "number", "list", "array", "items", "element", "word", "spill", "home")
OVERFLOW = {"i": "s", "u": "u"}
SUFFIX = {"float": "f32", "double": "f64"}
LLVM = {name: row.llvm for name, row in MACHINE_TYPES.items()}


def lower(graph, layout):
    """(IR text, list of Spills by exit number)."""
    return Lowering(graph, layout).run()


class Lowering:
    def __init__(self, graph, layout):
        self.graph = graph
        self.layout = layout
        self.lines = []
        self.declarations = {}
        self.inlined = set()
        self.merged = {}
        self.label = "entry"
        self.ends = {}
        self.temporary = 0
        self.spills, self.tails = shared(graph.exits)
        self.cold = []
        self.allocated = []
        self.extra_edges = []
        self.numbers = itertools.count(sum(len(block.params) + len(block.nodes) for block in graph.blocks))
        self.groups = find_groups(graph)
        for number, group in enumerate(self.groups.values()):
            group.number = number
        self.nested = any(block.header and block.unit != graph.unit for block in graph.blocks)
        self.entries = {group.entry: group for group in self.groups.values()}

    # ---- text

    def out(self, text):
        self.lines.append("  " + text)

    def temp(self):
        self.temporary += 1
        return f"%t{self.temporary}"

    def start(self, label):
        self.lines.append(f"{label}:")
        self.label = label

    def fresh(self, stem):
        self.temporary += 1
        return f"{stem}{self.temporary}"

    def ref(self, node):
        if node.op == "const":
            return literal(node.type, node.attr)
        if node.op == "object":
            return f"%k{node.attr}"
        return f"%n{node.id}"

    def typed(self, node):
        return f"{LLVM[node.type]} {self.ref(node)}"

    def llvm(self, node):
        return LLVM[node.type]

    def number(self):
        """A node number that is not in use."""
        return next(self.numbers)

    def declare(self, name, result, arguments, attributes="nounwind"):
        if name in ROWS:
            self.inlined.add(name)
        elif rare(name):
            self.declarations[name] = keeping(name, result, arguments, attributes)
        else:
            self.declarations[name] = f"declare {result} @{name}({', '.join(arguments)}) {attributes}"

    # ---- the function

    def run(self):
        for block in self.graph.blocks:
            self.block(block)
        self.exit_blocks()
        body = self.lines
        self.lines = []
        self.prologue()
        head = ["define i64 @region(ptr noalias %ctx, ptr %home) nounwind {"]
        tags = {alias: tag(alias) for alias in ALIASES}
        text = [*self.declarations.values(), *definitions(self.inlined, self.layout, tags), *head, *self.lines, *self.patched(body), *self.cold, "}", *metadata()]
        return "\n".join(text) + "\n", self.spills

    def prologue(self):
        self.lines.append("entry:")
        for name in ("breaker", "consts", "names", "spill"):
            self.out(f"%{name}.p = getelementptr i8, ptr %ctx, i64 {CONTEXT[name]}")
            self.out(f"%{name} = load ptr, ptr %{name}.p, !invariant.load !100")
        if self.nested:
            self.out(f"%region.p = getelementptr i8, ptr %ctx, i64 {CONTEXT['region']}")
            self.out("%region = load ptr, ptr %region.p, !invariant.load !100")
            self.out(f"%superseded = getelementptr i8, ptr %region, i64 {self.layout['region_superseded']}")
        for index in range(len(self.graph.constants)):
            self.out(f"%kp{index} = getelementptr ptr, ptr %consts, i64 {index}")
            self.out(f"%k{index} = load ptr, ptr %kp{index}, !invariant.load !100")
        for index in range(1, max([len(spills.nodes) for spills in self.spills], default=0)):
            self.out(f"%spill{index} = getelementptr i64, ptr %spill, i64 {index}")
        self.lines += self.allocated
        self.out("br label %b0")

    def block(self, block):
        self.start(f"b{block.id}")
        if block in self.groups:
            self.lines.append(("slow", self.groups[block], block))
        for param in block.params:
            self.lines.append(("phi", param, block))
        self.merge_stores(block)
        for node in block.nodes:
            self.lower_node(node)
        self.terminator(block)
        if block in self.groups:
            grouped.run(self, self.groups[block])

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
        incoming = {block: [] for block in self.graph.blocks}
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
                self.store_spills(exit, first=len(self.spills[exit.id].common) + 1)
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
        for index, node in enumerate(self.spills[tail.exits[0].id].common, 1):
            self.store_spill(index, node)
        self.out(f"ret i64 {answer}")

    def store_spills(self, exit, instead={}, first=0):
        """From the slot `first` on; `instead`: nodes that stand for others."""
        for index, node in enumerate(self.spills[exit.id].nodes[first:], first):
            self.store_spill(index, instead.get(node, node))

    def store_spill(self, index, node):
        place = f"%spill{index}" if index else "%spill"
        value, llvm = self.ref(node), LLVM[node.type]
        if node.type in ("i1", "i8", "i16", "i32"):
            wide = self.temp()
            self.out(f"{wide} = zext {llvm} {value} to i64")
            value, llvm = wide, "i64"
        self.out(f"store {llvm} {value}, ptr {place}, !tbaa !{tag('spill')}")

    def check(self, condition, exit):
        """Go on if the i1 holds, else leave."""
        label = self.fresh("g")
        self.out(f"br i1 {condition}, label %{label}, label %x{exit.id}, !prof !101")
        self.start(label)

    # ---- nodes

    tag = staticmethod(lambda alias: tag(alias))

    def plain(self, node):
        row = OPERATIONS[node.op]
        arguments = [self.ref(arg) for arg in node.args]
        first = LLVM[node.args[0].type] if node.args else ""
        result = LLVM[node.type] if node.type else ""
        suffix = SUFFIX.get(first, "")
        text = row.text.format(*arguments, r=f"%n{node.id}", t=first, rt=result, a=node.attr, s=suffix)
        self.out(text)
        if "@llvm." in text:
            name = text[text.index("@llvm.") + 1:text.index("(")]
            self.declare(name, result, [LLVM[arg.type] for arg in node.args], "")

    def overflow(self, node):
        fits = self.temp()
        self.out(f"{fits} = xor i1 {self.overflow_flag(node)}, true")
        self.check(fits, node.exit)

    def overflow_flag(self, node):
        """The node's value; text of an i1 that says whether it overflowed."""
        kind = OVERFLOW[node.op[0]]
        name = f"llvm.{kind}{node.op[1:4]}.with.overflow.{LLVM[node.type]}"
        t = LLVM[node.type]
        pair, flag = self.temp(), self.temp()
        self.declare(name, f"{{{t}, i1}}", [t, t], "")
        self.out(f"{pair} = call {{{t}, i1}} @{name}({self.typed(node.args[0])}, {self.typed(node.args[1])})")
        self.out(f"%n{node.id} = extractvalue {{{t}, i1}} {pair}, 0")
        self.out(f"{flag} = extractvalue {{{t}, i1}} {pair}, 1")
        return flag

    def guard(self, node):
        self.check(self.ref(node.args[0]), node.exit)

    def vector(self, node, base, index, alias):
        """Element number `index` of a vector of eight-byte things."""
        place = self.temp()
        self.out(f"{place} = getelementptr i64, ptr {base}, i64 {index}")
        self.out(f"%n{node.id} = load {LLVM[node.type]}, ptr {place}, !tbaa !{tag(alias)}")

    def home(self, node):
        self.vector(node, "%home", node.attr, "home")

    def name(self, node):
        self.vector(node, "%names", node.attr, "home")

    def item(self, node):
        self.vector(node, self.ref(node.args[0]), self.ref(node.args[1]), "items")

    def word(self, node):
        self.vector(node, self.ref(node.args[0]), self.ref(node.args[1]), "word")

    def field(self, node):
        row = FIELDS[node.attr]
        place = self.temp()
        self.out(f"{place} = getelementptr i8, ptr {self.ref(node.args[0])}, i64 {self.layout[node.attr]}")
        self.out(f"%n{node.id} = load {LLVM[node.type]}, ptr {place}, !tbaa !{tag(row.alias)}")

    def load(self, node):
        self.out(f"%n{node.id} = load {LLVM[node.type]}, ptr {self.ref(node.args[0])}, align {alignment(node.type)}, !tbaa !{tag('element')}")

    def store(self, node):
        value = node.args[1]
        self.out(f"store {self.typed(value)}, ptr {self.ref(node.args[0])}, align {alignment(value.type)}, !tbaa !{tag('element')}")

    def answer(self, node):
        self.out(f"%n{node.id} = load i64, ptr {self.context_place('number')}")

    def context_place(self, name):
        """Address of a word of the context."""
        place = self.temp()
        self.out(f"{place} = getelementptr i8, ptr %ctx, i64 {CONTEXT[name]}")
        return place

    # ---- calls

    def call(self, node, attributes):
        name, result = node.attr
        symbol = name if name.startswith("fj_") else "fj_m_" + name
        returned = "void" if result is None else LLVM[result]
        self.declare(symbol, returned, [LLVM[arg.type] for arg in node.args], attributes)
        target = "" if result is None else f"%n{node.id} = "
        kept = KEEPING if rare(symbol) else ""
        self.out(f"{target}call {returned} @{symbol}({', '.join([self.typed(arg) for arg in node.args])}) {kept}")

    def pure_call(self, node):
        self.call(node, "nounwind willreturn memory(none)")

    def read_call(self, node):
        self.call(node, "nounwind willreturn memory(read)")

    def write_call(self, node):
        if node not in self.merged:
            self.call(node, "nounwind")

    def unbox_int(self, node):
        unboxed(self, node)

    def own(self, node):
        if node in self.merged:
            place = self.merged[node]
            self.declare("fj_item_set_int", "ptr", ["ptr", "i64"])
            self.out(f"%n{node.id} = call ptr @fj_item_set_int({self.typed(place)}, {self.typed(node.args[0])})")
            return
        word, number = node.attr
        OWN[word](self, node, number)

    def own_call(self, node, function, arguments):
        self.declare(function, "ptr", [argument.split(" ")[0] for argument in arguments])
        self.out(f"%n{node.id} = call ptr @{function}({', '.join(arguments)})")

    def own_tuple(self, node):
        count = len(node.args)
        place = self.temp()
        self.allocated.append(f"  {place} = alloca ptr, i64 {count}")
        for index, arg in enumerate(node.args):
            item = self.temp()
            self.out(f"{item} = getelementptr ptr, ptr {place}, i64 {index}")
            self.out(f"store ptr {self.ref(arg)}, ptr {item}")
        self.own_call(node, "fj_own_tuple", [f"ptr {place}", f"i64 {count}"])

    def home_set(self, node, function="fj_home_put"):
        slot, keep = node.attr
        if keep:
            function = "fj_home_put_box"
        self.declare(function, "i32", ["ptr", "i32", "ptr"])
        done, condition = self.temp(), self.temp()
        self.out(f"{done} = call i32 @{function}(ptr %home, i32 {slot}, {self.typed(node.args[0])})")
        self.out(f"{condition} = icmp ne i32 {done}, 0")
        self.check(condition, node.exit)

    def home_take(self, node):
        self.home_set(node, "fj_home_take")

    def home_swap(self, node):
        places, values = [], []
        for slot in node.attr:
            place, value = self.temp(), self.temp()
            self.out(f"{place} = getelementptr ptr, ptr %home, i64 {slot}")
            self.out(f"{value} = load ptr, ptr {place}, !tbaa !{tag('home')}")
            places.append(place)
            values.append(value)
        for place, value in zip(places, values[::-1]):
            self.out(f"store ptr {value}, ptr {place}, !tbaa !{tag('home')}")

    def name_set(self, node):
        self.declare("fj_name_set", "void", ["ptr", "i32", "ptr"])
        self.out(f"call void @fj_name_set(ptr %ctx, i32 {node.attr}, {self.typed(node.args[0])})")

    def name_put(self, node):
        cell, keep = node.attr
        function = "fj_name_put_box" if keep else "fj_name_put"
        self.declare(function, "i32", ["ptr", "i32", "ptr"])
        done, condition = self.temp(), self.temp()
        self.out(f"{done} = call i32 @{function}(ptr %ctx, i32 {cell}, {self.typed(node.args[0])})")
        self.out(f"{condition} = icmp ne i32 {done}, 0")
        self.check(condition, node.exit)

    def poll_at(self, node):
        unit = self.temp()
        self.out(f"{unit} = trunc i64 {self.ref(node.args[0])} to i32")
        self.poll(node, unit=unit)

    def poll(self, node, instead={}, unit=None):
        byte, asked, cold, warm = self.temp(), self.temp(), self.fresh("p"), self.fresh("w")
        self.out(f"{byte} = load volatile i8, ptr %breaker")
        if self.nested and node.exit.unit == self.graph.unit:
            byte = self.or_superseded(byte)
        self.out(f"{asked} = icmp ne i8 {byte}, 0")
        self.out(f"br i1 {asked}, label %{cold}, label %{warm}, !prof !102")
        self.start(cold)
        self.store_spills(node.exit, instead)
        self.declare("fj_poll", "i64", ["ptr", "i32", "i32"])
        code = self.temp()
        self.out(f"{code} = call i64 @fj_poll(ptr %ctx, i32 {node.exit.id}, i32 {node.attr if unit is None else unit}) {KEEPING}")
        self.stay(code, warm)

    def or_superseded(self, byte):
        """The outermost loop also asks whether better code has come; loops in it would hide that its breaker was set."""
        flag, either = self.temp(), self.temp()
        self.out(f"{flag} = load volatile i8, ptr %superseded")
        self.out(f"{either} = or i8 {byte}, {flag}")
        return either

    def stay(self, code, warm):
        """Go on behind a world point when the runtime says 0, else return what it says."""
        condition, gone = self.temp(), self.fresh("q")
        self.out(f"{condition} = icmp eq i64 {code}, 0")
        self.out(f"br i1 {condition}, label %{warm}, label %{gone}")
        self.start(gone)
        self.out(f"ret i64 {code}")
        self.start(warm)

    def callout(self, node):
        self.store_spills(node.exit)
        kind, argument, following, at = node.attr
        self.declare("fj_callout", "i64", ["ptr", "i32", "i32", "i32", "i32", "i32"])
        code = self.temp()
        numbers = ", ".join(f"i32 {number}" for number in (node.exit.id, kind, argument, following, at))
        self.out(f"{code} = call i64 @fj_callout(ptr %ctx, {numbers})")
        self.stay(code, self.fresh("w"))


def literal(type, value):
    if type == "f64":
        return "0x%016X" % struct.unpack("<Q", struct.pack("<d", value))
    if type == "f32":
        return "0x%016X" % struct.unpack("<Q", struct.pack("<d", struct.unpack("<f", struct.pack("<f", value))[0]))
    if type == "i1":
        return "true" if value else "false"
    if type == "ptr":
        return "null"
    return str(value)


def alignment(type):
    return max(1, MACHINE_TYPES[type].bits // 8)


def tag(alias):
    """Number of an alias class's metadata."""
    return 200 + ALIASES.index(alias)


def metadata():
    """Type-based alias classes: the fields of tables/fields.py, items, elements, spills, homes."""
    yield "!100 = !{}"
    yield '!101 = !{!"branch_weights", i32 100000, i32 1}'
    yield '!102 = !{!"branch_weights", i32 1, i32 100000}'
    yield '!103 = !{!"framejit"}'
    for index, alias in enumerate(ALIASES):
        yield f'!{300 + index} = !{{!"{alias}", !103, i64 0}}'
        yield f"!{200 + index} = !{{!{300 + index}, !{300 + index}, i64 0}}"


# ---- boxes

def with_box(low, node):
    return low.typed(node.args[1]) if len(node.args) > 1 else "ptr null"


def own_scalar(low, node, number):
    value, llvm = low.ref(node.args[0]), LLVM[node.args[0].type]
    if node.args[0].type in ("f32", "f64"):
        bits = low.temp()
        low.out(f"{bits} = bitcast {llvm} {value} to i{MACHINE_TYPES[node.args[0].type].bits}")
        value, llvm = bits, f"i{MACHINE_TYPES[node.args[0].type].bits}"
    if llvm != "i64":
        wide = low.temp()
        low.out(f"{wide} = zext {llvm} {value} to i64")
        value = wide
    low.own_call(node, "fj_own_scalar", [f"i32 {number}", f"i64 {value}", with_box(low, node)])


OWN = {
    "INT": lambda low, node, number: low.own_call(node, "fj_own_int", [low.typed(node.args[0]), with_box(low, node)]),
    "FLOAT": lambda low, node, number: low.own_call(node, "fj_own_float", [low.typed(node.args[0]), with_box(low, node)]),
    "BOOL": lambda low, node, number: low.own_call(node, "fj_own_bool", [low.typed(node.args[0])]),
    "OBJECT": lambda low, node, number: low.own_call(node, "fj_own_object", [low.typed(node.args[0])]),
    "SCALAR": own_scalar,
}

LOWERINGS = {
    name: getattr(Lowering, name)
    for name in ("guard", "home", "name", "item", "word", "field", "load", "store", "pure_call", "read_call", "write_call",
                 "unbox_int", "own", "own_tuple", "home_set", "home_take", "home_swap", "name_set", "name_put", "poll", "poll_at", "callout")
}
LOWERINGS["number"] = Lowering.answer
LOWERINGS |= {name: Lowering.overflow for name in OPERATIONS if name.endswith("_ovf")}
