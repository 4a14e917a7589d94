"""What exits have taught, where there are no means to compile again: regions that win much before they leave are entered meanwhile."""

from types import SimpleNamespace

import pytest

from framejit.runtime.codes import CALL
from framejit.runtime.compilation import WINNING, Compilation
from tests.shell.process import python

TEXT = """
import time
import framejit

def chain(dims):
    n = len(dims) - 1
    cost = [[0] * n for _ in range(n)]
    for size in range(2, n + 1):
        for i in range(n - size + 1):
            j = i + size - 1
            cost[i][j] = float("inf")
            for k in range(i, j):
                q = cost[i][k] + cost[k + 1][j] + dims[i] * dims[k + 1] * dims[j + 1]
                if q < cost[i][j]:
                    cost[i][j] = q
    return cost[0][-1]

dims = [5, 10, 3, 12, 5, 50, 6, 8, 20, 7, 9, 11, 4, 30, 16, 5, 8, 12, 4, 6, 9, 13]
expected = chain(dims)
framejit.enable()
end = time.process_time() + 40.0
while framejit.stats()["native_iterations"] < 100_000 and time.process_time() < end:
    assert chain(dims) == expected
stats = framejit.stats()
print(stats["native_iterations"] >= 100_000, stats["native_entries"] > stats["regions_compiled"])
"""


def test_a_table_of_ints_and_infinity_is_native():
    process = python("-c", TEXT)
    assert process.stdout == "True True\n", process.stderr


class Controller(Compilation):
    def __init__(self, means):
        self.means = means

    def affordable(self, state, entry):
        return self.means


def region(news, iterations, entries=2, dead=False):
    return SimpleNamespace(entry=CALL, postponed=False, region=SimpleNamespace(news=news, iterations=iterations, entries=entries, dead=dead))


@pytest.mark.parametrize("iterations, found", [(2 * WINNING, True), (2 * WINNING - 1, False), (0, False)])
def test_what_wins_much_is_postponed(iterations, found):
    one, other = region(True, iterations), region(False, 10**6)
    state = SimpleNamespace(known_variants=lambda: [one, other], slot=SimpleNamespace(armed=False))
    assert Controller(False).postpone(state) is found
    assert (one.region.news, one.postponed, other.postponed) == (not found, found, False)
    Controller(False).call_in(state)
    assert one.region.news is not found and not state.slot.armed
    Controller(True).call_in(state)
    assert one.region.news and not one.postponed and state.slot.armed is found
    assert not other.region.news


def test_what_is_dead_is_not():
    one = region(True, 10**6, dead=True)
    assert not Controller(False).postpone(SimpleNamespace(known_variants=lambda: [one]))
