"""A nest (loops/nests.py) -> its kernel, `i32 @kernelN(ptr %args, i64 %n)` (ext/nests.h): one row of n elements.

What is computed in registers runs in vectors of 64 bytes; the last vector of a row overlaps the one before it, for
computing an element again changes nothing; shorter rows run element by element.  Functions that NumPy's loops call for a
vector are called so here, too (loops/vector_functions.py).  Where NumPy's own loops are called the row is cut into tiles
that stay in the processor's cache, and values between stages lie in buffers on the stack.
The answer are flags that calls have raised: NumPy's loops may clear them.
"""

from framejit.backends.llvm.described_nests import alignment, description, element, inner_loop, is_register, size
from framejit.backends.llvm.nest_steps import Steps

TILE = 256
GROUP, FEW = 4, 3       # vectors of a group, which pays where so few steps are all there is


class Kernel(Steps):
    """`parted`: the text of the constant that describes its parts (parted_nests.py).  `backwards`: whether operands that may lie either way are
    handed to NumPy's loops as they lie."""

    def __init__(self, nest, number, threads, declarations, parted="null", backwards=False):
        self.parted = parted
        self.backwards = backwards
        super().__init__(nest, declarations)
        self.number = number
        self.threads = threads
        self.stages = list(self.staged())
        self.calls = any([stage.__class__ is int for stage in self.stages])         # whether there are tiles
        self.results = nest.results
        self.buffers = self.kept()

    # ---- stages

    def staged(self):
        """Numbers of values: lists of what is computed in registers together, and calls."""
        together = []
        for value in range(self.count, self.last + 1):
            if self.in_vectors(value) and not self.is_handed(value):
                together.append(value)
                continue
            if together:
                yield together
            yield value
            together = []
        if together:
            yield together

    def is_handed(self, value):
        """Whether a loop of NumPy's has to be called, for what it is handed may lie backwards."""
        return self.backwards and any([arg < self.count and self.nest.operands[arg].either for arg in self.step(value).args])

    def numpys(self):
        """Whether functions of NumPy's library are called."""
        return any([not is_register(self.nest, value) for value in range(self.count, self.last + 1)])

    def kept(self):
        """Values that another stage than their own reads -> a number; results aren't among them, which are read where they go."""
        home = {value: place for place, stage in enumerate(self.stages) for value in (stage if stage.__class__ is list else [stage])}
        found = {}
        for value, place in home.items():
            for arg in self.step(value).args:
                if arg >= self.count and arg not in self.results and (home[arg] != place or self.stages[place].__class__ is int):
                    found.setdefault(arg, len(found))
        return found

    # ---- text

    def run(self):
        other, lines = "null", []
        if any([operand.either for operand in self.nest.operands]):
            other = f"@kernel{self.number}.backwards"
            lines = Kernel(self.nest, f"{self.number}.backwards", self.threads, self.declarations, backwards=True).text()
        return [*lines, *self.text(), *description(self.nest, self.number, self.numpys(), self.threads, self.declarations, self.parted, other)]

    def text(self):
        self.lines = [f"define internal i32 @kernel{self.number}(ptr %args, i64 %n) noinline nounwind {{", "entry:"]
        self.pointers()
        if self.calls:
            self.tiles()
        else:
            self.out("br label %work")
            self.lines.append("work:")
            self.all_stages("%n", "work")
            self.out("ret i32 0")
        return [*self.lines, "}"]

    def pointers(self):
        for index in range(self.count + 1):
            self.out(f"%p{index} = getelementptr ptr, ptr %args, i64 {index}")
            self.out(f"%a{index} = load ptr, ptr %p{index}")
        for value, buffer in self.buffers.items():
            self.out(f"%buffer{buffer} = alloca [{TILE} x {element(self.nest.kind_of(value))}], align 64")
        for value, operand in enumerate(self.nest.operands):
            if operand.form == "scalar":
                type_ = element(operand.kind)
                self.out(f"%s{value} = load {type_}, ptr %a{value + 1}")
                self.splat(f"%w{value}", f"%s{value}", operand.kind)
        if self.calls:
            self.out("%flags = alloca i32")
            self.out("store i32 0, ptr %flags")
            self.out("%length = alloca i64")
            self.out("%places = alloca [4 x ptr]")
            self.out("%steps = alloca [4 x i64]")

    def tiles(self):
        self.out("br label %tile")
        self.lines.append("tile:")
        self.out("%t = phi i64 [ 0, %entry ], [ %following, %tiled ]")
        self.out("%left = sub i64 %n, %t")
        self.out(f"%short = icmp slt i64 %left, {TILE}")
        self.out(f"%m = select i1 %short, i64 %left, i64 {TILE}")
        self.out("store i64 %m, ptr %length")
        self.all_stages("%m", "tile")
        self.out("br label %tiled")
        self.lines.append("tiled:")
        self.out(f"%following = add i64 %t, {TILE}")
        self.out("%more = icmp slt i64 %following, %n")
        self.out("br i1 %more, label %tile, label %done")
        self.lines.append("done:")
        self.out("%raised = load i32, ptr %flags")
        self.out("ret i32 %raised")

    def all_stages(self, length, label):
        for stage in self.stages:
            if stage.__class__ is list:
                label = self.vectors(stage, length, label)
            else:
                self.call_loop(stage)

    # ---- in registers

    def vectors(self, stage, length, label):
        """A loop over the elements; gives the label behind it."""
        stem = self.temp("L")
        lanes = self.lanes
        self.out(f"%{stem}.last = sub i64 {length}, {lanes}")
        self.out(f"%{stem}.long = icmp sge i64 %{stem}.last, 0")
        first = self.to_boundary() if not self.calls else lanes
        grouped = not self.calls and len(stage) <= FEW and all([is_register(self.nest, value) for value in stage])
        if grouped:
            label = self.groups(stage, stem, label, first)
        self.out(f"br i1 %{stem}.long, label %{stem}.vector, label %{stem}.single")
        self.lines.append(f"{stem}.vector:")
        behind, by = (f", [ %{stem}.rest, %{stem}.grouped ]", f", [ {lanes}, %{stem}.grouped ]") if grouped else ("", "")
        self.out(f"%{stem}.i = phi i64 [ 0, %{label} ], [ %{stem}.next, %{stem}.vector ]{behind}")
        self.out(f"%{stem}.by = phi i64 [ {first}, %{label} ], [ {lanes}, %{stem}.vector ]{by}")
        self.body(stage, f"%{stem}.i", lanes)
        self.out(f"%{stem}.step = add i64 %{stem}.i, %{stem}.by")
        self.out(f"%{stem}.over = icmp slt i64 %{stem}.step, %{stem}.last")
        self.out(f"%{stem}.next = select i1 %{stem}.over, i64 %{stem}.step, i64 %{stem}.last")
        self.out(f"%{stem}.end = icmp eq i64 %{stem}.i, %{stem}.last")
        self.out(f"br i1 %{stem}.end, label %{stem}.out, label %{stem}.vector")
        self.lines.append(f"{stem}.single:")
        self.out(f"%{stem}.k = phi i64 [ 0, %{label} ], [ %{stem}.up, %{stem}.single ]")
        self.body(stage, f"%{stem}.k", 1)
        self.out(f"%{stem}.up = add i64 %{stem}.k, 1")
        self.out(f"%{stem}.stop = icmp eq i64 %{stem}.up, {length}")
        self.out(f"br i1 %{stem}.stop, label %{stem}.out, label %{stem}.single")
        self.lines.append(f"{stem}.out:")
        return f"{stem}.out"

    def groups(self, stage, stem, label, first):
        """The first vector, and then groups of vectors while there are whole ones: each turn of the loop below waits for the one before.  The
        label behind, where there are too few for that."""
        lanes, some = self.lanes, GROUP * self.lanes
        self.out(f"%{stem}.most = sub i64 %n, {some}")
        self.out(f"%{stem}.many = icmp sge i64 %{stem}.most, {some}")
        self.out(f"br i1 %{stem}.many, label %{stem}.first, label %{stem}.few")
        self.lines.append(f"{stem}.first:")
        self.body(stage, "0", lanes)
        self.out(f"br label %{stem}.group")
        self.lines.append(f"{stem}.group:")
        self.out(f"%{stem}.g = phi i64 [ {first}, %{stem}.first ], [ %{stem}.after, %{stem}.group ]")
        for number in range(GROUP):
            self.out(f"%{stem}.g{number} = add i64 %{stem}.g, {number * lanes}")
            self.body(stage, f"%{stem}.g{number}", lanes)
        self.out(f"%{stem}.after = add i64 %{stem}.g, {some}")
        self.out(f"%{stem}.again = icmp sle i64 %{stem}.after, %{stem}.most")
        self.out(f"br i1 %{stem}.again, label %{stem}.group, label %{stem}.grouped")
        self.lines.append(f"{stem}.grouped:")
        self.out(f"%{stem}.left = icmp slt i64 %{stem}.after, %{stem}.last")
        self.out(f"%{stem}.rest = select i1 %{stem}.left, i64 %{stem}.after, i64 %{stem}.last")
        self.out(f"br label %{stem}.vector")
        self.lines.append(f"{stem}.few:")
        return f"{stem}.few"

    def to_boundary(self):
        """Elements that the first vector is ahead of the second one, which begins where a store crosses no more cache lines than it must."""
        width, origin, behind, elements, first = self.lanes * size(self.nest.kind), *[self.temp() for _ in range(4)]
        self.out(f"{origin} = ptrtoint ptr %a0 to i64")
        self.out(f"{behind} = and i64 {origin}, {width - 1}")
        self.out(f"{elements} = udiv i64 {behind}, {size(self.nest.kind)}")
        self.out(f"{first} = sub i64 {self.lanes}, {elements}")
        return first

    def body(self, stage, index, lanes):
        at = {}
        for value in stage:
            step = self.step(value)
            at[value] = self.compute(value, [self.read(arg, at, index, lanes) for arg in step.args], lanes)
            if value == self.last or value in self.buffers or value in self.results:
                place = self.element_place(value, index)
                self.out(f"store {self.vector(step.kind, lanes)} {at[value]}, ptr {place}, align {alignment(step.kind)}")

    def read(self, value, at, index, lanes):
        """The text of a value's elements."""
        if value not in at:
            if value < self.count and self.nest.operands[value].form == "scalar":
                return f"%s{value}" if lanes == 1 else f"%w{value}"
            kind = self.nest.kind_of(value)
            place = self.element_place(value, index)
            at[value] = self.temp()
            self.out(f"{at[value]} = load {self.vector(kind, lanes)}, ptr {place}, align {alignment(kind)}")
        return at[value]

    def element_place(self, value, index):
        place = self.temp()
        self.out(f"{place} = getelementptr {element(self.nest.kind_of(value))}, ptr {self.base(value)}, i64 {index}")
        return place

    def base(self, value):
        """Where a value's elements of this tile begin."""
        if value in self.buffers:
            return f"%buffer{self.buffers[value]}"
        start = "%a0" if value == self.last else f"%a{self.results.get(value, value) + 1}"
        if not self.calls:
            return start
        place = self.temp()
        self.out(f"{place} = getelementptr {element(self.nest.kind_of(value))}, ptr {start}, i64 %t")
        return place

    # ---- NumPy's loops

    def call_loop(self, value):
        """One of NumPy's inner loops over the tile; the flags so far are noted first."""
        step = self.step(value)
        kinds = [*[self.nest.kind_of(arg) for arg in step.args], step.kind]
        name, data = inner_loop(step.name, kinds, self.declarations)
        self.note_flags()
        for position, one in enumerate((*step.args, value)):
            place, stride = self.temp(), self.temp()
            start, step = self.handed(one)
            self.out(f"{place} = getelementptr ptr, ptr %places, i64 {position}")
            self.out(f"store ptr {start}, ptr {place}")
            self.out(f"{stride} = getelementptr i64, ptr %steps, i64 {position}")
            self.out(f"store i64 {step}, ptr {stride}")
        self.out(f"call void {name}(ptr %places, ptr %length, ptr %steps, ptr {data})")

    def handed(self, value):
        """Texts of where a loop finds a value's elements of this tile, and of the step between them."""
        operand = self.nest.operands[value] if value < self.count else None
        if operand is not None and operand.form == "scalar":
            return f"%a{value + 1}", 0
        if operand is None or not (self.backwards and operand.either):
            return self.base(value), size(self.nest.kind_of(value))
        place, step, offset, start = [self.temp() for _ in range(4)]
        self.out(f"{place} = getelementptr i64, ptr %args, i64 {self.count + 1 + value}")
        self.out(f"{step} = load i64, ptr {place}")
        self.out(f"{offset} = mul i64 {step}, %t")
        self.out(f"{start} = getelementptr i8, ptr %a{value + 1}, i64 {offset}")
        return start, step

    def note_flags(self):
        self.declare("fj_flags_now", "declare i32 @fj_flags_now()")
        before, now, both = [self.temp() for _ in range(3)]
        self.out(f"{now} = call i32 @fj_flags_now()")
        self.out(f"{before} = load i32, ptr %flags")
        self.out(f"{both} = or i32 {before}, {now}")
        self.out(f"store i32 {both}, ptr %flags")


__all__ = ["Kernel"]
