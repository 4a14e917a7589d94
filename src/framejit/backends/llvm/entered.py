"""The test before a loop that runs in groups.

    for j in range(1, m): new[j] = old[j - 1]    ->    long enough? -> 1 and m - 1 in range of both, `new` apart from `old` -> %ok
"""

from framejit.backends.llvm.lanes import Clones, fresh
from framejit.backends.llvm.linear import VARIES, size_of
from framejit.graph.nodes import Node

SHORTEST = 4        # iterations of a loop that the test before it is worth
FARTHEST = 2**40    # iterations of a loop that linear checks are sound for


def both(low, left, right, operation="and"):
    result = low.temp()
    low.out(f"{result} = {operation} i1 {left}, {right}")
    return result


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
    steps = strides(low, group, first_ones, given)
    for store in group.stores:
        if store.args[0] in steps:
            holds = both(low, holds, far(low, steps[store.args[0]], size_of(store)))
    for check in group.before:
        holds = both(low, holds, held(low, group, first_ones, last_ones, check))
    for store in group.stores:
        for other in (*group.loads, *[one for one in group.stores if one is not store]):
            if not group.same(other.args[0], store.args[0]):
                holds = both(low, holds, apart(low, group, first_ones, last_ones, store, other))
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
    first, last = [clones.needed(group, index) for clones in (first_ones, last_ones)]
    lowest, highest = ((first, last),) * 2 if growth == VARIES else ((first,), (last,)) if growth >= 0 else ((last,), (first,))
    holds = "true"
    for test, ends, limit in (("sge", lowest, "0"), ("slt", highest, low.ref(first_ones.needed(group, bound)))):
        for end in ends:
            inside = low.temp()
            low.out(f"{inside} = icmp {test} {low.typed(end)}, {limit}")
            holds = both(low, holds, inside)
    return holds


def far(low, step, size):
    """Text of an i1: one iteration's place doesn't touch the next one's."""
    up, down = low.temp(), low.temp()
    low.out(f"{up} = icmp sge i64 {step}, {size}")
    low.out(f"{down} = icmp sle i64 {step}, -{size}")
    return both(low, up, down, "or")


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
