"""Every program gives, accelerated, byte for byte what it gives plain."""

import pytest
import runner

NATIVE = {"loop": "native_iterations", "entry": "native_entries"}


@pytest.mark.parametrize("mode", [mode for mode in runner.MODES if mode != "plain"])
@pytest.mark.parametrize("name", runner.cases())
def test_same_as_plain(pool, name, mode):
    plain, other = pool.outcome(name, "plain"), pool.outcome(name, mode)
    assert other.output.decode(errors="replace") == plain.output.decode(errors="replace")
    assert other.errors.decode(errors="replace") == plain.errors.decode(errors="replace")
    assert other.output == plain.output and other.errors == plain.errors
    assert other.status == plain.status


@pytest.mark.parametrize("name", runner.cases())
def test_does_what_it_says(pool, name):
    plain = pool.outcome(name, "plain")
    assert plain.status == int(runner.header(name).get("status", 0)), plain.errors.decode(errors="replace")
    assert plain.output or plain.errors


@pytest.mark.parametrize("name", [name for name in runner.cases() if "native" in runner.header(name)])
def test_hot_part_was_native(pool, name):
    stats = pool.outcome(name, "eager").stats
    assert stats is not None
    if not stats["compiles"]:
        pytest.skip("this build has no compiler yet")
    assert stats[NATIVE[runner.header(name)["native"]]] > 0
