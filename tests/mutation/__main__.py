"""Runs the chosen programs of tests/exits with one mutation applied: `python -m tests.mutation SORT NAME` (or `none none`)."""

import pathlib
import sys

import pytest

from tests.mutation.mutations import MUTATIONS

PROGRAMS = pathlib.Path(__file__).resolve().parents[1] / "exits"


def main(sort, name):
    """The status of pytest: 1 if a test noticed."""
    chosen = [mutation for mutation in MUTATIONS if (mutation.sort, mutation.name) == (sort, name)]
    for mutation in chosen:
        mutation.apply()
    words = " or ".join(f"({mutation.notices})" for mutation in chosen or MUTATIONS)
    return pytest.main(["-q", "-x", "--each", "--tb=line", "-k", words, str(PROGRAMS)])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
