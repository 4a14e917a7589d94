"""Tools that have looked on and are gone: what they leave in code objects doesn't keep native code from being entered."""

import sys

import pytest

from framejit import _machine as machine
from tests.looks import asked_for

OUTER, INNER = 40, 60
LOOKS = 6, 6, 0, 0, 6, 0, 0, 0      # turns of each call in which somebody looks
MONITORING = sys.version_info >= (3, 12)


def traced():
    sys.settrace(lambda *event: None)
    sys.settrace(None)


def profiled():
    sys.setprofile(lambda *event: None)
    sys.setprofile(None)


def monitored():
    tools = sys.monitoring
    tools.use_tool_id(tools.PROFILER_ID, "gone")
    tools.set_events(tools.PROFILER_ID, tools.events.LINE | tools.events.BRANCH)
    tools.set_events(tools.PROFILER_ID, 0)
    tools.free_tool_id(tools.PROFILER_ID)


TOOLS = {"none": int, "traced": traced, "profiled": profiled, **({"monitored": monitored} if MONITORING else {})}


@pytest.fixture
def looking():
    """Looks compile whatever they find, and come where they are asked for."""
    with asked_for() as found:
        yield found


def sums_of(look):
    """A generator whose inner loop is entered in each turn, between class statements that end it."""
    def sums(start, looks):
        for k in range(OUTER):
            if k < looks:
                look()
            s = 0
            for i in range(INNER):
                s += i * k + start
            class Between:
                pass
            yield s, Between.__name__
    sums.__code__ = sums.__code__.replace()      # nobody else's
    return sums


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("when", ("before", "between"))
def test_loops_are_entered_again(when, tool, looking):
    if when == "before":
        TOOLS[tool]()
    sums, plain = sums_of(machine.look_here), sums_of(int)
    for call in range(len(LOOKS)):
        if (call, when) == (3, "between"):
            TOOLS[tool]()
        assert [*sums(call, LOOKS[call])] == [*plain(call, 0)]
    entrances = [judged.entrance for judged in looking.codes[id(sums.__code__)].entrances.values() if judged]
    assert sum(entrance.entries for entrance in entrances) > (len(LOOKS) - 2) * OUTER      # all turns behind the looks
