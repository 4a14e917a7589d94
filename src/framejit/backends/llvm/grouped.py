"""The LLVM of loops that run in groups (groups.py): the test before the loop, the groups, their ways back.

    entry:  long enough? -> every index in range at both ends, stores apart from loads -> %ok
    header: %slow = phi;  i < stop -> try: %ok and i >= %slow -> a whole group or a part of one, else the loop's own body
    whole:  SIZE iterations; anything unusual -> failed: nothing has happened, %slow rises, header; else commit, poll, and
            again while there is room
    part:   the last LANES or fewer, or some around an iteration that is skipped; the same
"""

from framejit.backends.llvm.chained import Chain
from framejit.backends.llvm.lanes import LANES, MASK, SIZE, Clones, Lanes, fresh
from framejit.backends.llvm.linear import VARIES, size_of
from framejit.graph.nodes import Node

SHORTEST = 4        # iterations of a loop that the test before it is worth
LONG = 3 * SIZE     # iterations that aligning the stores is worth
MOST_AT_ONCE = 2    # conditions of a test that all groups look at; of more only the first
FARTHEST = 2**40    # iterations of a loop that linear checks are sound for
NEVER = -2**63


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
    low.out(f"{long} = icmp sge i64 {size}, {SHORTEST}")
    low.out(f"br i1 {long}, label %{test}, label %{skip}")
    low.start(test)
    first_ones, last_ones = Clones(low, dict(given)), Clones(low, at_last(low, group, given, size))
    holds = low.temp()
    low.out(f"{holds} = icmp ult i64 {size}, {FARTHEST}")
    for check in group.before:
        holds = both(low, holds, held(low, group, first_ones, last_ones, check))
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


def at_last(low, group, given, size):
    """The parameters that are counted up, in the last iteration."""
    found = dict(given)
    for param in group.header.params:
        step = group.counted(param) if group.carried[param] is not param else None
        if step is not None:
            found[param] = made = fresh(low, "i64")
            way, moved = low.temp(), low.temp()
            low.out(f"{way} = sub i64 {size}, 1")
            low.out(f"{moved} = mul i64 {way}, {step}")
            low.out(f"{low.ref(made)} = add i64 {low.ref(given[param])}, {moved}")
    return found


def strides(low, group, first_ones, given):
    """{address: text of what it grows by} for places whose distance is known at run time only."""
    found = {}
    chosen = [node.args[0] for node in (*group.loads, *group.stores) if group.factor(node.args[0]) == VARIES]
    if not chosen:
        return found
    second = {}
    for param in group.header.params:
        step = group.counted(param) if group.carried[param] is not param else None
        if step is not None:
            second[param] = fresh(low, "i64", "iadd", (given[param], Node("const", (), "i64", step)))
            low.lower_node(second[param])
    second_ones = Clones(low, {**given, **second})
    for node in chosen:
        words = []
        for clones in (first_ones, second_ones):
            words.append(low.temp())
            low.out(f"{words[-1]} = ptrtoint ptr {low.ref(clones.needed(group, node))} to i64")
        found[node] = low.temp()
        low.out(f"{found[node]} = sub i64 {words[1]}, {words[0]}")
    return found


def held(low, group, first_ones, last_ones, check):
    """Text of an i1: the check holds in the first and the last iteration."""
    if check.op == "icmp_ult":
        return ranged(low, group, first_ones, last_ones, check)
    results = []
    for clones in (first_ones, last_ones):
        if not check.op.endswith("_ovf"):
            results.append(low.ref(clones.needed(group, check)))
            continue
        for argument in check.args:
            clones.needed(group, argument)
        made = fresh(low, check.type, check.op, [clones.of(argument) for argument in check.args])
        flag = low.overflow_flag(made)
        clones.known.setdefault(check, made)
        results.append(both(low, flag, "true", "xor"))
    return both(low, *results)


def ranged(low, group, first_ones, last_ones, check):
    """Text of an i1: an index is in range at both ends, and so between them."""
    index, bound = check.args
    growth = group.factor(index)
    ends = [clones.needed(group, index) for clones in ((first_ones, last_ones) if growth >= 0 else (last_ones, first_ones))]
    above, below = low.temp(), low.temp()
    low.out(f"{above} = icmp sge {low.typed(ends[0])}, 0")
    low.out(f"{below} = icmp slt {low.typed(ends[1])}, {low.ref(first_ones.needed(group, bound))}")
    return both(low, above, below)


def apart(low, group, first_ones, last_ones, one, other):
    """Text of an i1: what the two touch in the whole loop doesn't overlap."""
    ranges = [extent(low, group, first_ones, last_ones, node) for node in (one, other)]
    left, right = low.temp(), low.temp()
    low.out(f"{left} = icmp ule ptr {ranges[0][1]}, {ranges[1][0]}")
    low.out(f"{right} = icmp ule ptr {ranges[1][1]}, {ranges[0][0]}")
    return both(low, left, right, "or")


def extent(low, group, first_ones, last_ones, node):
    """(first byte, the byte behind the last one) that a load or a store touches in the whole loop."""
    address, behind = node.args[0], low.temp()
    first, last = [low.ref(clones.needed(group, address)) for clones in (first_ones, last_ones)]
    growth = group.factor(address)
    low_end, high_end = (first, last) if growth == VARIES or growth >= 0 else (last, first)
    if growth == VARIES:
        up, low_end, high_end = low.temp(), low.temp(), low.temp()
        low.out(f"{up} = icmp ule ptr {first}, {last}")
        low.out(f"{low_end} = select i1 {up}, ptr {first}, ptr {last}")
        low.out(f"{high_end} = select i1 {up}, ptr {last}, ptr {first}")
    low.out(f"{behind} = getelementptr i8, ptr {high_end}, i64 {size_of(node)}")
    return low_end, behind


# ---- the groups

def run(low, group):
    """Behind the header's comparison."""
    number, index = group.number, low.ref(group.index)
    whole, part, choose = low.fresh("whole"), low.fresh("part"), low.fresh("choose")
    rested = low.temp()
    low.start(f"try.{number}")
    low.out(f"{rested} = icmp sge i64 {index}, %slow.{number}")
    low.out(f"br i1 {both(low, rested, f'%ok.{number}')}, label %{choose}, label %b{group.body.id}")
    low.start(choose)
    fits, ahead = room(low, group, index), unaligned(low, group)
    if ahead is not None:
        aligned = low.temp()
        low.out(f"{aligned} = icmp eq i64 {ahead}, {LANES}")
        fits = both(low, fits, aligned)
    low.out(f"br i1 {fits}, label %{whole}, label %{part}")
    whole_groups(low, group, whole, low.label)
    part_of_one(low, group, part, ahead or str(LANES))


def room(low, group, index):
    """Text of an i1: a whole group from here, and none of its iterations goes back early."""
    left, found = low.temp(), low.temp()
    low.out(f"{left} = sub i64 {low.ref(group.stop)}, {index}")
    low.out(f"{found} = icmp sge i64 {left}, {SIZE}")
    for skip in group.passing:
        way, outside = low.temp(), low.temp()
        low.out(f"{way} = sub i64 {low.ref(skip.other)}, {index}")
        low.out(f"{outside} = icmp uge i64 {way}, {SIZE}")
        found = both(low, found, outside)
    return found


def unaligned(low, group):
    """Text of an i64: how many iterations there are to where vectors that are stored don't cross cache lines; LANES if
    that is here, or not worth going to.  None where it doesn't matter."""
    stores = [store for store in group.stores if group.factor(store.args[0]) == size_of(store)]
    if not stores or any(group.same(load.args[0], stores[0].args[0]) for load in group.loads):
        return None         # what has just been stored with a mask is slow to load
    width = size_of(stores[0]) * LANES
    place = Clones(low, {param: param for param in group.header.params}).needed(group, stores[0].args[0])
    word, over, rest, ahead, far, left, found = [low.temp() for _ in range(7)]
    low.out(f"{word} = ptrtoint ptr {low.ref(place)} to i64")
    low.out(f"{over} = and i64 {word}, {width - 1}")
    low.out(f"{rest} = sub i64 {width}, {over}")
    low.out(f"{ahead} = udiv i64 {rest}, {size_of(stores[0])}")
    low.out(f"{left} = sub i64 {low.ref(group.stop)}, {low.ref(group.index)}")
    low.out(f"{far} = icmp sge i64 {left}, {LONG}")
    low.out(f"{found} = select i1 {far}, i64 {ahead}, i64 {LANES}")
    return found


def whole_groups(low, group, label, origin):
    """Groups of SIZE iterations, one after the other."""
    low.start(label)
    at = len(low.lines)
    changing = [param for param in group.header.params if group.carried[param] is not param]
    given = {param: fresh(low, param.type) if param in changing else param for param in group.header.params}
    lanes = Lanes(low, group, given)
    known, values = computed(low, group, lanes, [given[param] for param in group.header.params])
    if group.poll is not None:
        low.poll(group.poll, known)
    following = dict(zip(group.header.params, values))
    more, left = room(low, group, low.ref(following[group.index])), low.fresh("left")
    low.lines[at:at] = [f"  {low.ref(given[param])} = phi {low.llvm(param)} [ {low.ref(param)}, %{origin} ], [ {low.ref(following[param])}, %{low.label} ]"
                        for param in changing]
    low.out(f"br i1 {more}, label %{label}, label %{left}")
    low.start(left)
    go_back(low, group, values, f"%slow.{group.number}")


def part_of_one(low, group, label, most):
    """As many iterations as `most` says, or what is left."""
    low.start(label)
    low.declare("llvm.umin.i64", "i64", ["i64", "i64"], "")
    left, count = low.temp(), low.temp()
    low.out(f"{left} = sub i64 {low.ref(group.stop)}, {low.ref(group.index)}")
    low.out(f"{count} = call i64 @llvm.umin.i64(i64 {left}, i64 {most})")
    lanes = Lanes(low, group, {param: param for param in group.header.params}, count)
    known, values = computed(low, group, lanes, group.header.params)
    if group.poll is not None and not group.skips:
        low.poll(group.poll, known)
    go_back(low, group, values, f"%slow.{group.number}")


def computed(low, group, lanes, given):
    """One group: all its values, the tests, the stores; what Chain.left gives."""
    chain = Chain(lanes)
    early = [tests for tests in group.within if tests not in chain.late and tests not in group.finally_]
    quick = {id(tests): tests[:1] if len(tests) > MOST_AT_ONCE else tests for tests in early}
    doubtful = [tests for tests in early if len(quick[id(tests)]) < len(tests)]
    doubt = None
    for part in range(lanes.parts):
        for node in group.nodes:
            if node.op.endswith("_ovf") and node not in group.before and node not in group.chained:
                lanes.vector(node, part)
        for tests in early:
            failed = none_of(lanes, quick[id(tests)], part)
            if tests in doubtful:
                doubt = lanes.both(doubt, failed, "or")
            else:
                lanes.suspect(failed)
        for store in group.stores:
            if store.args[1] not in group.chained:
                lanes.vector(store.args[1], part)
    chain.run()
    chain.judge()
    known, values = chain.left()
    failed, commit, pause = low.fresh("failed"), low.fresh("commit"), low.temp()
    leave_unusual(low, lanes, doubt, doubtful, failed, commit)
    low.start(failed)
    low.out(f"{pause} = add i64 {low.ref(given[group.header.params.index(group.index)])}, {lanes.parts * LANES}")
    go_back(low, group, given, pause)
    low.start(commit)
    for store in group.stores:
        lanes.store(store)
    return known, values


def none_of(lanes, tests, part):
    """Text of a mask: the lanes in which no condition is what it has to be."""
    none = None
    for condition, wanted in tests:
        none = lanes.both(none, lanes.passes(condition, not wanted, part))
    return none


def leave_unusual(low, lanes, doubt, doubtful, failed, commit):
    """Branch to `commit` unless something in the group has to be looked at iteration by iteration.  Where there
    are several excuses for what the first condition finds (two factors that may be 0), they are asked aside."""
    if doubt is None:
        low.out(f"br i1 {unusual(low, lanes, lanes.bad)}, label %{failed}, label %{commit}, !prof !102")
        return
    look = low.fresh("look")
    low.out(f"br i1 {unusual(low, lanes, lanes.both(lanes.bad, doubt, 'or'))}, label %{look}, label %{commit}, !prof !102")
    low.start(look)
    found = lanes.bad
    for part in range(lanes.parts):
        for tests in doubtful:
            found = lanes.both(found, none_of(lanes, tests, part), "or")
    low.out(f"br i1 {unusual(low, lanes, found)}, label %{failed}, label %{commit}")


def unusual(low, lanes, mask):
    """Text of an i1: a lane of the mask that counts, or one of the flags."""
    found = "false"
    if mask is not None:
        mask = mask if lanes.active is None else lanes.both(mask, lanes.active)
        bits = lanes.emit(f"bitcast {MASK} {mask} to i{LANES}")
        found = lanes.emit(f"icmp ne i{LANES} {bits}, 0")
    for flag in lanes.flags:
        found = both(low, found, flag, "or")
    return found


def go_back(low, group, values, slow):
    low.extra_edges.append((low.label, group.header, values))
    group.edges.append((low.label, slow))
    low.out(f"br label %b{group.header.id}")
