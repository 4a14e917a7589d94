"""What the interpreter keeps of dead objects for new ones: the guest takes none of the program's, and the collection behind its work frees none."""

import re

from process import python

PROGRAM = """
import contextvars, sys
from framejit import _machine as machine

def work():
    made = [0.5 * k for k in range(500)], [{"a": k} for k in range(500)], [contextvars.copy_context() for k in range(500)], [[k] for k in range(500)]

assert machine.as_guest(work)
floats, tables, contexts = [0.5 * k for k in range(300)], [{"a": k} for k in range(300)], [contextvars.copy_context() for k in range(300)]
del floats, tables, contexts
sys._debugmallocstats()
machine.as_guest({"len": len, "work": work}[sys.argv[1]])
sys._debugmallocstats()
"""


def spares(work):
    """How many there are of each kind, before and behind."""
    process = python("-c", PROGRAM, work)
    assert process.returncode == 0, process.stderr
    found = re.findall(r"(\d+) free (\S+ ?\S*) \*", process.stderr)
    kinds = len(found) // 2
    return [(kind, int(count)) for count, kind in found[:kinds]], [(kind, int(count)) for count, kind in found[kinds:]]


def test_the_guest_leaves_them():
    """What another call of nothing shows is what the question itself takes and leaves."""
    (_, nothing), (before, behind) = spares("len"), spares("work")
    for found in (before, behind):
        assert dict(found)["PyFloatObjects"] >= 90 and dict(found)["PyDictObjects"] >= 70
    assert behind == nothing
