# native: loop
# What a called function meets for the first time: objects of classes that nobody knew of, branches that no call has taken, comparisons of what isn't known, items that leave lists.

import sys
import traceback


class Node:
    def __init__(self, number):
        self.number = number
        self.next = None
        self.items = []

    def value(self):
        return self.number

    def linked(self):
        return 0 if self.next is None else self.next.value()

    def __repr__(self):
        return f"{type(self).__name__}({self.number})"


class Twice(Node):
    def value(self):
        return self.number * 2


class Third(Node):
    def value(self):
        if self.number < 0:
            print("negative", self.number)
            return -1
        return self.number // 3


class Equal(Node):
    def __eq__(self, other):
        asked.append(self.number)
        return isinstance(other, Node) and self.number == other.number

    def value(self):
        return 5


class Ends(Node):
    def __del__(self):
        print("ended", self.number)


class Other:
    number = 7

    def __repr__(self):
        return "Other"

    def value(self):
        return 9


asked = []


def linked(node):
    return node.linked()


def same(node, other):
    return node.next == other


def differ(node, other):
    return other != node.next and node != other


def without(node, item):
    node.items.remove(item)
    return len(node.items)


def marked(node, mark):
    node.next.mark = mark
    return mark


def careful(node, limit):
    if node.number > limit:
        print("too many", node, sys._getframe().f_code.co_name)
        return 0
    if not node.items:
        node.items.append(len(str(limit)))
    return node.number


def work(n, kinds, at=-1, change=None):
    found, kept = 0, []
    nodes = [Node(k) for k in range(4)]
    first = nodes[0]
    for k in range(n):
        node = nodes[k % 4]
        if k == at:
            kept.append(change(nodes))
        if k % 8 == 5:
            node.next = kinds[k // 8 % len(kinds)](k)
        found += linked(node) + careful(node, 1000)
        found += same(node, first) + differ(node, first)
        other = Node(k)
        node.items.append(other)
        node.items.append(first)
        without(node, other)
        if k > n - 3:
            kept.append((node, node.next, len(node.items)))
        if node.next is not None:
            found += marked(node, k)
        if len(node.items) > 20:
            del node.items[1:]
    return found, kept


def put(value):
    def change(nodes):
        for node in nodes:
            node.next = value
        return "put"
    return change


def many(nodes):
    for node in nodes:
        node.number = 5000
    return "many"


def hold(value):
    def change(nodes):
        for node in nodes:
            node.items[:] = [value, value]
        return "held"
    return change


CHANGES = [put(None), put(5), put("text"), put(Other()), put(Equal(2)), put([1]), put(Third(-4)), many, hold(Ends(3)), hold(Equal(1)), hold(1), hold(None), put(Node)]

print(work(400, [Node]), work(400, [Node, Twice]), work(400, [Twice, Third, Node]))
print(work(4000, [Node, Twice, Third]))
for change in CHANGES:
    for at in (101, 397):
        asked.clear()
        try:
            print(work(400, [Node, Third], at, change))
        except Exception as error:
            print(repr(error), [(entry.name, entry.lineno) for entry in traceback.extract_tb(error.__traceback__)])
        print(len(asked))
print(work(400, [Equal, Third]), len(asked))
print(work(400, [Ends, Node]), len(asked))
print(work(400, [Other, Node]) if False else "")
nodes = [Ends(k) for k in range(4)]
for k in range(4):
    holder = Node(k)
    holder.items = [nodes[k], nodes[k], 3]
    print(without(holder, nodes[k]), holder.items)
one = nodes.pop()
for k in range(300):
    holder.items = [one, holder]
    without(holder, one)
    if k == 298:
        one = Ends(-1)
del one, holder
nodes.clear()
CHANGES.clear()
change = None
print("last")
