"""A guard, an exit's recipe or a lowering that is broken on purpose is noticed by a program of tests/exits."""

import os
import pathlib
import subprocess
import sys

import pytest

from tests.mutation.mutations import MUTATIONS

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUICK = {("guard", "dtype"), ("exit", "INT"), ("lowering", "overflow")}
PASSED, NOTICED = 0, 1
PATIENCE = 60       # seconds; what is broken may never end


def outcome(sort, name):
    """(pytest's status, or below zero: killed by a signal, or because it did not end; what it printed)."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("FRAMEJIT_", "PYTEST_"))}
    environment["FRAMEJIT_CACHE"] = "0"
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    try:
        done = subprocess.run([sys.executable, "-m", "tests.mutation", sort, name], capture_output=True, text=True, cwd=ROOT,
                              env=environment, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return -1, "did not end"
    return done.returncode, done.stdout + done.stderr


def marks(mutation):
    nightly = pytest.mark.skipif("FRAMEJIT_NIGHTLY" not in os.environ, reason="the long run: make nightly")
    return () if (mutation.sort, mutation.name) in QUICK else nightly


@pytest.mark.parametrize("mutation", [pytest.param(mutation, id=f"{mutation.sort} {mutation.name}", marks=marks(mutation)) for mutation in MUTATIONS])
def test_is_noticed(mutation):
    status, printed = outcome(mutation.sort, mutation.name)
    assert status == NOTICED or status < 0, printed


@pytest.mark.slow
def test_nothing_is_noticed_without_a_mutation():
    status, printed = outcome("none", "none")
    assert status == PASSED, printed
