"""How a loop's values grow from one iteration to the next.

    for j in range(m): a[i, j]    ->    j grows by 1, the element's address by 8; by VARIES where only run time knows
"""

from framejit.graph.nodes import Node
from framejit.tables.operations import OPERATIONS
from framejit.tables.types import MACHINE_TYPES

LINEAR = {"iadd", "isub", "iadd_ovf", "isub_ovf", "address"}
PRODUCTS = {"imul", "imul_ovf"}
DIVISIONS = {"sdiv", "srem", "udiv", "urem"}
VARIES = "varies"       # linear, by a factor that is known at run time only
MOST = 2**20            # factors beyond this are not followed


class Growth:
    """The growth of nodes; `own`: what is computed in the loop, `carried`: {parameter: its value for the next iteration}."""

    def __init__(self):
        self.own = set()
        self.carried = {}
        self.factors = {}
        self.forward = {}           # nodes that another one stands for
        self.before = []            # what has to hold for that, tested once

    def factor(self, node):
        """How much the node grows from one iteration to the next: a number, VARIES, or None if it isn't linear."""
        if node not in self.own or node.op == "const":
            return 0
        if node not in self.factors:
            self.factors[node] = self.growth(node)
        return self.factors[node]

    def growth(self, node):
        if node in self.carried:
            return 0 if self.carried[node] is node else self.counted(node)
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

    def counted(self, param):
        """By how much the parameter is counted up, or None."""
        following = self.carried[param]
        if following.op != "iadd" or following.args[0] is not param or following.args[1].op != "const":
            return None
        return following.args[1].attr if 0 < abs(following.args[1].attr) < MOST else None

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
        if factors[position] == 0:
            constant = arguments[position]
            if constant.op == "const" and factors[1 - position] != VARIES and abs(constant.attr) < MOST:
                return constant.attr * factors[1 - position]
            return VARIES
    return None


def memory_type(node):
    return node.type if node.op == "load" else node.args[1].type


def size_of(node):
    """Bytes that a load or a store touches."""
    return MACHINE_TYPES[memory_type(node)].bits // 8
