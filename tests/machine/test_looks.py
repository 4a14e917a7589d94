"""Looks at what is running: one at each check, and few questions about places where nothing can be made."""

import ctypes
import time
import weakref

import pytest
from framejit import _machine as machine

PENDING = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
add_pending_call = ctypes.pythonapi.Py_AddPendingCall
add_pending_call.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
EMPTY = -1          # what on_sample answers where there is nothing to enter


@pytest.fixture
def looking():
    """looking(on_sample, work): works until `on_sample` says True, or a minute."""

    def run(on_sample, work):
        done, errors = [], []
        machine.set_callbacks(on_sample=lambda *found: on_sample(*found, done), on_error=errors.append)
        machine.sampler_start(1000)
        end = time.perf_counter() + 60
        while not done and time.perf_counter() < end:
            work()
        machine.sampler_stop()
        assert done and not errors

    yield run
    machine.sampler_stop()
    machine.set_callbacks()
    machine.first_looks(True)


def test_an_empty_entry_ends_a_check():
    """What fj_look_at_next_check builds on: what is added behind it waits for the next check."""
    turns, turn = [], 0

    def add():
        add_pending_call(None, None)
        add_pending_call(ctypes.cast(look, ctypes.c_void_p), None)

    @PENDING
    def look(_):
        turns.append(turn)
        if len(turns) < 100:
            add()
        return 0

    add_pending_call(ctypes.cast(look, ctypes.c_void_p), None)
    for turn in range(1000):
        if len(turns) == 100:
            break
    assert len(turns) == 100 and len(set(turns)) > 90, turns[:40]


def spin():
    for _ in range(20_000):
        pass


def test_looks_that_are_only_counted(looking):
    asked = []

    def on_sample(code, jump, target, *rest):
        if code is spin.__code__ and target >= 0:
            asked.append(machine.looks())
            if len(asked) == 4:
                rest[-1].append(True)
            return EMPTY - 7 if len(asked) < 3 else EMPTY
        return None

    looking(on_sample, spin)
    assert asked[0] in (1, 2) and asked[1:] == [8, 8, 1]       # 2: it took the entry of another place, from a test before this one (places.c)


def test_a_rest_ends_with_its_code(looking):
    """Another code object at the same place of memory is asked about at once."""
    source, counts = "for _ in range(20_000): pass", {}

    def on_sample(code, jump, target, *rest):
        if code.co_filename == "<one of many>" and target >= 0:
            counts[code.co_name] = counts.get(code.co_name, 0) + machine.looks()
            rest[-1].extend([True] if len(counts) == 5 else [])
            return EMPTY - 1000
        return None

    def work():
        code = compile(source, "<one of many>", "exec").replace(co_name=f"number {len(counts)}")
        ending = weakref.ref(code, machine.Ending(code, (), []))
        end = time.perf_counter() + 0.05
        while code.co_name not in counts and time.perf_counter() < end:
            exec(code, {})
        del code
        assert ending() is None

    looking(on_sample, work)
    assert all(count < 1000 for count in counts.values())


def test_code_that_is_seen_for_the_first_time(looking):
    """It is asked about at its second look: the question stands for both."""
    machine.first_looks(False)
    asked, kept = [], list(range(2_000))

    def busy():
        return sum(kept) + sum(kept)

    def on_sample(code, jump, target, *rest):
        if code is busy.__code__:
            asked.append(machine.looks())
            rest[-1].extend([True] if len(asked) == 3 else [])
        return None

    looking(on_sample, busy)
    assert all(count >= 2 for count in asked)


def test_what_stands_behind_an_empty_entry_comes(looking):
    """A check that an empty entry ends takes back the request for the rest: it is asked for again."""

    @PENDING
    def first(_):
        for _ in range(6):
            add_pending_call(None, None)
        return 0

    add_pending_call(ctypes.cast(first, ctypes.c_void_p), None)
    looking(lambda *found: found[-1].append(True), lambda: sum([k for k in range(1000)]))


def test_places_that_drive_each_other_out(looking):
    """The table is full of places that rest, of code that is still there: what runs is asked about all the same."""
    resting, seen, functions = [], set(), []

    def on_resting(code, jump, target, *rest):
        if code.co_filename == "<resting>" and target >= 0:
            seen.add(code.co_name)
            rest[-1].extend([True] if len(seen) == 150 else [])
            return EMPTY - 1000
        return None

    def rest_one():
        code = compile("for _ in range(20_000): pass", "<resting>", "exec").replace(co_name=f"number {len(resting)}")
        resting.append(code)
        known, end = len(seen), time.perf_counter() + 0.02
        while len(seen) == known and time.perf_counter() < end:
            exec(code, {})

    looking(on_resting, rest_one)
    machine.first_looks(False)
    for _ in range(30):
        space = {"kept": list(range(2_000))}
        exec("def busy(): return sum(kept) + sum(kept)", space)
        functions.append(space["busy"])
        looking(lambda code, *rest: rest[-1].append(True) if code is functions[-1].__code__ else None, functions[-1])
