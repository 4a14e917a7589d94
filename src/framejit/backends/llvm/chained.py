"""What hangs on the iteration before, lane by lane, and what the last iteration leaves.

    s += t    ->    %s1 = fadd double %s, %t0; %s2 = fadd double %s1, %t1; …; lanes that don't count hand on what they got:
                    they add what changes nothing, or the sum before is chosen
"""

from framejit.backends.llvm.checks import tested
from framejit.backends.llvm.lanes import LANES, MASK, Clones, everywhere, fresh, unchecked
from framejit.backends.llvm.linear import VARIES
from framejit.tables.types import MACHINE_TYPES

# s op NEUTRAL is s, whatever s is but a signalling NaN
NEUTRAL = {"fadd": "-0.0", "fsub": "0.0", "iadd": "0", "isub": "0", "iadd_ovf": "0", "isub_ovf": "0"}


class Chain:
    """The sequel of one group, over its Lanes."""

    def __init__(self, lanes):
        self.lanes = lanes
        self.low = lanes.low
        self.group = lanes.group
        poll = self.group.poll
        asked = set(poll.exit.nodes()) if poll else set()
        self.kept = [node for node in self.group.sequel if node in asked]
        self.stored = {store.args[1] for store in self.group.stores}
        self.late = [tests for tests in self.group.within
                     if tests not in self.group.finally_ and any(condition in self.group.chained for condition, _ in tests)]
        self.nodes = self.needed()
        self.sums = self.summed() if lanes.count else {}

    def needed(self):
        """The nodes whose values somebody asks for, or that are checked; in order."""
        group = self.group
        wanted = {*group.carried.values(), *self.stored, *self.kept, *[condition for tests in self.late for condition, _ in tests]}
        found = []
        for node in reversed(group.sequel):
            if node in wanted or node.op.endswith("_ovf") and node not in group.before:
                found.append(node)
                wanted.update(node.args)
        return found[::-1]

    def summed(self):
        """{node: vector of what it adds to its parameter, nothing in lanes that don't count}."""
        group, lanes, found = self.group, self.lanes, {}
        quiet = {tested(tests) for tests in group.finally_}
        for param in lanes.now:
            node = group.carried[param]
            plain = node in self.nodes and node.op in NEUTRAL and node.args[0] is param and node.args[1] not in group.chained
            if plain and (not group.skips or node in quiet):
                mask = lanes.active if self.way(param) == "old" else lanes.inside
                type = lanes.type(node.type)
                nothing = everywhere(MACHINE_TYPES[node.type].llvm, NEUTRAL[node.op])
                found[node] = lanes.emit(f"select {MASK} {mask}, {type} {lanes.vector(node.args[1], 0)}, {type} {nothing}")
        return found

    def way(self, param):
        return self.group.skipped(param, self.group.skips[0]) if self.group.skips else "old"

    def run(self):
        for part in range(self.lanes.parts):
            built = {node: "poison" for node in self.group.chained if node in self.stored}
            for lane in range(LANES):
                known = self.iteration(part, lane)
                for node in built:
                    llvm = MACHINE_TYPES[node.type].llvm
                    built[node] = self.lanes.emit(f"insertelement <{LANES} x {llvm}> {built[node]}, {self.low.typed(known[node])}, i64 {lane}")
            self.lanes.vectors[part].update(built)

    def iteration(self, part, lane):
        """One lane's nodes; {node: its copy}."""
        lanes, group, low = self.lanes, self.group, self.low
        clones = Clones(low, dict(lanes.now))
        on = self.on(lane)
        for node in self.nodes:
            for argument in node.args:
                clones.known[argument] = self.value(argument, part, lane, clones)
            made = clones.copy(node)
            if node in self.sums:
                made.args[1] = self.taken(node.args[1], self.sums[node], lane)
            if node.op.endswith("_ovf") and node not in group.before:
                self.flag(low.overflow_flag(made), on)
            else:
                unchecked(low, made)
        for tests in self.late:
            failed = None
            for condition, wanted in tests:
                value = low.ref(self.value(condition, part, lane, clones))
                failed = lanes.both(failed, lanes.emit(f"xor i1 {value}, true") if wanted else value, "and", "i1")
            self.flag(failed, on)
        following = {param: self.value(group.carried[param], part, lane, clones) for param in lanes.now}
        lanes.now = {param: self.chosen(None if group.carried[param] in self.sums else on, value, lanes.now[param], param)
                     for param, value in following.items()}
        for node in self.kept:
            value = clones.known[node]
            unchanged = node not in lanes.latest or node in self.sums
            lanes.latest[node] = value if unchanged else self.chosen(on, value, lanes.latest[node])
        return clones.known

    def on(self, lane):
        """{whether this lane counts with (or without) its early ways back: text}; None: all do."""
        if self.lanes.count is None:
            return None
        inside = self.lanes.emit(f"icmp ugt i64 {self.lanes.count}, {lane}")
        if not self.group.skips:
            return {"same": inside, "old": inside}
        return {"same": inside, "old": self.lanes.emit(f"extractelement {MASK} {self.lanes.active}, i64 {lane}")}

    def chosen(self, on, new, old, param=None):
        """The new value if this lane counts, else the one before."""
        if on is None or new is old:
            return new
        way = "old" if param is None else self.way(param)
        made = fresh(self.low, new.type)
        llvm = MACHINE_TYPES[new.type].llvm
        self.low.out(f"{self.low.ref(made)} = select i1 {on[way]}, {llvm} {self.low.ref(new)}, {llvm} {self.low.ref(old)}")
        return made

    def flag(self, text, on):
        self.lanes.flags.append(text if on is None else self.lanes.both(on["old"], text, "and", "i1"))

    def value(self, node, part, lane, clones):
        """The node in this lane."""
        lanes, group = self.lanes, self.group
        if node in clones.known:
            return clones.known[node]
        if node not in group.own:
            return node
        growth = group.factor(node)
        if growth == 0:
            return lanes.scalar(node)
        made = fresh(self.low, node.type)
        llvm = MACHINE_TYPES[node.type].llvm
        if growth not in (None, VARIES) and node.type == "i64":
            self.low.out(f"{self.low.ref(made)} = add i64 {self.low.ref(lanes.scalar(node))}, {growth * (part * LANES + lane)}")
        else:
            self.low.out(f"{self.low.ref(made)} = extractelement <{LANES} x {llvm}> {lanes.vector(node, part)}, i64 {lane}")
        return made

    # ---- the last iteration

    def judge(self):
        """Sums that were not looked at on the way."""
        for tests in self.group.finally_:
            value = tested(tests)
            sums = [self.lanes.now[param] for param, last in self.group.carried.items() if last is value]
            clones = Clones(self.low, {value: sums[0]})
            holds = self.low.ref(clones.needed(self.group, tests[0][0]))
            self.lanes.flags.append(self.lanes.emit(f"xor i1 {holds}, true"))

    def left(self):
        """{node: its value in the last iteration} for what the poll asks for, then what each parameter becomes."""
        group, lanes = self.group, self.lanes
        asked = {node for node in (group.poll.exit.nodes() if group.poll else ()) if node in group.own}
        known = {node: self.last(node) for node in asked}
        return known, [self.handed_on(param) for param in group.header.params]

    def handed_on(self, param):
        lanes, group = self.lanes, self.group
        node = group.carried[param]
        if param in lanes.now:
            return lanes.now[param]
        if node is param or node not in group.own:
            return lanes.given.get(node, node)
        if lanes.count is None or not group.skips or group.skipped(param, group.skips[0]) == "same":
            return self.last(node)
        return self.last_active(node, param)

    def last(self, node):
        """The node's value in the last iteration that counts."""
        lanes, group, low = self.lanes, self.group, self.low
        if node in lanes.latest:
            return lanes.latest[node]
        for param, value in group.carried.items():
            if value is node and param in lanes.now and not group.skips:
                return lanes.now[param]
        growth = group.factor(node)
        if growth == 0:
            return lanes.scalar(node)
        if growth not in (None, VARIES) and node.type == "i64":
            return self.moved(node, growth)
        at = str(LANES - 1) if lanes.count is None else lanes.once("last", lambda: lanes.emit(f"sub i64 {lanes.count}, 1"))
        return self.taken(node, lanes.vector(node, lanes.parts - 1), at)

    def moved(self, node, growth):
        lanes, low = self.lanes, self.low
        made = fresh(low, "i64")
        start = low.ref(lanes.scalar(node))
        if lanes.count is None:
            low.out(f"{low.ref(made)} = add i64 {start}, {growth * (lanes.parts * LANES - 1)}")
            return made
        last = lanes.once("last", lambda: lanes.emit(f"sub i64 {lanes.count}, 1"))
        way = lanes.emit(f"mul i64 {last}, {growth}")
        low.out(f"{low.ref(made)} = add i64 {start}, {way}")
        return made

    def taken(self, node, vector, at):
        made = fresh(self.low, node.type)
        self.low.out(f"{self.low.ref(made)} = extractelement {self.lanes.type(node.type)} {vector}, i64 {at}")
        return made

    def last_active(self, node, param):
        """The value of the last lane that didn't go back early, or the parameter's if there is none."""
        lanes, low = self.lanes, self.low

        def find():
            low.declare("llvm.ctlz.i8", "i8", ["i8", "i1"], "")
            bits = lanes.emit(f"bitcast {MASK} {lanes.active} to i8")
            zeros = lanes.emit(f"call i8 @llvm.ctlz.i8(i8 {bits}, i1 false)")
            at = lanes.emit(f"zext i8 {lanes.emit(f'sub i8 {LANES - 1}, {zeros}')} to i64")
            return lanes.emit(f"icmp ne i8 {bits}, 0"), lanes.emit(f"and i64 {at}, {LANES - 1}")

        some, at = lanes.once("last active", find)
        return self.chosen({"old": some}, self.taken(node, lanes.vector(node, 0), at), lanes.first.of(param))
