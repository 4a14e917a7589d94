"""Which innermost loops can run in groups of iterations, and what has to hold for that.

    for j in range(1, m): new[j] = old[j - 1] + old[j]     ->   once, before the loop: every index is in range, `new` lies apart
                                                               from `old`; then per group: all results computed side by
                                                               side, one test, one store, one poll

A group that finds anything unusual (a result that isn't finite, an overflow, a guard that fails) has changed nothing: the
loop's own body runs instead, and leaves at the very iteration.  The loop must be one path of pure operations, loads,
guards and stores whose addresses are linear in the loop's index; a side path that only asks whether a result may
pass counts as a guard, and `if i != j` may go back to the header early.
"""

import collections

from framejit.backends.llvm.checks import drop_implied, sort_checks
from framejit.backends.llvm.linear import Growth, VARIES, size_of
from framejit.graph.nodes import Node
from framejit.tables.operations import OPERATIONS

LONGEST_CHAIN = 16      # operations of an iteration that hang on the one before


class Skip:
    """In `nodes`: from here on only if the condition is what it has to be, that is unless the index is `other`."""

    def __init__(self, condition, wanted, other):
        self.condition = condition
        self.wanted = wanted
        self.other = other


class Group(Growth):
    """One loop: `nodes` of an iteration in order, what is tested once (`before`) and in each iteration (`within`)."""

    def __init__(self, header, index, stop):
        super().__init__()
        self.header = header
        self.index = index
        self.stop = stop
        self.body = header.end.targets[0][0]
        self.entry = None
        self.latch = None
        self.nodes = list(header.nodes)
        self.skips = []             # blocks that go back to the header early
        self.passing = []           # when they don't
        self.within = []            # tests: one of the conditions has to hold; [(condition, what it has to be)]
        self.finally_ = []          # tests that the last iteration answers for all
        self.loads = []
        self.stores = []
        self.poll = None
        self.keys = {}
        self.numbers = {}
        self.sequel = []            # nodes that hang on the iteration before
        self.chained = set()        # the same, and the parameters that they hang on
        self.steps = {}
        self.edges = []             # (label, values, text of `slow`) of the group's ways back to the header

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

    def skipped(self, param, skip):
        """What an early way back hands on: "same" as the latch, the parameter's "old" value, or None for anything else."""
        value = skip.end.targets[0][1][self.header.params.index(param)]
        if self.same(value, self.carried[param]):
            return "same"
        return "old" if value is param else None


def find_groups(graph):
    """{header: Group} for the loops that qualify."""
    incoming = collections.defaultdict(list)
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
    group = Group(header, condition.args[0], condition.args[1])
    if not follow(group, incoming) or any([one.type == "c128" for one in (*header.params, *group.nodes) if one.__class__ is Node]):
        return None
    outside = [block for block in incoming[header] if block is not group.latch and block not in group.skips]
    if len(outside) != 1 or outside[0].end.op != "jump":
        return None
    group.entry = outside[0]
    skipping_nodes = [node for block in group.skips for node in block.nodes]
    group.own = {*header.params, *skipping_nodes, *[node for node in group.nodes if node.__class__ is Node]}
    group.carried = dict(zip(header.params, group.latch.end.targets[0][1]))
    if group.stop in group.own or group.counted(group.index) != 1:
        return None
    if not sort_checks(group) or not distribute(group) or not steady(group):
        return None
    drop_implied(group)
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
    if other in group.header.params or any(OPERATIONS[node.op].effect not in ("pure", "world") for node in skip.nodes):
        return None
    group.skips.append(skip)
    return main, [], Skip(condition, wanted, other), set()


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


def distribute(group):
    """Find what hangs on the iteration before; False if that is too much."""
    hard = {param for param, last in group.carried.items() if last is not param and group.counted(param) is None}
    chained = set(hard)
    for node in group.nodes:
        if OPERATIONS[node.op].effect in ("pure", "guard") and node.op != "guard" and any(argument in chained for argument in node.args):
            chained.add(node)
            group.sequel.append(node)
    used = {argument for node in (*group.sequel, *group.stores) for argument in node.args}
    used |= {condition for tests in group.within for condition, _ in tests}
    group.chained = chained - hard | hard & used | {param for param in hard if group.carried[param] in chained}
    return len(group.sequel) <= LONGEST_CHAIN


def steady(group):
    """Whether the values behind a group can be told from those of its last iteration."""
    params = group.header.params
    at_end = [*group.carried.values(), *(group.poll.exit.nodes() if group.poll else ())]
    if any(node in params and group.carried[node] is not node and group.counted(node) is None for node in at_end):
        return False
    if not group.skips:
        return True
    if any(abs(group.factor(store.args[0]) if group.factor(store.args[0]) != VARIES else 0) != size_of(store) for store in group.stores):
        return False
    return all(len({group.skipped(param, skip) for skip in group.skips} | {None}) <= 2 and group.skipped(param, group.skips[0])
               for param in params)
