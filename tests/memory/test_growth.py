"""No kind of entry or exit makes anything grow; `FRAMEJIT_NIGHTLY=1`: over a million of each."""

import os

import pytest

from tests.memory.__main__ import checked, faults
from tests.memory.kinds import EXITS, KINDS

TURNS = 1_000_000 if os.environ.get("FRAMEJIT_NIGHTLY") else 5_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS + EXITS, ids=[kind.name for kind in KINDS + EXITS])
def test_nothing_grows(kind):
    _, wrong = checked(kind, TURNS)
    assert not wrong


def test_what_grows_is_seen():
    """A reference that is kept, a block that isn't freed, and a kind that never runs natively."""
    found = {"turns": 1000, "growth": {"blocks": 1000, "None": -1000, "malloc": 160_000, "resident": 1000},
             "evidence": {"native_entries": 0.5}}
    assert len(faults(KINDS[0], found)) == 4
