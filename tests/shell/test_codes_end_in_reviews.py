"""A code object that ends while its regions are reviewed: nobody but the copy that leads to native code had it any longer."""

import pytest
from process import python

PROGRAM = """
import itertools, time, weakref
import framejit
from framejit.runtime import entrances, review
from framejit.runtime.controller import controller

def made():
    names = {}
    exec('''
def f(rows):
    for row in rows:
        z = 1; g = lambda: z; del z
        t = 0
        for x in row:
            t += x * x * x
    return t
''', names)
    return names.pop("f")

row = [k % 50 for k in range(500)]
framejit.enable()
end = time.monotonic() + 20
for turn in itertools.count():
    f = f if turn % 40 else made()
    f([row] * 1000)
    state = controller().codes.get(id(f.__code__))
    if state is not None and state.led is not None and any(state.variants.values()) or time.monotonic() > end:
        break
controller().machine.sampler_stop()         # no more looks
if state.led is None or not any(state.variants.values()):
    raise SystemExit(NOT_FOUND)
def records():
    return len([place for place in framejit.explain().breaks if place.function == "f" and place.name == "given_back"])

gone, before = [], records()
reference = weakref.ref(f.__code__, lambda reference: gone.append(True))
CHANGE
f = None
print(reference() is not None, controller().machine.is_abandoned(state.led))
review.give_back(controller())
print(gone, reference(), state.code)
review.give_back(controller())
print(records() > before)
"""
CHANGES = {
    "nothing": ("review.worthless = lambda *given: False; entrances.pays = lambda *given: True", "False"),
    "worthless": ("review.worthless = lambda controller, state, variant: True", "True"),
    "outweighed": ("review.worthless = lambda controller, state, variant: state.entrances", "True"),
    "pays no longer": ("entrances.SEEN, entrances.pays = 0, lambda *given: False", "True"),
}


NOT_FOUND, ATTEMPTS = 3, 8          # where a machine is busy looks may find the function to be called again and again, and lead no loop of it


@pytest.mark.parametrize("change", CHANGES)
def test_it_ends_behind_its_regions(change):
    text, record = CHANGES[change]
    for _ in range(ATTEMPTS):
        process = python("-c", PROGRAM.replace("CHANGE", text).replace("NOT_FOUND", str(NOT_FOUND)))
        if process.returncode != NOT_FOUND:
            break
    assert process.returncode == 0, process.stderr
    assert process.stdout == f"True True\n[True] None None\n{record}\n", process.stdout + process.stderr


def test_nothing_but_code_has_a_slot():
    process = python("-c", "from framejit import _machine\nfor given in (None, 'x', print):\n    try:\n        _machine.lead_anew(given)\n    except TypeError as error:\n        print(type(error).__name__)")
    assert process.stdout == "TypeError\n" * 3 and process.returncode == 0, process.stderr
