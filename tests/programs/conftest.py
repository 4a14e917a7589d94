"""One pool of runs for all tests of whole programs."""

import pathlib

import pytest
import runner


@pytest.fixture(scope="session")
def pool(request):
    """The pool, with every run queued that a collected test will ask for."""
    made = runner.Pool()
    for item in request.session.items:
        name = getattr(item, "callspec", None) and item.callspec.params.get("name")
        if name and item.path.parent == pathlib.Path(__file__).resolve().parent:
            for mode in runner.MODES:
                made.start(name, mode)
    yield made
    made.close()
