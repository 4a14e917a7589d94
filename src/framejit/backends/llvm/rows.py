"""One row per operation of the graph: the LLVM text that does it.  What has a template in tables/operations.py needs no row."""

from framejit.backends.llvm import arrays, chains
from framejit.backends.llvm.boxes import OWN
from framejit.backends.llvm.cold import FREED, KEEPING, rare
from framejit.backends.llvm.ints import unboxed
from framejit.backends.llvm.text import LLVM, Text, alignment, answer_type, literal, tag
from framejit.tables.effects import PATIENCE, WITH_CONTEXT
from framejit.tables.fields import FIELDS
from framejit.tables.operations import OPERATIONS

CONTEXT = {"result": 0, "number": 8, "breaker": 24, "region": 40, "consts": 48, "names": 56, "spill": 64, "trail": 88, "levels": 96, "caught": 104}
OVERFLOW = {"i": "s", "u": "u"}
SUFFIX = {"float": "f32", "double": "f64"}


class Nodes(Text):
    """What a lowering does for single nodes; blocks and exits are those of `lower.Lowering`."""

    # ---- values

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

    def was_caught(self, node):
        self.out(f"%n{node.id} = load i64, ptr {self.context_place('caught')}")

    def context_place(self, name):
        """Address of a word of the context."""
        place = self.temp()
        self.out(f"{place} = getelementptr i8, ptr %ctx, i64 {CONTEXT[name]}")
        return place

    # ---- complex numbers

    def complex_parts(self, node):
        """The texts of the two parts, type and value."""
        if node.op == "const":
            return [f"double {literal('f64', part)}" for part in (node.attr.real, node.attr.imag)]
        parts = [self.temp(), self.temp()]
        for place, part in enumerate(parts):
            self.out(f"{part} = extractvalue {self.typed(node)}, {place}")
        return [f"double {part}" for part in parts]

    def complex_of(self, node):
        half = self.temp()
        real, imag = [self.typed(part) for part in node.args]
        self.out(f"{half} = insertvalue {LLVM[node.type]} poison, {real}, 0")
        self.out(f"%n{node.id} = insertvalue {LLVM[node.type]} {half}, {imag}, 1")

    # ---- calls

    def call(self, node, attributes):
        name, result = node.attr
        symbol = name if name.startswith("fj_") else "fj_m_" + name
        returned = "void" if result is None else LLVM[result]
        context = ["ptr %ctx"] if name in WITH_CONTEXT else []
        self.declare(symbol, returned, ["ptr"] * len(context) + [LLVM[arg.type] for arg in node.args], attributes)
        target = "" if result is None else f"%n{node.id} = "
        kept = KEEPING if rare(symbol) else ""
        self.out(f"{target}call {returned} @{symbol}({', '.join([*context, *[self.typed(arg) for arg in node.args]])}) {kept}")
        if kept:
            self.out(FREED)

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

    def own_items(self, node):
        count = len(node.args)
        place = self.temp()
        self.allocated.append(f"  {place} = alloca ptr, i64 {count}")
        for index, arg in enumerate(node.args):
            item = self.temp()
            self.out(f"{item} = getelementptr ptr, ptr {place}, i64 {index}")
            self.out(f"store ptr {self.ref(arg)}, ptr {item}")
        self.own_call(node, f"fj_{node.op}", [f"ptr {place}", f"i64 {count}"])

    def home_set(self, node, function="fj_home_put"):
        self.put(node, "fj_home_put_box" if node.attr[1] else function, "ptr %home")

    def put(self, node, function, owner):
        """The owner's place node.attr[0] has the object from now on, unless the function says that it can't."""
        self.declare(function, "i32", ["ptr", "i32", "ptr"])
        done, condition = self.temp(), self.temp()
        self.out(f"{done} = call i32 @{function}({owner}, i32 {node.attr[0]}, {self.typed(node.args[0])})")
        self.out(f"{condition} = icmp ne i32 {done}, 0")
        self.check(condition, node.exit)

    def home_take(self, node):
        self.home_set(node, "fj_home_take")

    def home_append(self, node):
        self.declare("fj_home_append", "ptr", ["ptr", "i32", "ptr", "ptr"])
        self.out(f"%n{node.id} = call ptr @fj_home_append(ptr %home, i32 {node.attr[0]}, {', '.join([self.typed(arg) for arg in node.args])})")

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
        self.put(node, "fj_name_put_box" if node.attr[1] else "fj_name_put", "ptr %ctx")

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
        self.out(FREED)
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

    # ---- routines

    def argument(self, node):
        """Has its name already."""

    def levels(self, node):
        self.out(f"%n{node.id} = load i64, ptr {self.context_place('levels')}")

    def calm(self, node):
        byte, condition, answer, going, asking = self.temp(), self.temp(), self.temp(), self.fresh("w"), self.fresh("p")
        self.out(f"{byte} = load volatile i8, ptr %breaker")
        self.out(f"{condition} = icmp eq i8 {byte}, 0")
        self.out(f"br i1 {condition}, label %{going}, label %{asking}, !prof !101")
        self.start(asking)
        asked = PATIENCE[node.attr]
        self.declare(asked, "i8", ["ptr"], "nounwind willreturn memory(inaccessiblemem: readwrite)")
        self.out(f"{answer} = call i8 @{asked}(ptr %ctx) {KEEPING}")
        self.out(FREED)
        self.out(f"{answer}.holds = icmp ne i8 {answer}, 0")
        self.out(f"br i1 {answer}.holds, label %{going}, label %x{node.exit.id}")
        self.start(going)

    def invoke(self, node):
        answer = answer_type(self.whole.graph.routines[node.attr])
        status, condition = self.temp(), self.temp()
        arguments = ", ".join(["ptr %ctx", *[self.typed(argument) for argument in node.args]])
        self.out(f"%n{node.id} = call fastcc {answer} @{self.symbol_of(node.attr)}({arguments})")
        self.out(f"{status} = extractvalue {answer} %n{node.id}, 0")
        self.out(f"{condition} = icmp eq i64 {status}, 0")
        self.check(condition, node.exit)

    def symbol_of(self, number):
        """The function that calls of routine `number` go to."""
        return self.whole.early.get(number, f"routine{number}")

    def given(self, node):
        call = node.args[0]
        answer = answer_type(self.whole.graph.routines[call.attr])
        self.out(f"%n{node.id} = extractvalue {answer} %n{call.id}, {node.attr[0] + 1}")

    def callout(self, node):
        self.store_spills(node.exit)
        kind, argument, following, at = node.attr
        self.declare("fj_callout", "i64", ["ptr", "i32", "i32", "i32", "i32", "i32"])
        code = self.temp()
        numbers = ", ".join(f"i32 {number}" for number in (node.exit.id, kind, argument, following, at))
        self.out(f"{code} = call i64 @fj_callout(ptr %ctx, {numbers})")
        self.stay(code, self.fresh("w"))


LOWERINGS = {
    name: getattr(Nodes, name)
    for name in ("guard", "home", "name", "item", "word", "field", "load", "store", "pure_call", "read_call", "write_call",
                 "unbox_int", "own", "home_set", "home_take", "home_append", "home_swap", "name_set", "name_put", "poll", "poll_at", "callout",
                 "argument", "levels", "calm", "invoke", "given", "complex_of")
}
LOWERINGS["own_tuple"] = LOWERINGS["own_list"] = LOWERINGS["own_dict"] = Nodes.own_items
LOWERINGS["number"] = Nodes.answer
LOWERINGS["caught"] = Nodes.was_caught
LOWERINGS["invoke_changing"] = Nodes.invoke
LOWERINGS |= arrays.ROWS | chains.ROWS
LOWERINGS |= {name: Nodes.overflow for name in OPERATIONS if name.endswith("_ovf")}


__all__ = ["CONTEXT", "LOWERINGS", "Nodes"]
