"""Which innermost loops can run in groups of iterations, and what has to hold for that.

    for j in range(1, m): new[j] = old[j - 1] + old[j]     ->   once, before the loop: every index is in range, `new` lies apart
                                                               from `old`; then per group: all results computed into a
                                                               buffer, one test, one store, one poll

A group that finds anything unusual (a result that isn't finite, an overflow, a guard that fails) has changed nothing: the
loop's own body runs instead, and leaves at the very iteration.  The loop must be one path of pure operations, loads,
guards and stores whose addresses are linear in the loop's index; a side path that only asks whether a result may
pass counts as a guard.
"""

from framejit.graph.nodes import Node
from framejit.tables.operations import OPERATIONS

LINEAR = {"iadd", "isub", "iadd_ovf", "isub_ovf", "address"}
PRODUCTS = {"imul", "imul_ovf"}
DIVISIONS = {"sdiv", "srem", "udiv", "urem"}
SHIFTS = {"shl", "ashr", "lshr"}
READS = {"load", "word", "field"}
VARIES = "varies"       # linear, by a factor that is known at run time only


class Group:
    """One loop: `nodes` of an iteration in order, what is tested once (`before`) and in each iteration (`within`)."""

    def __init__(self, header, entry, index, stop):
        self.header = header
        self.entry = entry
        self.index = index
        self.stop = stop
        self.body = header.end.targets[0][0]
        self.latch = None
        self.skips = []             # blocks that go back to the header early, in one iteration out of many
        self.nodes = list(header.nodes)
        self.before = []            # (condition node, or an overflow-checked node)
        self.within = []
        self.loads = []
        self.stores = []
        self.poll = None
        self.own = set()
        self.factors = {}
        self.carried = {}
        self.keys = {}
        self.numbers = {}
        self.sequel = set()         # nodes that hang on the iteration before
        self.handed = []            # what they need of the others
        self.steps = {}
        self.forward = {}           # nodes that another one stands for
        self.finally_ = []          # tests that the last iteration answers for all

    def same(self, one, other):
        """Whether two nodes of the loop are computed alike."""
        return self.key(one) == self.key(other)

    def key(self, node):
        if node not in self.keys:
            key = id(node)
            if node.op == "const":
                key = ("const", node.type, repr(node.attr))
            elif node in self.own and node.op != "param" and OPERATIONS[node.op].effect == "pure":
                key = (node.op, node.type, node.attr, *[self.key(argument) for argument in node.args])
            self.keys[node] = self.numbers.setdefault(key, len(self.numbers))
        return self.keys[node]

    def factor(self, node):
        """How much the node grows from one iteration to the next: a number, VARIES, or None if it isn't linear."""
        if node not in self.own or node.op == "const":
            return 0
        if node not in self.factors:
            self.factors[node] = self.growth(node)
        return self.factors[node]

    def growth(self, node):
        if node is self.index:
            return 1
        if node in self.carried:
            return 0 if self.carried[node] is node else None
        if node.op == "select" and self.counts_from_the_end(node):
            return self.factor(node.args[2])
        factors = [self.factor(argument) for argument in node.args]
        if None in factors or node.op in DIVISIONS or OPERATIONS[node.op].effect not in ("pure", "guard"):
            return None
        if node.type not in ("i64", "ptr"):
            return None if any(factors) else 0
        if not any(factors):
            return 0
        if node.op in LINEAR:
            if VARIES in factors:
                return VARIES
            return factors[0] - factors[1] if node.op.startswith("isub") else factors[0] + factors[1]
        if node.op in PRODUCTS:
            return product(node.args, factors)
        return None


    def counts_from_the_end(self, node):
        """x + n if x < 0 else x: taken for x, on condition that x isn't negative."""
        condition, _, index = node.args
        if condition.op != "icmp_slt" or condition.args[0] is not index or condition.args[1].op != "const" or condition.args[1].attr != 0:
            return False
        if self.factor(index) in (None, VARIES, 0):
            return False
        check = Node("icmp_sge", condition.args, "i1")
        self.own.add(check)
        self.before.append(check)
        self.forward[node] = index
        return True


def product(arguments, factors):
    for position in (0, 1):
        other = arguments[1 - position]
        if factors[position] == 0:
            constant = arguments[position]
            if constant.op == "const" and factors[1 - position] != VARIES and abs(constant.attr) < 2**20:
                return constant.attr * factors[1 - position]
            return VARIES if other is not None else None
    return None


def find_groups(graph):
    """{header: Group} for the loops that qualify."""
    incoming = {block: [] for block in graph.blocks}
    for block in graph.blocks:
        for target, _ in block.end.targets:
            incoming[target].append(block)
    found = {}
    for block in graph.blocks:
        group = examine(block, incoming) if block.header else None
        if group is not None:
            found[block] = group
    return found


def examine(header, incoming):
    end = header.end
    if end.op != "branch" or end.targets[0][1] or len(incoming[header]) > 3:
        return None
    condition = end.args[0]
    if condition.op != "icmp_slt" or condition.args[0] not in header.params or len(incoming[end.targets[0][0]]) != 1:
        return None
    group = Group(header, None, condition.args[0], condition.args[1])
    if not follow(group, incoming):
        return None
    outside = [block for block in incoming[header] if block is not group.latch and block not in group.skips]
    if len(outside) != 1 or outside[0].end.op != "jump":
        return None
    group.entry = outside[0]
    group.own = {*header.params, *[node for node in group.nodes if node.__class__ is not list]}
    group.carried = dict(zip(header.params, group.latch.end.targets[0][1]))
    step = group.carried[group.index]
    if group.stop in group.own or step.op != "iadd" or step.args[0] is not group.index or step.args[1].op != "const" or step.args[1].attr != 1:
        return None
    if not sort_checks(group):
        return None
    drop_implied(group)
    distribute(group)
    return group


def follow(group, incoming):
    """The single path from the body back to the header; False if there is none."""
    block = group.body
    while True:
        group.nodes += block.nodes
        end = block.end
        if end.op == "jump":
            following, values = end.targets[0]
            if following is group.header:
                group.latch = block
                return True
            region = {block}
        elif end.op == "branch":
            aside = side_path(end) or skipping(group, end)
            if aside is None:
                return False
            following, nodes, tests, region = aside
            group.nodes += [*nodes, tests]
            region.add(block)
            values = ()
        else:
            return False
        if values or following.params or not all(before in region for inner in (following, *region - {block}) for before in incoming[inner]):
            return False
        block = following


def side_path(end):
    """A branch whose other way only asks the runtime and comes back: (where it goes on, pure nodes, tests one of which has
    to hold, blocks); a test is (condition, what it has to be)."""
    (first, _), (second, _) = end.targets
    for main, side, wanted in ((first, second, True), (second, first, False)):
        region = set()
        tests = [(end.args[0], wanted)]
        if comes_back(side, main, region) == "asked":
            return main, [], tests, region
        if side.end.op == "branch" and not side.params and all(OPERATIONS[node.op].effect == "pure" for node in side.nodes):
            region = {side}
            answers = [comes_back(target, main, region) for target, _ in side.end.targets]
            if sorted(map(str, answers)) == ["asked", "quiet"]:
                return main, side.nodes, [*tests, (side.end.args[0], answers[0] == "quiet")], region
    return None


def skipping(group, end):
    """`if i != j`: where the branch goes on when all iterations but one do."""
    condition = end.args[0]
    if condition.op not in ("icmp_ne", "icmp_eq") or group.index not in condition.args:
        return None
    wanted = condition.op == "icmp_ne"
    main, skip = [block for block, _ in end.targets][::1 if wanted else -1]
    other = condition.args[1 if condition.args[0] is group.index else 0]
    if skip.end.op != "jump" or skip.end.targets[0][0] is not group.header or skip.params or other in group.nodes:
        return None
    group.skips.append(skip)
    return main, [], [(condition, wanted)], set()


def comes_back(block, main, region):
    """"quiet": nothing but jumps to `main`; "asked": the runtime is asked on the way; None: it goes elsewhere."""
    answer = "quiet"
    while block is not main:
        if block.params or block.end.op != "jump":
            return None
        for node in block.nodes:
            if node.op in ("read_call", "guard"):
                answer = "asked"
            elif OPERATIONS[node.op].effect != "pure":
                return None
        region.add(block)
        block, values = block.end.targets[0]
        if values:
            return None
    return answer


def sort_checks(group):
    """Sort the nodes into loads, stores and checks; False for a loop that can't run ahead of itself."""
    for node in group.nodes:
        if node.__class__ is list:
            group.within.append(node)
        elif group.poll is not None and OPERATIONS[node.op].effect != "pure":
            return False
        elif not sort_node(group, node):
            return False
    group.nodes = [node for node in group.nodes if node.__class__ is not list]
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
        growth = group.factor(node)
        if growth is not None and growth != VARIES:
            group.before.append(node)
    elif node.op in ("load", "store"):
        if group.factor(node.args[0]) is None:
            return False
        known = group.loads if node.op == "load" else group.stores
        if any(group.same(store.args[0], node.args[0]) for store in group.stores):
            return False
        if node.op == "store" and group.factor(node.args[0]) == 0:
            return False
        known.append(node)
    elif node.op == "poll":
        group.poll = node
    elif node.op in DIVISIONS or node.op in SHIFTS:
        return node.args[1].op == "const" and node.args[1].attr not in (0, -1)
    elif node.op in READS:
        return all(group.factor(argument) == 0 for argument in node.args)
    elif effect != "pure" or node.op == "fptosi":
        return False
    return True


def once(group, condition):
    """Whether the condition holds in all iterations if it does in the first and the last."""
    factors = [group.factor(argument) for argument in condition.args]
    if not any(factors) and None not in factors and OPERATIONS[condition.op].effect == "pure":
        return group.factor(condition) == 0
    return condition.op == "icmp_ult" and factors[1] == 0 and factors[0] not in (None, VARIES)


# ---- fewer tests

SPREADS = {"fadd": (0, 1), "fsub": (0, 1), "fmul": (0, 1), "fdiv": (0,), "fsqrt": (0,)}


def tested(tests):
    """The value that a plain test wants to be finite, or None."""
    condition, wanted = tests[0]
    if wanted and len(tests) == 1 and condition.op == "fcmp_olt" and condition.args[0].op == "fabs" and condition.args[1].op == "const":
        return condition.args[0].args[0]
    return None


def proves(tests):
    """A value that is finite whenever the tests pass: the one tested, or the one whose exponent is looked at."""
    condition = tests[0][0]
    found = tested(tests)
    if found is None and len(tests) == 2 and condition.op == "icmp_ult":
        node = condition.args[0]
        while node.op in ("iadd", "shl"):
            node = node.args[0]
        found = node.args[0] if node.op == "bitcast" else None
    return found


def drop_implied(group):
    """inf and NaN spread through + - * / and square roots: only what they end in need be tested."""
    finite = {proves(tests) for tests in group.within} - {None}
    work = list(finite)
    implied = set()
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


# ---- what hangs on the iteration before

def distribute(group):
    """Split the loop where that makes room for vectors: arithmetic that doesn't hang on the iteration before."""
    hard = set()
    for param, last in group.carried.items():
        counted = last.op == "iadd" and last.args[0] is param and last.args[1].op == "const"
        if last is not param and not counted:
            hard.add(param)
    sequel = set(hard)
    for node in group.nodes:
        if any(argument in sequel for argument in node.args):
            sequel.add(node)
    sequel -= hard
    rest = [node for node in group.nodes if node not in sequel]
    worthwhile = sum(node.op in ("fmul", "fdiv", "fadd", "fsub", "fsqrt") for node in rest)
    if not sequel or not worthwhile:
        return
    group.sequel = sequel | {param for param in hard if any(param in node.args for node in group.nodes)}
    needed = {argument: None for node in sequel for argument in node.args if argument in group.own and argument not in group.sequel}
    counted = [param for param in needed if param in group.carried and group.carried[param] is not param]
    if counted:
        needed |= {param: None for param in counted}
    group.handed = [node for node in needed if node.op != "const" and group.carried.get(node) is not node]
    if any(node.type == "i1" for node in group.handed):
        group.sequel, group.handed = set(), []
