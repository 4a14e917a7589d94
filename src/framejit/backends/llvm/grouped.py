"""The LLVM of loops that run in groups (groups.py): the groups and their ways back.

    entry:  entered.py -> %ok
    header: %slow = phi;  i < stop -> try: %ok and i >= %slow -> a whole group or a part of one, else the loop's own body
    whole:  SIZE iterations; anything unusual -> failed: nothing has happened, %slow rises, header; else commit, poll, and
            again while there is room
    part:   the last LANES or fewer, or some around an iteration that is skipped; the same
"""

from framejit.backends.llvm.chained import Chain
from framejit.backends.llvm.entered import both
from framejit.backends.llvm.lanes import LANES, MASK, SIZE, Clones, Lanes, fresh
from framejit.backends.llvm.linear import size_of

LONG = 3 * SIZE     # iterations that aligning the stores is worth
MOST_AT_ONCE = 2    # conditions of a test that all groups look at; of more only the first
NEVER = -2**63


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
