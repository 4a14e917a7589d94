"""Whole functions with the graph's interpreter in the machine code's place: results, output and tracebacks stay."""

import copy
import traceback

import pytest
from .programs import PROGRAMS, shown
from .test_memory import IN_PROGRAMS

import framejit
from framejit import pipeline
from framejit.graph.run import STEPS
from framejit.loops import steps  # noqa: F401 (it adds operations)

NAMES = [function.__name__ for function, _ in PROGRAMS]


@pytest.fixture
def interpreted(monkeypatch):
    """Names of the operations that ran, filled while functions run."""
    ran = set()

    monkeypatch.setattr(pipeline, "INTERPRETS", True)
    monkeypatch.setattr(pipeline, "worthwhile", lambda graph, machine: True)
    for name, step in list(STEPS.items()):
        monkeypatch.setitem(STEPS, name, lambda active, node, name=name, step=step: ran.add(name) or step(active, node))
    return ran


def outcome(function, arguments, capsys):
    arguments = copy.deepcopy(arguments)
    try:
        result = function(*arguments)
    except Exception as error:
        places = [(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)[1:]]
        result = type(error), str(error), places
    return shown(result), shown(arguments), capsys.readouterr().out


@pytest.mark.parametrize("function, arguments", PROGRAMS, ids=NAMES)
def test_gives_what_the_interpreter_gives(function, arguments, interpreted, capsys):
    accelerated = framejit.jit(function)
    for _ in range(3):
        assert outcome(accelerated, arguments, capsys) == outcome(function, arguments, capsys)
    assert interpreted


def test_operations_that_need_a_frame_were_run(interpreted, capsys):
    for function, arguments in PROGRAMS:
        accelerated = framejit.jit(function)
        for _ in range(2):          # an exit teaches that something raises
            outcome(accelerated, arguments, capsys)
    # polls are taken only when the breaker asks; names and `home_take` belong to loops of modules
    assert set(IN_PROGRAMS) - {"name_set", "name_put", "home_swap", "home_append", "write_call"} <= interpreted | {"home_take"}
