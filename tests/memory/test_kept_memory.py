"""Memory of arrays that ended stays with the process (ext/kept_memory.c)."""

import platform

import pytest

from tests.shell.process import python

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the thresholds are glibc's")

TEXT = """
import resource
import numpy as np
import framejit

@framejit.jit
def steps(x, y, count):
    for _ in range(count):
        z = y + 0.5 * x
    return z

x, y = np.ones(50_000), np.zeros(50_000)
for _ in range(10):
    steps(x, y, 20)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    steps(x, y, 20)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before, framejit.stats()["native_entries"])
"""


def faults(**settings):
    """Pages that fifty calls got anew from the system."""
    process = python("-c", TEXT, **settings)
    assert process.returncode == 0, process.stderr
    pages, entries = map(int, process.stdout.split())
    assert entries >= 50 or settings.get("FRAMEJIT_DISABLE")
    return pages


def test_arrays_get_memory_of_those_that_ended():
    assert faults() < 100


@pytest.mark.parametrize("settings", [{"FRAMEJIT_KEPT_MEMORY": "0"}, {"MALLOC_TRIM_THRESHOLD_": "131072"}, {"GLIBC_TUNABLES": "glibc.malloc.trim_threshold=131072"}, {"FRAMEJIT_DISABLE": "1"}],
                         ids=lambda settings: next(iter(settings)))
def test_whoever_says_otherwise_decides(settings):
    assert faults(**settings) > 1_000


LARGE = """
import resource
import numpy as np
import framejit

@framejit.jit
def small(x, count):
    kept = []
    for k in range(count):
        kept.append(x * 2.0 + k)
    return kept

@framejit.jit
def large(x):
    return x * 2.0 + 1.0

x = np.ones(100_000)
for _ in range(3):
    y = large(x)
    kept = small(x, 40)
    del kept
z = np.ones(20_000_000)
y = large(z)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, framejit.stats()["native_entries"])
"""


def test_large_arrays_come_after_what_is_unused_has_gone():
    """30 MB of small arrays that ended don't count towards the peak of one of 160 MB."""
    peaks = []
    for settings in ({}, {"FRAMEJIT_KEPT_MEMORY": "0"}):
        process = python("-c", LARGE, **settings)
        assert process.returncode == 0, process.stderr
        peak, entries = map(int, process.stdout.split())
        assert entries >= 7
        peaks.append(peak)
    assert peaks[0] < peaks[1] + 40_000
