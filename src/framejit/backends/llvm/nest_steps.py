"""What a nest's steps are in registers: one vector of elements, or one element, at a time.

Complex numbers lie as vectors of their parts, real and imaginary by turns.
"""

from framejit.backends.llvm.described_nests import element, is_register, size, step_of
from framejit.loops import vector_functions
from framejit.loops.vector_functions import VECTOR
from framejit.tables.elementwise import ASKED, CASTS, CLIP, COMPARED, EXTREMA, PAIR, ROUNDED, WHERE, in_registers
from framejit.tables.types import ELEMENTS, KINDS

PRODUCT = "multiply"        # of complex numbers
HALF = "float16"


def conversion(source, target):
    """LLVM's instruction between kinds, but for that from floats to integers; bools are bits."""
    if source.floating != target.floating:
        return "sitofp" if source.signed else "uitofp"
    before, after = [0 if kind.machine == "i1" else size(kind.name) for kind in (source, target)]
    if before == after:
        return "bitcast"
    narrower, wider = ("fptrunc", "fpext") if source.floating else ("trunc", "sext" if source.signed else "zext")
    return wider if before < after else narrower


class Steps:
    def __init__(self, nest, declarations):
        self.nest = nest
        self.declarations = declarations
        self.lines = []
        self.names = 0
        self.count = len(nest.operands)
        self.last = self.count + len(nest.steps) - 1
        self.lanes = VECTOR // max([size(nest.kind_of(one)) for one in range(self.last + 1)])

    def step(self, value):
        return step_of(self.nest, value)

    def in_vectors(self, value):
        """Whether this step is computed for a vector at a time, in registers or by a function of NumPy's library."""
        return is_register(self.nest, value) or self.is_product(value) or self.of_vectors(value) is not None

    def is_product(self, value):
        """Whether complex numbers are multiplied as NumPy's loop does it here."""
        step = self.step(value)
        return step.name == PRODUCT and ELEMENTS[step.kind].part is not None and vector_functions.products_are_fused(step.kind)

    def of_vectors(self, value):
        """The symbol of the function that computes this value for a whole vector, or None."""
        step = self.step(value)
        kinds = [*[self.nest.kind_of(arg) for arg in step.args], step.kind]
        return vector_functions.symbol(step.name, kinds) if self.lanes * size(step.kind) == VECTOR else None

    # ---- text

    def out(self, text):
        self.lines.append("  " + text)

    def temp(self, stem="%v"):
        self.names += 1
        return f"{stem}{self.names}"

    def declare(self, name, text):
        self.declarations.setdefault(name, text)

    def vector(self, kind, lanes):
        part = ELEMENTS[kind].part
        if part is not None:
            return f"<{2 * lanes} x {element(part)}>"
        return element(kind) if lanes == 1 else f"<{lanes} x {element(kind)}>"

    def shuffled(self, result, type_, left, right, places):
        """A vector of items of both."""
        self.out(f"{result} = shufflevector {type_} {left}, {type_} {right}, <{len(places)} x i32> <{', '.join([f'i32 {place}' for place in places])}>")

    def splat(self, result, value, kind):
        """A vector of one number."""
        one, whole = self.temp(), self.vector(kind, self.lanes)
        self.out(f"{one} = insertelement {whole} poison, {element(kind)} {value}, i64 0")
        self.shuffled(result, whole, one, "poison", [0] * self.lanes)

    # ---- steps

    def compute(self, value, args, lanes):
        step = self.step(value)
        kind, result = self.nest.kind_of(step.args[0]), self.temp()
        type_ = self.vector(kind, lanes)
        if step.name in CASTS and kind == step.kind:
            return args[0]
        if step.name in CASTS:
            self.cast(result, args[0], kind, step.kind, lanes)
        elif step.name == WHERE:
            self.choose(result, args, step.kind, type_, lanes)
        elif step.name == PAIR:
            self.pair(result, *args, step.kind, lanes)
        elif step.name in COMPARED and is_register(self.nest, value):
            self.as_bool(result, self.compared(COMPARED[step.name], *args, kind, lanes), lanes)
        elif step.name in EXTREMA and is_register(self.nest, value):
            self.extremum(result, EXTREMA[step.name], *args, kind, lanes)
        elif step.name == CLIP and is_register(self.nest, value):
            self.extremum(result + "m", "ge", *args[:2], kind, lanes)
            self.extremum(result, "le", result + "m", args[2], kind, lanes)
        elif step.name in ASKED and is_register(self.nest, value):
            self.as_bool(result, self.asked(step.name, args[0], kind, lanes), lanes)
        elif step.name in ROUNDED and is_register(self.nest, value):
            self.rounded(result, ROUNDED[step.name], args[0], kind, lanes)
        elif is_register(self.nest, value) and kind == "bool_":
            self.logical(result, step.name, args, lanes)
        elif is_register(self.nest, value):
            self.instruction(result, step.name, args, kind, lanes)
        elif self.is_product(value):
            self.product(result, *args, kind, lanes)
        else:
            self.call_vector(result, self.of_vectors(value), args, step.kind, lanes)
        return result

    def instruction(self, result, name, args, kind, lanes):
        type_ = self.vector(kind, lanes)
        text = in_registers(name, kind).format(*args, t=type_, s=self.suffix(kind, lanes))
        self.out(f"{result} = {text}")
        if "@llvm." in text:
            called = text[text.index("@") + 1:text.index("(")]
            self.declare(called, f"declare {type_} @{called}({type_})")

    # ---- comparisons: of floats by instructions that raise no flags for quiet NaNs

    def compared(self, predicate, left, right, kind, lanes):
        """The text of a bit for each pair."""
        row, type_, result = KINDS[kind], self.vector(kind, lanes), self.temp()
        if not row.floating:
            sign = "" if predicate in ("eq", "ne") else "s" if row.signed else "u"
            self.out(f"{result} = icmp {sign}{predicate} {type_} {left}, {right}")
            return result
        predicate = predicate if len(predicate) == 3 else ("u" if predicate == "ne" else "o") + predicate
        bits, name = self.bits(lanes), f"llvm.experimental.constrained.fcmp.{self.suffix(kind, lanes)}"
        self.declare(name, f"declare {bits} @{name}({type_}, {type_}, metadata, metadata)")
        self.out(f'{result} = call {bits} @{name}({type_} {left}, {type_} {right}, metadata !"{predicate}", metadata !"fpexcept.strict") strictfp')
        return result

    def bits(self, lanes):
        return "i1" if lanes == 1 else f"<{lanes} x i1>"

    def as_bool(self, result, bits, lanes):
        self.out(f"{result} = zext {self.bits(lanes)} {bits} to {self.vector('bool_', lanes)}")

    def extremum(self, result, predicate, left, right, kind, lanes):
        """The first where the predicate holds, or where it is NaN; else the second."""
        type_, first = self.vector(kind, lanes), self.compared(predicate, left, right, kind, lanes)
        if KINDS[kind].floating:
            whole = self.temp()
            self.out(f"{whole} = or {self.bits(lanes)} {first}, {self.compared('uno', left, left, kind, lanes)}")
            first = whole
        left, right = [self.fenced(value, kind, type_, lanes) for value in (left, right)]
        self.out(f"{result} = select {self.bits(lanes)} {first}, {type_} {left}, {type_} {right}")

    def asked(self, name, value, kind, lanes):
        if name == "isnan":
            return self.compared(ASKED[name], value, value, kind, lanes)
        size, endless = self.temp(), "0x7FF0000000000000"
        if lanes > 1:
            self.splat(f"{size}i", endless, kind)
            endless = f"{size}i"
        self.rounded(size, "fabs", value, kind, lanes)
        return self.compared(ASKED[name], size, endless, kind, lanes)

    def rounded(self, result, function, value, kind, lanes):
        type_, name = self.vector(kind, lanes), f"llvm.{function}.{self.suffix(kind, lanes)}"
        self.declare(name, f"declare {type_} @{name}({type_})")
        self.out(f"{result} = call {type_} @{name}({type_} {value})")

    def logical(self, result, name, args, lanes):
        """Of bools, whose bytes may be any number: all but zero are True."""
        type_, bits, both = self.vector("bool_", lanes), [self.temp() for _ in args], self.temp()
        for bit, value in zip(bits, args):
            self.out(f"{bit} = icmp ne {type_} {value}, {'0' if lanes == 1 else 'zeroinitializer'}")
        self.out(f"{both} = {in_registers(name, 'bool_').format(*bits, t=self.bits(lanes))}")
        self.as_bool(result, both, lanes)

    def suffix(self, kind, lanes):
        """Of LLVM's functions of such values."""
        part = ELEMENTS[kind].part
        machine = KINDS[part or kind].machine
        count = 2 * lanes if part else lanes
        return machine if count == 1 else f"v{count}{machine}"

    def product(self, result, left, right, kind, lanes):
        """Complex numbers: ar * br - ai * bi and ar * bi + ai * br, of which the second products are rounded and the first ones aren't."""
        type_, name = self.vector(kind, lanes), f"llvm.fma.{self.suffix(kind, lanes)}"
        self.declare(name, f"declare {type_} @{name}({type_}, {type_}, {type_})")
        real, imaginary, turned, second, minus, less, more = [self.temp() for _ in range(7)]
        pairs = range(0, 2 * lanes, 2)
        self.shuffled(real, type_, left, "poison", [place for pair in pairs for place in (pair, pair)])
        self.shuffled(imaginary, type_, left, "poison", [place for pair in pairs for place in (pair + 1, pair + 1)])
        self.shuffled(turned, type_, right, "poison", [place for pair in pairs for place in (pair + 1, pair)])
        self.out(f"{second} = fmul {type_} {imaginary}, {turned}")
        self.out(f"{minus} = fneg {type_} {second}")
        self.out(f"{less} = call {type_} @{name}({type_} {real}, {type_} {right}, {type_} {minus})")
        self.out(f"{more} = call {type_} @{name}({type_} {real}, {type_} {right}, {type_} {second})")
        self.shuffled(result, type_, less, more, [place for pair in pairs for place in (pair, 2 * lanes + pair + 1)])

    def call_vector(self, result, symbol, args, kind, lanes):
        """A function of whole vectors; a single element fills one."""
        whole = self.vector(kind, self.lanes)
        self.declare(symbol, f"declare {whole} @{symbol}({', '.join([whole] * len(args))})")
        if lanes == 1:
            filled = [self.temp() for _ in args]
            for one, value in zip(filled, args):
                self.splat(one, value, kind)
            args = filled
        made = result if lanes > 1 else self.temp()
        self.out(f"{made} = call {whole} @{symbol}({', '.join([f'{whole} {one}' for one in args])})")
        if lanes == 1:
            self.out(f"{result} = extractelement {whole} {made}, i64 0")

    def choose(self, result, args, kind, mask, lanes):
        """The second where the first isn't zero, else the third."""
        flag, type_ = self.temp(), self.vector(kind, lanes)
        chosen = [self.fenced(value, kind, type_, lanes) for value in args[1:]]
        self.out(f"{flag} = icmp ne {mask} {args[0]}, {'0' if lanes == 1 else 'zeroinitializer'}")
        if ELEMENTS[kind].part is not None and lanes > 1:
            both = self.temp()
            self.shuffled(both, f"<{lanes} x i1>", flag, "poison", [place for place in range(lanes) for _ in range(2)])
            flag, lanes = both, 2 * lanes
        self.out(f"{result} = select {'i1' if lanes == 1 else f'<{lanes} x i1>'} {flag}, {type_} {chosen[0]}, {type_} {chosen[1]}")

    def fenced(self, value, kind, type_, lanes):
        """A number that is computed in every lane: masked instructions wouldn't set the flags of those that aren't chosen."""
        row = KINDS.get(ELEMENTS[kind].part or kind)
        if row is None or not row.floating:
            return value
        name, result = f"llvm.arithmetic.fence.{self.suffix(kind, lanes)}", self.temp()
        self.declare(name, f"declare {type_} @{name}({type_})")
        self.out(f"{result} = call {type_} @{name}({type_} {value})")
        return result

    def cast(self, result, value, source, target, lanes):
        before, after = self.vector(source, lanes), self.vector(target, lanes)
        part = ELEMENTS[target].part
        if part is not None:
            if part != source:
                self.cast(result + "r", value, source, part, lanes)
                value = result + "r"
            self.pair(result, value, "zeroinitializer" if lanes > 1 else "0.0", target, lanes)
            return
        if HALF in (source, target):
            self.half(result, value, source, target, lanes)
            return
        source, target = KINDS[source], KINDS[target]
        if target.machine == "i1":
            self.as_bool(result, self.compared("ne", value, self.zero(source.name, lanes), source.name, lanes), lanes)
            return
        if source.machine == "i1":
            flag = self.temp()
            zero = "0" if lanes == 1 else "zeroinitializer"
            self.out(f"{flag} = icmp ne {before} {value}, {zero}")
            value, before = flag, "i1" if lanes == 1 else f"<{lanes} x i1>"
        if source.floating and not target.floating:
            self.cast_to_integers(result, value, before, target, lanes)
            return
        self.out(f"{result} = {conversion(source, target)} {before} {value} to {after}")

    def zero(self, kind, lanes):
        return "zeroinitializer" if lanes > 1 else "0.0" if KINDS[kind].floating else "0"

    def cast_to_integers(self, result, value, before, target, lanes):
        """By an instruction that has 32 or 64 bits, and says what doesn't fit into them; the lower ones of these are what is left."""
        wide = "int64" if target.name == "int64" else "int32"
        made = result if target.name == wide else self.temp()
        self.out(f"{made} = fptosi {before} {value} to {self.vector(wide, lanes)}")
        if target.name != wide:
            self.out(f"{result} = trunc {self.vector(wide, lanes)} {made} to {self.vector(target.name, lanes)}")

    def half(self, result, value, source, target, lanes):
        """Numbers of half precision as wider ones, or small integers as such numbers: exact."""
        form, bits, number = "half" if lanes == 1 else f"<{lanes} x half>", self.vector(HALF, lanes), self.temp()
        if source == HALF:
            self.out(f"{number} = bitcast {bits} {value} to {form}")
            self.out(f"{result} = fpext {form} {number} to {self.vector(target, lanes)}")
            return
        wide = self.temp()
        self.cast(wide, value, source, "float32", lanes)
        self.out(f"{number} = fptrunc {self.vector('float32', lanes)} {wide} to {form}")
        self.out(f"{result} = bitcast {form} {number} to {bits}")

    def pair(self, result, real, imaginary, kind, lanes):
        """A complex number of its parts."""
        part = ELEMENTS[kind].part
        if lanes > 1:
            self.shuffled(result, self.vector(part, lanes), real, imaginary, [place for one in range(lanes) for place in (one, lanes + one)])
            return
        first = self.temp()
        self.out(f"{first} = insertelement <2 x {element(part)}> poison, {element(part)} {real}, i64 0")
        self.out(f"{result} = insertelement <2 x {element(part)}> {first}, {element(part)} {imaginary}, i64 1")


__all__ = ["Steps"]
