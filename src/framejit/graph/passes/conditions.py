"""What conditions say: intervals and differences that hold behind a branch or a guard, and conditions that are known.

An environment maps a node to its interval (an i1 to whether it holds) and a pair (x, y) to k where x - y < k: a
difference of two values that were compared (Miné 2001).  A fact holds wherever the place that taught it dominates.

    learn(icmp_slt %i, %n)  then  decide(icmp_ult %i, %n)   ->   True where %i is known not to be negative
"""

from framejit.graph.passes.intervals import COMPARISONS, HOLDS, OPPOSITE, intersect, limits
from framejit.tables.operations import wrapped

BITS = {"i8": 8, "i16": 16, "i32": 32, "i64": 64}
LIMITS = {type: limits(bits) for type, bits in BITS.items()}
CHAIN = 4
SIMPLE = {f"{name}_ovf": name for name in ("iadd", "isub", "imul")}
# comparison -> (operands in this order?, x < y + slack)
ORDERS = {"icmp_slt": (True, 0), "icmp_sle": (True, 1), "icmp_sgt": (False, 0), "icmp_sge": (False, 1),
          "icmp_ult": (True, 0), "icmp_ule": (True, 1), "icmp_ugt": (False, 0), "icmp_uge": (False, 1)}
REFLEXIVE = {"icmp_eq", "icmp_sle", "icmp_sge", "icmp_ule", "icmp_uge"}


class Conditions:
    """`ranges`: node -> interval wherever the node is defined."""

    def __init__(self):
        self.ranges = {}

    def interval(self, node, env):
        if node.op == "const":
            value = wrapped(node.type, node.attr)
            return (value, value)
        found = env.get(node)
        return found if found is not None else self.ranges.get(node) or LIMITS[node.type]

    def learn(self, condition, holds, env):
        """A condition is known from here on."""
        if condition.op == "const":
            return
        env[condition] = holds
        if condition.op in ("iand", "ior"):
            if holds == (condition.op == "iand"):
                for part in condition.args:
                    self.learn(part, holds, env)
            return
        name = condition.op if holds else OPPOSITE.get(condition.op)
        if name not in HOLDS or condition.args[0].type not in BITS:
            return
        x, y = condition.args
        narrower = HOLDS[name](self.interval(x, env), self.interval(y, env), BITS[x.type])
        for node, interval in zip((x, y), narrower):
            self.narrow(node, interval, env)
        self.relate(name, x, y, env)

    def narrow(self, node, interval, env):
        """And what the node was made of by adding a literal."""
        for _ in range(CHAIN):
            if node.op == "const":
                return
            env[node] = intersect(self.interval(node, env), interval)
            step = added(node)
            if step is None:
                return
            node, offset = step
            interval = shifted(interval, -offset, LIMITS[node.type])
            if interval is None:
                return

    def relate(self, name, x, y, env):
        if name == "icmp_eq":
            pairs = ((x, y, 1), (y, x, 1))
        elif name in ORDERS:
            straight, slack = ORDERS[name]
            if not straight:
                x, y = y, x
            if name[5] == "u" and self.interval(y, env)[0] < 0:
                return
            pairs = ((x, y, slack),)
        else:
            return
        for small, large, slack in pairs:
            (base, offset), (other, distance) = self.chain(small, env)[-1], self.chain(large, env)[-1]
            if base.op != "const" and other.op != "const":
                self.remember(base, other, slack + distance - offset, env)

    def remember(self, x, y, bound, env):
        """x - y < bound."""
        env[x, y] = min(bound, env.get((x, y), bound))

    def chain(self, node, env):
        """[(base, offset)] with node = base + offset exactly, node itself first."""
        found = [(node, 0)]
        for _ in range(CHAIN):
            step = added(node)
            if step is None:
                break
            base, offset = step
            if node.op not in SIMPLE and shifted(self.interval(base, env), offset, LIMITS[node.type]) is None:
                break
            node = base
            found.append((node, found[-1][1] + offset))
        return found

    def less(self, x, y, slack, env):
        """Whether x < y + slack is known."""
        for base, offset in self.chain(x, env):
            for other, distance in self.chain(y, env):
                room = slack + distance - offset
                if base is other and room > 0 or env.get((base, other), room + 1) <= room:
                    return True
        return False

    def ordered(self, name, x, y, env):
        if name not in ORDERS:
            return False
        straight, slack = ORDERS[name]
        if not straight:
            x, y = y, x
        return (name[5] == "s" or self.interval(x, env)[0] >= 0) and self.less(x, y, slack, env)

    def decide(self, condition, env):
        """True or False where a condition is known, else None."""
        if condition.op == "const":
            return condition.attr
        known = env.get(condition)
        if known is not None:
            return known
        if condition.op in ("iand", "ior"):
            stops = condition.op == "ior"
            parts = [self.decide(part, env) for part in condition.args]
            return stops if stops in parts else None if None in parts else not stops
        if condition.op not in COMPARISONS or condition.args[0].type not in BITS:
            return None
        x, y = condition.args
        if x is y:
            return condition.op in REFLEXIVE
        known = COMPARISONS[condition.op](self.interval(x, env), self.interval(y, env), BITS[x.type])
        if known is None and self.ordered(condition.op, x, y, env):
            return True
        if known is None and self.ordered(OPPOSITE[condition.op], x, y, env):
            return False
        return known


def added(node):
    """(base, offset) where the node is a base and a literal added, else None."""
    name = SIMPLE.get(node.op, node.op)
    if name == "iadd":
        x, y = node.args
        if y.op == "const":
            return x, y.attr
        return (y, x.attr) if x.op == "const" else None
    if name == "isub" and node.args[1].op == "const":
        return node.args[0], -node.args[1].attr
    return None


def shifted(interval, offset, whole):
    """The interval moved, or None where that leaves the type."""
    low, high = interval[0] + offset, interval[1] + offset
    return (low, high) if whole[0] <= low and high <= whole[1] else None


__all__ = ["Conditions", "BITS", "LIMITS", "SIMPLE"]
