"""Module code that looks enter while it runs."""

import pytest

import framejit
from framejit.runtime.compilation import Compilation


@pytest.fixture
def means(monkeypatch):
    """What other tests have cost doesn't count."""
    monkeypatch.setattr(Compilation, "affordable", lambda *given: True)
    monkeypatch.setattr(Compilation, "has_means", lambda *given: True)


def ran(code, make, **more):
    names = {"make": make, **more}
    exec(code, names)
    return names["out"]


def entered(code, make, expected=None, tries=200, **more):
    """Runs until looks have entered it: what is compiled then is tried again."""
    for _ in range(tries):
        before = framejit.stats()["native_entries"]
        assert ran(code, make, **more) == expected or expected is None
        if framejit.stats()["native_entries"] > before:
            return True
    return False
