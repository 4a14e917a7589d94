"""A number that a global's slot keeps, or that has no object yet, and that a container gets, is one object: what the name says, and what the container holds."""

import pytest

import framejit
from tests.arrays.programs import plain_and_jitted

SOURCE = """
import collections
Pair = collections.namedtuple("Pair", "first second")
class Point:
    pass
class Slotted:
    __slots__ = ("x",)
G, ONE, ROW, ITEMS, TABLE, POINT, SLOTTED = 1, None, [1, 2, 3], [0, 0], {{}}, Point(), Slotted()
POINT.x = SLOTTED.x = 0
def f(v):
    global G, ONE
    a = None
    for i in range(1, 60):
        if v > 1000:
            G = ROW[1]
        else:
            G += 1
    {}
    return ONE is G, a is G
"""
STORES = ("ONE = [1, G]; ONE = ONE[1]", "ONE = (1, G)[1]", "ONE = Pair(1, G); ONE = ONE.second", "ITEMS[0] = G; ONE = ITEMS[0]", "ITEMS.append(G); ONE = ITEMS[-1]", "TABLE['k'] = G; ONE = TABLE['k']", "TABLE = {'k': G}; ONE = TABLE['k']",
          "POINT.x = G; ONE = POINT.x", "SLOTTED.x = G; ONE = SLOTTED.x", "ONE = G", "a = G; ITEMS[1] = a; ONE = ITEMS[1]", "a = G; ONE = [a, a][0]", "a = [G, G]; ONE = a[0]; a = a[1]", "ONE = [G for _ in range(2)][1]", "ITEMS.insert(0, G); ONE = ITEMS[0]",
          "ITEMS.extend([G]); ONE = ITEMS[-1]", "ITEMS[1:] = [G]; ONE = ITEMS[1]", "ONE = [[G]][0][0]", "ONE = {1: [G]}[1][0]", "a = (G, [G]); ONE = a[1][0]; a = a[0]", "ONE = slice(G, 2).start", "ONE = max(G, G)", "ONE = max([G])", "ONE = {G: G}[G]", "ONE = next(iter({G}))")


@pytest.mark.parametrize("store", STORES)
def test_one_object(store):
    plain, jitted = plain_and_jitted(SOURCE.format(store))
    before = framejit.stats()["native_entries"]
    for turn in range(200):
        assert jitted(5) == plain(5)
        if turn > 12 and framejit.stats()["native_entries"] > before + 8:
            break
    assert framejit.stats()["native_entries"] > before
