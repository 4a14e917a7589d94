"""What the compiler's imports make is left out of the program's collections.

The tests run in a process of their own, which has one thread (`test_in_a_process_of_its_own`).
"""

import gc
import os
import pathlib
import subprocess
import sys
import threading
import weakref

import pytest

from framejit import _machine as machine


ALONE = "FRAMEJIT_TESTED_ALONE" in os.environ
alone = pytest.mark.skipif(not ALONE, reason="in a process of its own, see test_in_a_process_of_its_own")


@pytest.mark.skipif(ALONE, reason="this is that process")
def test_in_a_process_of_its_own():
    path = os.pathsep.join([str(pathlib.Path(machine.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "FRAMEJIT_TESTED_ALONE": "1"}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__], capture_output=True, text=True, env=environment)
    assert done.returncode == 0 and "s....." in done.stdout and " failed" not in done.stdout, done.stdout + done.stderr


class Node:
    pass


def tracked(thing):
    return any(one is thing for one in gc.get_objects())


def made_as_guest(lasts):
    """(what a call of the guest's has made, a weak reference to its garbage)."""
    made = []

    def work():
        node = Node()
        node.itself = node
        made.extend([[Node()], weakref.ref(node)])
        if lasts:
            machine.guest_lasts()

    assert machine.as_guest(work)
    return made


@alone
def test_what_lasts_is_in_no_generation():
    frozen = gc.get_freeze_count()
    kept, garbage = made_as_guest(True)
    assert gc.is_tracked(kept) and not tracked(kept) and garbage() is None
    gc.collect()
    end = weakref.ref(kept[0])
    kept.clear()
    assert end() is None and gc.get_freeze_count() == frozen


@alone
def test_other_calls_of_the_guest():
    """Only what the call has made that says so."""
    made_as_guest(True)
    kept, garbage = made_as_guest(False)
    assert tracked(kept) and garbage() is None


@alone
def test_not_beside_another_thread():
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        kept, _ = made_as_guest(True)
        assert tracked(kept)
    finally:
        done.set()
        other.join()


@alone
def test_not_outside():
    machine.guest_lasts()
    kept, _ = made_as_guest(False)
    assert tracked(kept)


@alone
def test_a_guest_that_fails():
    def work():
        machine.guest_lasts()
        raise ValueError

    assert not machine.as_guest(work)


@alone
def test_what_lasts_is_looked_through_once_there_is_much_of_it():
    made = []

    def tie():
        node = Node()
        node.itself = node
        made.append(node)
        machine.guest_lasts()

    def many():
        made.extend([[] for _ in range(60_000)])
        machine.guest_lasts()

    assert machine.as_guest(tie)
    end = weakref.ref(made.pop())
    gc.collect()
    assert end() is not None            # the program's collections don't see it
    for _ in range(3):
        assert machine.as_guest(many)
    assert end() is None and len(made) == 180_000 and not tracked(made[0])


POOL = 14       # bits of an address within one


@alone
def test_the_guest_has_pools_of_its_own():
    """What it leaves there is its own again, and what is freed while the other is there does no harm."""
    guests, programs, halves = [], [], []
    for _ in range(20):
        assert machine.as_guest(lambda: guests.extend([float(n) for n in range(300)]))
        programs.extend([float(n) for n in range(300)])
    pools = {id(one) >> POOL for one in guests}, {id(one) >> POOL for one in programs}
    assert len(pools[0] & pools[1]) <= 1                # one may have been the program's before
    del guests[::2]
    assert machine.as_guest(programs.clear)
    for _ in range(20):
        assert machine.as_guest(lambda: halves.extend([float(n) for n in range(300)]))
        programs.extend([float(n) for n in range(300)])
    assert sum(guests) + sum(halves) + sum(programs) == 20 * (sum(range(1, 300, 2)) + 2 * sum(range(300)))


IMPORTS = """
import gc
held, loose = [[] for _ in range(5)], []
loose.append(loose)
collect = {collect}
collect()
import framejit
behind = [{{}}, (held,)]
found = gc.get_objects()
names = [getattr(one, "__module__", None) for one in found if callable(one)]
print([name for name in names if str(name).startswith("framejit")], all(any(one is other for other in found) for one in [*held, held]))
print(gc.is_tracked(behind), any(one is behind for one in found))
del loose, found
print(gc.collect() > 0)
"""


@pytest.mark.skipif(ALONE, reason="it makes processes itself")
@pytest.mark.parametrize("collect", ["gc.collect", "lambda: gc.collect(0)", "gc.disable", "lambda: gc.set_threshold(3, 3, 3)"])
def test_collections_leave_out_what_the_import_makes(collect):
    """Whichever list the first object has come to meanwhile; the program's own objects stay where they are."""
    answer = subprocess.run([sys.executable, "-c", IMPORTS.format(collect=collect)], capture_output=True, text=True)
    assert answer.stdout == "[] True\nTrue True\nTrue\n", answer.stderr
