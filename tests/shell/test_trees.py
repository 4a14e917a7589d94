"""Walks over trees: whichever node is called first, the walk becomes native."""

import framejit
from framejit.capture.surroundings import as_outermost
from tests.shell.test_native_calls import program

TREE = """
def total(tree):
    return 0 if tree is None else total(tree[0]) + tree[1] + total(tree[2])

def grown(depth):
    return None if depth == 0 else (grown(depth - 1), depth, grown(depth - 1))
"""


def test_a_leaf_that_is_called_first_settles_nothing():
    space = program(TREE, "total")
    tree = space["grown"](12)
    assert [space["total"](None) for _ in range(3)] == [0] * 3
    for _ in range(3):
        assert space["total"](tree) == 8178
    before = framejit.stats()["native_entries"]
    assert space["total"](tree) == 8178
    assert framejit.stats()["native_entries"] - before == 1


NODES = """
class Node:
    def __init__(self, left, right, value):
        self.left, self.right, self.value = left, right, value
    def total(self):
        s = self.value
        if self.left is not None:
            s += self.left.total()
        if self.right is not None:
            s += self.right.total()
        return s

def grown(depth):
    return None if depth == 0 else Node(grown(depth - 1), grown(depth - 1), depth)
"""


def test_a_leaf_doesn_t_say_what_attributes_are():
    space = program(NODES)
    tree, leaf = space["grown"](12), space["grown"](1)
    space["Node"].total = framejit.jit(space["Node"].total)
    for node in (tree, leaf, leaf, leaf, tree, leaf, tree, tree):
        assert node.total() == (8178 if node is tree else 1)
    before = framejit.stats()
    assert tree.total() == 8178
    now = framejit.stats()
    assert (now["native_entries"] - before["native_entries"], now["exits"], now["callouts"]) == (1, before["exits"], before["callouts"])


def outermost(tree):
    return as_outermost(outermost.__code__, [tree]) if tree[0] is None else outermost(tree[0])


def test_a_leaf_is_taken_for_the_tree_that_it_is_of():
    leaf = (None, 1, None)
    tree = ((leaf, 2, leaf), 3, leaf)
    assert outermost(tree) == [tree]
    assert outermost(leaf) == [leaf]
    assert as_outermost(outermost.__code__, [leaf]) == [leaf]
