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

# Compare their own CPU time with a limit, and skip themselves where the clock says so: they vary without us, too.
TIMED = ("DigitLimitsTests.test_denial_of_service_prevented",)


def reason(test, version, mode):
    """Why a difference is accepted, or None."""
    for row in ACCEPTED:
        if row.test == test and version in row.versions.split() and mode in row.modes.split():
            return row.reason
    return None
