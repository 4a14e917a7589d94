"""`python -m benchmarks.memory`: what a process takes at its peak, beside what NumPy takes."""

import sys

import pytest

from benchmarks.memory.__main__ import GOAL, measured
from benchmarks.numpy.catalogue import catalogue


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("name", ("heat", "black_scholes", "thomas"))
def test_peaks(name):
    """Of its own no process takes more than the goal.  (What the system counts has LLVM's library, too, which others share.)"""
    row = measured(name, catalogue()[name].sizes[1], 0.6)
    assert row["native"] > 0 or name == "black_scholes"
    assert row["cold"][1] <= GOAL and row["warm"][1] <= GOAL
    assert row["own"] > 0 and row["all"] >= row["own"]
