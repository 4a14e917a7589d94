"""One pool of runs for all tests of whole programs."""

import pathlib

import pytest
import runner


@pytest.fixture(scope="session")
def pool(request):
    """The pool, with every run queued that a collected test will ask for."""
    made = runner.Pool()
    given = [item.callspec.params for item in request.session.items if hasattr(item, "callspec") and item.path.parent == pathlib.Path(__file__).resolve().parent]
    for one in [one for one in given if "name" in one]:
        for mode in ("plain", one.get("mode", "plain")):
            made.start(one["name"], mode)
    yield made
    made.close()
