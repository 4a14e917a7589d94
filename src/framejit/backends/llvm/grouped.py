"""The LLVM of loops that run in groups (groups.py): the test before the loop, the group, its commit.

    entry:  long enough? -> every index in range at both ends, stores apart from loads -> %ok
    header: %slow = phi;  i < stop -> try: %ok and i >= %slow and stop - i >= SIZE -> group, else the loop's own body
    group:  SIZE iterations, stores into buffers, %bad gathered -> bad: the body, no group for a while
    commit: buffers to their places, one poll, header
"""

from framejit.backends.llvm.groups import VARIES
from framejit.graph.nodes import Node
from framejit.tables.types import MACHINE_TYPES

SIZE = 16
PAUSE = SIZE        # iterations that run singly after a group that failed
FARTHEST = 2**40    # iterations of a loop that linear checks are sound for
NEVER = -2**63
BOUNDS = {"iadd_ovf": 2**62 - 1, "isub_ovf": 2**62 - 1, "imul_ovf": 2**31}     # of 64-bit operands


class Clones:
    """Copies of a loop's nodes under other names, made as they are asked for."""

    def __init__(self, low, known):
        self.low = low
        self.known = known

    def of(self, node):
        return self.known.get(node, node)

    def copy(self, node):
        made = Node(node.op, [self.of(argument) for argument in node.args], node.type, node.attr, node.exit, node.line)
        made.id = self.low.number()
        self.known[node] = made
        return made

    def needed(self, group, node):
        """Emit what computes the node from the loop's parameters; its copy."""
        if node not in group.own or node in self.known:
            return self.of(node)
        if node in group.forward:
            self.known[node] = self.needed(group, group.forward[node])
            return self.known[node]
        for argument in node.args:
            self.needed(group, argument)
        made = self.copy(node)
        unchecked(self.low, made)
        return made


def unchecked(low, node):
    """The node without its overflow check."""
    if node.op.endswith("_ovf"):
        node.op = "i" + node.op[1:-4]
    low.lower_node(node)


def both(low, left, right, operation="and"):
    result = low.temp()
    low.out(f"{result} = {operation} i1 {left}, {right}")
    return result


# ---- before the loop

def before(low, group):
    """At the end of the entry block: `%ok.N`, whether groups may run at all."""
    values = group.entry.end.targets[0][1]
    given = dict(zip(group.header.params, values))
    start, stop = given[group.index], group.stop
    size, long, test, skip = low.temp(), low.temp(), low.fresh("test"), low.fresh("skip")
    origin = low.label
    low.out(f"{size} = sub i64 {low.ref(stop)}, {low.ref(start)}")
    low.out(f"{long} = icmp uge i64 {size}, {SIZE}")
    low.out(f"br i1 {long}, label %{test}, label %{skip}")
    low.start(test)
    last = Node("isub", (stop, Node("const", (), "i64", 1)), "i64")
    last.id = low.number()
    low.lower_node(last)
    first_ones, last_ones = Clones(low, dict(given)), Clones(low, {**given, group.index: last})
    holds = low.temp()
    low.out(f"{holds} = icmp ult i64 {size}, {FARTHEST}")
    for check in group.before:
        for clones in (first_ones, last_ones):
            holds = both(low, holds, held(low, group, clones, check))
    for store in group.stores:
        for other in (*group.loads, *[one for one in group.stores if one is not store]):
            if not group.same(other.args[0], store.args[0]):
                holds = both(low, holds, apart(low, group, first_ones, last_ones, store, other))
    steps = strides(low, group, first_ones, given)
    tested = low.label
    low.out(f"br label %{skip}")
    low.start(skip)
    for node, step in steps.items():
        group.steps[node] = low.temp()
        low.out(f"{group.steps[node]} = phi i64 [ 0, %{origin} ], [ {step}, %{tested} ]")
    low.out(f"%ok.{group.number} = phi i1 [ false, %{origin} ], [ {holds}, %{tested} ]")


def strides(low, group, first_ones, given):
    """{address: text of what it grows by} for loads whose places aren't neighbours."""
    found = {}
    chosen = [node.args[0] for node in group.loads if group.factor(node.args[0]) == VARIES]
    if not chosen:
        return found
    second = Node("iadd", (given[group.index], Node("const", (), "i64", 1)), "i64")
    second.id = low.number()
    low.lower_node(second)
    second_ones = Clones(low, {**given, group.index: second})
    for node in chosen:
        words = []
        for clones in (first_ones, second_ones):
            words.append(low.temp())
            low.out(f"{words[-1]} = ptrtoint ptr {low.ref(clones.needed(group, node))} to i64")
        found[node] = low.temp()
        low.out(f"{found[node]} = sub i64 {words[1]}, {words[0]}")
    return found


def held(low, group, clones, check):
    """Text of an i1: the check holds in this iteration."""
    if not check.op.endswith("_ovf"):
        made = clones.needed(group, check)
        if check.op != "icmp_ult":
            return low.ref(made)
        positive = low.temp()
        low.out(f"{positive} = icmp sge {low.typed(made.args[1])}, 0")
        return both(low, low.ref(made), positive)
    for argument in check.args:
        clones.needed(group, argument)
    made = Node(check.op, [clones.of(argument) for argument in check.args], check.type)
    made.id = low.number()
    flag = low.overflow_flag(made)
    clones.known.setdefault(check, made)
    return both(low, flag, "true", "xor")


def apart(low, group, first_ones, last_ones, one, other):
    """Text of an i1: what the two touch in the whole loop doesn't overlap."""
    ranges = []
    for node in (one, other):
        ends = [clones.needed(group, node.args[0]) for clones in (first_ones, last_ones)]
        up, low_end, high_end, behind = low.temp(), low.temp(), low.temp(), low.temp()
        first, last = map(low.ref, ends)
        low.out(f"{up} = icmp ule ptr {first}, {last}")
        low.out(f"{low_end} = select i1 {up}, ptr {first}, ptr {last}")
        low.out(f"{high_end} = select i1 {up}, ptr {last}, ptr {first}")
        low.out(f"{behind} = getelementptr i8, ptr {high_end}, i64 {size_of(node)}")
        ranges.append((low_end, behind))
    left, right = low.temp(), low.temp()
    low.out(f"{left} = icmp ule ptr {ranges[0][1]}, {ranges[1][0]}")
    low.out(f"{right} = icmp ule ptr {ranges[1][1]}, {ranges[0][0]}")
    return both(low, left, right, "or")


def memory_type(node):
    return node.type if node.op == "load" else node.args[1].type


def size_of(node):
    return MACHINE_TYPES[memory_type(node)].bits // 8


# ---- the group

def run(low, group):
    """Behind the header's comparison: the try, the group, the commit.  The body is entered with `%slowed.N`."""
    header, index, number = group.header, low.ref(group.index), group.number
    loop, commit, failed = low.fresh("group"), low.fresh("commit"), low.fresh("failed")
    left, room, rested, may = low.temp(), low.temp(), low.temp(), low.temp()
    low.start(f"try.{number}")
    low.out(f"{left} = sub i64 {low.ref(group.stop)}, {index}")
    low.out(f"{room} = icmp uge i64 {left}, {SIZE}")
    low.out(f"{rested} = icmp sge i64 {index}, %slow.{number}")
    low.out(f"{may} = and i1 {room}, {rested}")
    fetch = low.fresh("fetch")
    low.out(f"br i1 {both(low, may, f'%ok.{number}')}, label %{fetch}, label %b{group.body.id}")
    low.start(fetch)
    fetch_all(low, group)
    low.out(f"br label %{loop}")
    clones, bad = iterations(low, group, loop, fetch)
    low.out(f"br i1 {bad}, label %{failed}, label %{commit}, !prof !102")
    low.start(failed)
    low.out(f"%pause.{number} = add i64 {index}, {PAUSE}")
    low.out(f"br label %b{group.body.id}")
    group.failed = failed
    low.start(commit)
    store_all(low, group)
    if group.poll is not None:
        low.poll(group.poll, clones.known)
    low.extra_edges.append((low.label, header, [clones.of(group.carried[param]) for param in header.params]))
    group.committed = low.label
    low.out(f"br label %b{header.id}")


def fetch_all(low, group):
    """Loads whose places aren't neighbours go into buffers first, one by one."""
    here = Clones(low, {param: param for param in group.header.params})
    for node in group.loads:
        step = group.steps.get(node.args[0])
        if step is None:
            continue
        place, llvm, whole = low.ref(here.needed(group, node.args[0])), low.llvm(node), "poison"
        for number in range(SIZE):
            value, following, filled = low.temp(), low.temp(), low.temp()
            low.out(f"{value} = load {llvm}, ptr {place}, align {size_of(node)}, !tbaa !{low.tag('element')}")
            low.out(f"{filled} = insertelement <{SIZE} x {llvm}> {whole}, {llvm} {value}, i64 {number}")
            low.out(f"{following} = getelementptr i8, ptr {place}, i64 {step}")
            place, whole = following, filled
        low.out(f"store <{SIZE} x {llvm}> {whole}, ptr {buffer(low, node)[0]}, align 64, !tbaa !{low.tag('buffer')}")


def iterations(low, group, loop, origin):
    """SIZE iterations, stores into buffers; the clones of the last one, and whether anything was unusual.  What hangs on
    the iteration before goes into a loop of its own, so that the rest can be computed side by side."""
    clones = Clones(low, {})
    if not group.sequel:
        return clones, one_loop(low, group, clones, loop, origin, "false", group.nodes, group.within, group.header.params)
    first = [node for node in group.nodes if node not in group.sequel]
    second = [node for node in group.nodes if node in group.sequel]
    hard = [param for param in group.header.params if group.carried[param] in group.sequel or param in group.sequel]
    easy = [param for param in group.header.params if param not in hard]
    late = [tests for tests in group.within if any(condition in group.sequel for condition, _ in tests)]
    early = [tests for tests in group.within if tests not in late]
    bad = one_loop(low, group, clones, loop, origin, "false", first, early, easy, group.handed)
    between, following = low.label, low.fresh("sequel")
    low.out(f"br label %{following}")
    return clones, one_loop(low, group, clones, following, between, bad, second, late, hard, (), group.handed)


def one_loop(low, group, clones, loop, origin, bad_before, nodes, within, params, given=(), taken=()):
    """A block that runs SIZE times; `given`: nodes whose values it leaves in buffers, `taken`: those that it finds there."""
    low.start(loop)
    phis = [(param, clones.copy(param)) for param in params if group.carried[param] is not param]
    at = len(low.lines)
    counter, following, bad, finished, done = low.temp(), low.temp(), low.temp(), low.temp(), low.fresh("done")
    for node in taken:
        made = clones.copy(node)
        place = slot(low, node, counter)
        low.out(f"{low.ref(made)} = load {low.llvm(made)}, ptr {place}, !tbaa !{low.tag('buffer')}")
    found = bad
    for node in nodes:
        if node.op in ("guard", "poll"):
            continue
        if node in group.forward:
            clones.known[node] = clones.of(group.forward[node])
            continue
        if node.op == "store":
            value = clones.of(node.args[1])
            low.out(f"store {low.typed(value)}, ptr {slot(low, node, counter, value)}, !tbaa !{low.tag('buffer')}")
            continue
        made = clones.copy(node)
        if node.op == "load" and node.args[0] in group.steps:
            low.out(f"{low.ref(made)} = load {low.llvm(made)}, ptr {slot(low, node, counter)}, !tbaa !{low.tag('buffer')}")
        elif node.op.endswith("_ovf") and node not in group.before and node in group.sequel:
            found = both(low, found, low.overflow_flag(made), "or")
        elif node.op in BOUNDS and node not in group.before:
            found = both(low, found, outside(low, made), "or")
            unchecked(low, made)
        else:
            unchecked(low, made)
    for node in given:
        low.out(f"store {low.typed(clones.of(node))}, ptr {slot(low, node, counter)}, !tbaa !{low.tag('buffer')}")
    found = gather(low, clones, within, found, [tests for tests in within if tests not in group.finally_])
    lines = [f"  {low.ref(made)} = phi {low.llvm(made)} [ {low.ref(param)}, %{origin} ], [ {low.ref(clones.of(group.carried[param]))}, %{loop} ]"
             for param, made in phis]
    lines.append(f"  {counter} = phi i64 [ 0, %{origin} ], [ {following}, %{loop} ]")
    lines.append(f"  {bad} = phi i1 [ {bad_before}, %{origin} ], [ {found}, %{loop} ]")
    low.lines[at:at] = lines
    low.out(f"{following} = add nuw nsw i64 {counter}, 1")
    low.out(f"{finished} = icmp eq i64 {following}, {SIZE}")
    rolled = not taken and not any(node in group.sequel or node.op == "param" for node in nodes)
    hint = "" if rolled else ", !llvm.loop !105"
    low.out(f"br i1 {finished}, label %{done}, label %{loop}{hint}")
    low.start(done)
    return gather(low, clones, within, found, [tests for tests in within if tests in group.finally_])


def outside(low, node):
    """Text of an i1: an operand lies so far out that the result might overflow; vectors know no overflow flag."""
    bound, found = BOUNDS[node.op], None
    for argument in node.args:
        if argument.op == "const" and abs(argument.attr) < bound:
            continue
        moved, far = low.temp(), low.temp()
        low.out(f"{moved} = add i64 {low.ref(argument)}, {bound}")
        low.out(f"{far} = icmp ugt i64 {moved}, {2 * bound}")
        found = far if found is None else both(low, found, far, "or")
    return found or "false"


def gather(low, clones, within, found, chosen):
    """`found`, or whether one of these tests failed."""
    for tests in chosen:
        failed = None
        for condition, wanted in tests:
            value = low.ref(clones.of(condition))
            value = both(low, value, "true", "xor") if wanted else value
            failed = value if failed is None else both(low, failed, value)
        found = both(low, found, failed, "or")
    return found


def slot(low, node, counter, value=None):
    """Place of this iteration in a node's buffer."""
    place = low.temp()
    name, llvm = buffer(low, node, value)
    low.out(f"{place} = getelementptr {llvm}, ptr {name}, i64 {counter}")
    return place


def buffer(low, node, value=None):
    """(name, type) of the place where a group keeps what a node gives, or a store writes."""
    if node not in low.buffers:
        llvm = low.llvm(value or (node.args[1] if node.op == "store" else node))
        low.buffers[node] = (low.temp(), llvm)
        low.allocated.append(f"  {low.buffers[node][0]} = alloca [{SIZE} x {llvm}], align 64")
    return low.buffers[node]


def store_all(low, group):
    clones = Clones(low, {param: param for param in group.header.params})
    for store in group.stores:
        name, llvm = buffer(low, store)
        place = low.ref(clones.needed(group, store.args[0]))
        if group.factor(store.args[0]) == size_of(store):
            value = low.temp()
            low.out(f"{value} = load <{SIZE} x {llvm}>, ptr {name}, align 64, !tbaa !{low.tag('buffer')}")
            low.out(f"store <{SIZE} x {llvm}> {value}, ptr {place}, align {size_of(store)}, !tbaa !{low.tag('element')}")
        else:
            scatter(low, group, clones, store, name, llvm)


def scatter(low, group, clones, store, name, llvm):
    """Places that are not neighbours: one store each."""
    for number in range(SIZE):
        index = Node("iadd", (group.index, Node("const", (), "i64", number)), "i64")
        index.id = low.number()
        low.lower_node(index)
        place = Clones(low, {**{param: param for param in group.header.params}, group.index: index}).needed(group, store.args[0])
        source, value = low.temp(), low.temp()
        low.out(f"{source} = getelementptr {llvm}, ptr {name}, i64 {number}")
        low.out(f"{value} = load {llvm}, ptr {source}, !tbaa !{low.tag('buffer')}")
        low.out(f"store {llvm} {value}, ptr {low.ref(place)}, align {size_of(store)}, !tbaa !{low.tag('element')}")
