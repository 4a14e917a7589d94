"""Every program gives, accelerated, byte for byte what it gives plain."""

import difflib

import pytest
import runner

ATTEMPTS = 4        # a program of a tenth of a second may be over before a busy machine lets anybody look at it
MANY = 20           # regions
NATIVE = {"loop": "native_iterations", "entry": "native_entries"}


def readable(outcome):
    """Text that pytest can show the difference of."""
    return (f"status {outcome.status}\n{outcome.output.decode(errors='backslashreplace')}\n"
            f"errors:\n{outcome.errors.decode(errors='backslashreplace')}")


def differences(other, plain):
    """What one run has and the other hasn't, with the lines around: nothing if they are the same."""
    return "\n".join(difflib.unified_diff(readable(plain).splitlines(), readable(other).splitlines(), "plain", "accelerated", lineterm="", n=2))


@pytest.mark.parametrize("mode", [mode for mode in runner.MODES if mode != "plain"])
@pytest.mark.parametrize("name", runner.cases())
def test_same_as_plain(pool, name, mode):
    plain, other = pool.outcome(name, "plain"), pool.outcome(name, mode)
    assert other.status is not None, "did not end in time\n" + readable(other)
    found = differences(other, plain)
    assert not found, found
    assert other[:3] == plain[:3]


@pytest.mark.parametrize("name", runner.cases())
def test_second_runs_find_machine_code(pool, name):
    """Which loops are found running differs from run to run: of many regions some are the same, of those of two runs in a third one."""
    before, warm = pool.outcome(name, "eager").stats, pool.outcome(name, "warm").stats
    if before is None or warm is None:
        pytest.skip("it doesn't come to its end")
    if not found_some(before, warm):
        before, warm = warm, pool.run(name, "warm", None).stats
    assert not before["cache_refused"] and not warm["cache_refused"]
    assert found_some(before, warm)


def found_some(before, warm):
    return warm["cache_hits"] or min(before["cache_misses"], warm["regions_compiled"]) < MANY


@pytest.mark.parametrize("name", [name for name in runner.cases() if "alone" in runner.header(name)])
def test_same_without_the_launcher(pool, name):
    plain, other = pool.outcome(name, "plain"), pool.outcome(name, runner.ALONE)
    found = differences(other, plain)
    assert not found, found
    assert other[:3] == plain[:3]


@pytest.mark.parametrize("name", runner.cases())
def test_does_what_it_says(pool, name):
    plain = pool.outcome(name, "plain")
    assert plain.status == int(runner.header(name).get("status", 0)), plain.errors.decode(errors="replace")
    assert plain.output or plain.errors


@pytest.mark.parametrize("name", [name for name in runner.cases() if "native" in runner.header(name)])
def test_hot_part_was_native(pool, name):
    counter = NATIVE[runner.header(name)["native"]]
    for attempt in range(ATTEMPTS):
        outcome = runner.run(name, "eager") if attempt else pool.outcome(name, "eager")
        stats = outcome.stats
        assert stats is not None, readable(outcome)
        if not stats["compiles"]:
            pytest.skip("this build has no compiler yet")
        if stats[counter] > 0:
            return
    assert stats[counter] > 0
