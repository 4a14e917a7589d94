"""Differences that are accepted: what a test of CPython's looks at can't be the same, and why.

A row names a test, the versions of Python and the modes in which it differs.  A row whose test no longer differs is
itself a difference (tests/cpython/run.py).
"""

from typing import NamedTuple


class Accepted(NamedTuple):
    test: str               # as unittest's id() gives it
    versions: str           # "3.11 3.12"
    modes: str              # "enabled eager"
    reason: str


ACCEPTED: tuple[Accepted, ...] = ()

# Tests whose outcome varies from run to run, and why: compared with nothing.
VARYING = {
    "DigitLimitsTests.test_denial_of_service_prevented": "compares its own CPU time with a limit, and skips itself where the clock says so; varies without us, too",
    "ClassPropertiesAndMethods.test_slots": "compares how many objects gc.get_objects() lists before and after: the compiler's are among them if it was called (docs/contract.md)",
}


def reason(test, version, mode):
    """Why a difference is accepted, or None."""
    for row in ACCEPTED:
        if row.test == test and version in row.versions.split() and mode in row.modes.split():
            return row.reason
    return None
