"""What an iteration of a group's loop checks: once before the loop, in each iteration, or only at the end.

    a[i] * b[i] summed up: the indices are checked before the loop; that no product is too small, in each iteration;
    that all of them are finite, by looking at the sum
"""

from framejit.backends.llvm.linear import DIVISIONS, VARIES, size_of
from framejit.graph.nodes import Node
from framejit.tables.operations import OPERATIONS

SHIFTS = {"shl", "ashr", "lshr"}
READS = {"load", "word", "field"}
CALLS = {"pure_call", "read_call", "write_call"}


def sort_checks(group):
    """Sort the nodes into loads, stores and checks; False for a loop that can't run ahead of itself."""
    for node in group.nodes:
        if node.__class__ is list:
            group.within.append(node)
        elif node.__class__ is not Node:
            if group.within or group.stores or any(other.__class__ is Node and other.op.endswith("_ovf") and other not in group.before
                                                   for other in group.nodes[:group.nodes.index(node)]):
                return False            # what comes before would have to be looked at for all iterations
            group.passing.append(node)
        elif group.poll is not None and OPERATIONS[node.op].effect != "pure":
            return False
        elif not sort_node(group, node):
            return False
    group.nodes = [node for node in group.nodes if node.__class__ is Node]
    group.within = [part for tests in group.within for part in parted(group, tests)]
    return bool(group.loads or group.stores)


def sort_node(group, node):
    effect = OPERATIONS[node.op].effect
    if node.op == "guard":
        condition = node.args[0]
        if once(group, condition):
            group.before.append(condition)
        else:
            group.within.append([(condition, True)])
    elif node.op.endswith("_ovf"):
        if node.op[0] == "u" or node.type != "i64":
            return False
        if group.factor(node) is not None:
            group.before.append(node)
    elif node.op in ("load", "store"):
        if group.factor(node.args[0]) is None:
            return False
        known = group.loads if node.op == "load" else group.stores
        if any(group.same(store.args[0], node.args[0]) for store in group.stores):
            return False
        growth = group.factor(node.args[0])
        if node.op == "store" and growth != VARIES and abs(growth) < size_of(node):
            return False
        known.append(node)
    elif node.op == "poll":
        group.poll = node
    elif node.op in DIVISIONS or node.op in SHIFTS:
        return node.args[1].op == "const" and node.args[1].attr not in (0, -1)
    elif node.op in READS:
        return all(group.factor(argument) == 0 for argument in node.args)
    elif effect != "pure" or node.op == "fptosi" or node.op in CALLS:
        return False
    return True


def once(group, condition):
    """Whether the condition holds in all iterations if it does in the first and the last."""
    factors = [group.factor(argument) for argument in condition.args]
    if not any(factors) and None not in factors and OPERATIONS[condition.op].effect == "pure":
        return group.factor(condition) == 0
    return condition.op == "icmp_ult" and factors[1] == 0 and factors[0] is not None


# ---- fewer tests

SPREADS = {"fadd": (0, 1), "fsub": (0, 1), "fmul": (0, 1), "fdiv": (0,), "fsqrt": (0,)}


def tested(tests):
    """The value that a plain test wants to be finite, or None."""
    condition, wanted = tests[0]
    if wanted and len(tests) == 1 and condition.op == "fcmp_olt" and condition.args[0].op == "fabs" and condition.args[1].op == "const":
        return condition.args[0].args[0]
    return None


def drop_implied(group):
    """inf and NaN spread through + - * / and square roots: only what they end in need be tested."""
    implied, work = set(), [tested(tests) for tests in group.within if tested(tests) is not None]
    while work:
        node = work.pop()
        for position in SPREADS.get(node.op, ()):
            argument = node.args[position]
            if argument in group.own and argument not in implied:
                implied.add(argument)
                work.append(argument)
    group.within = [tests for tests in group.within if tested(tests) not in implied]
    for tests in group.within:
        value = tested(tests)
        sums = [param for param, last in group.carried.items() if last is value and value is not None]
        if value is not None and value.op in ("fadd", "fsub") and any(param in value.args[:1 if value.op == "fsub" else 2] for param in sums):
            group.finally_.append(tests)


# an integer's type, and the bits of which a number has one or more unless it is smaller than twice the smallest normal one
LARGE = {"f64": ("i64", 0x7FE0000000000000), "f32": ("i32", 0x7F000000)}


def parted(group, tests):
    """The test of a product, large or exact and finite, as two that every usual one passes: large or exact; finite."""
    if len(tests) != 2:
        return [tests]
    (large, _), (both, wanted) = tests
    node = large
    while node.op in ("icmp_ult", "iadd", "shl"):
        node = node.args[0]
    if node.op != "bitcast" or both.op != "iand" or not wanted or tested([(both.args[1], True)]) is not node.args[0]:
        return [tests]
    product, (exact, finite) = node.args[0], both.args
    type, large_bits = LARGE[product.type]
    bits = Node("bitcast", (product,), type, type)
    top = Node("iand", (bits, Node("const", (), type, large_bits)), type)
    tiny = Node("icmp_eq", (top, Node("const", (), type, 0)), "i1")
    group.own |= {bits, top, tiny}
    group.nodes += [bits, top, tiny]
    zeros = [zero for zero in (exact.args if exact.op == "ior" else (exact,)) if zero.op != "const" or zero.attr]
    return [[(tiny, False), *[(zero, True) for zero in zeros]], [(finite, True)]]
