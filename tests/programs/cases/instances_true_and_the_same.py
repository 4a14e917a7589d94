# native: loop
"""Instances that have no say in their truth and equality: `if node:`, `while node:`, `a == b` of instances and None; then their class gets one, or
a subclass has it, in the midst of the loop."""
import gc


class Node:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right, self.items, self.mass = value, left, right, [], 0
        if value % 3:
            self.mass = value * 0.5
            self.items.append(value)


class Sized(Node):
    def __len__(self):
        return self.value % 2


class Odd(Node):
    def __bool__(self):
        if self.value == 13:
            raise ValueError("thirteen")
        return self.value % 2 == 1


class Equal(Node):
    def __eq__(self, other):
        return other is None or self.value == getattr(other, "value", 0)


def tree(kind, depth, value):
    return kind(value) if depth == 0 else kind(value, tree(kind, depth - 1, 2 * value), tree(kind, depth - 1, 2 * value + 1) if value % 5 else None)


def total(node):
    found = node.value
    if node.left:
        found += total(node.left)
    if node.right:
        found += total(node.right)
    return found


def masses(node):
    """A constant pair, and computed ones."""
    if node.mass == 0:
        return 0, 0
    if len(node.items) == 1 and node.items[0] == node:
        return 1, 1
    x, y = node.mass, node.value
    if node.left:
        a, b = masses(node.left)
        x += a
        y += b
    return x, y


def linked(n, nodes):
    hits = 0
    for k in range(n):
        node = nodes[k % len(nodes)]
        while node:
            hits += node.value & 3
            node = node.right if k & 1 else node.left
        if not nodes[k % 3]:
            hits += 1000
    return hits


def compared(n, nodes):
    hits = 0
    for k in range(n):
        one, other = nodes[k % len(nodes)], nodes[k * k % len(nodes)]
        if one == other:
            hits += 1
        if one.left != other.left:
            hits += 100
        if one.left == None or None != other:
            hits += 10000
        if (one == one.right) != (other != other):
            hits += 1
    return hits


def fresh(n):
    """Operands that end with the comparison."""
    hits = 0
    for k in range(n):
        if Node(k) == Node(k) or not Node(k):
            hits += 1
        hits += Node(k) != None
    return hits


def nodes(kind):
    gc.collect()
    root = tree(kind, 6, 1)
    return [root, root.left, root.right, root.left.left, root.right.right]


def report(what, *arguments):
    try:
        print(what.__name__, what(*arguments))
    except ValueError as error:
        trace = error.__traceback__
        while trace.tb_next:
            trace = trace.tb_next
        print(what.__name__, "raised", error, trace.tb_lineno)


for turn in range(3):
    plain = nodes(Node)
    for _ in range(40):
        total(plain[0])
        masses(plain[0])
    report(total, plain[0])
    report(masses, plain[0])
    print(masses(plain[4].right or plain[2]) is masses(plain[4].right or plain[2]), [masses(node) for node in plain])
    zero = [node for node in plain if node.mass == 0]
    print(len(zero), all(masses(node) is masses(zero[0]) for node in zero))
    report(linked, 3000, plain)
    report(compared, 3000, plain)
    report(fresh, 1000)
    for kind in (Sized, Odd, Equal):
        others = nodes(kind)
        report(total, others[0])
        report(linked, 1000, others)
        report(compared, 1000, others + plain)
    if turn == 1:
        Node.__bool__ = lambda self: self.value % 4 != 0
        report(linked, 3000, plain)
        del Node.__bool__
        Node.__eq__ = lambda self, other: self is other or other is None
        report(compared, 3000, plain)
        del Node.__eq__
