"""One pool of runs for all tests of whole programs."""

import pathlib

import pytest
import runner


@pytest.fixture(scope="session")
def pool(request):
    """The pool, with every run queued that a collected test will ask for."""
    made = runner.Pool()
    given = [item.callspec.params for item in request.session.items if hasattr(item, "callspec") and item.path.parent == pathlib.Path(__file__).resolve().parent]
    again = {one["name"] for one in given if one.get("mode") == "warm"}
    for name in [one["name"] for one in given if "name" in one]:
        for mode in runner.MODES:
            if mode != "warm" or name in again:
                made.start(name, mode)
    yield made
    made.close()
