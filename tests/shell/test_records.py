"""Records, events, logs and explanations."""

from types import SimpleNamespace

import pytest
from framejit.report import bisect, logs
from framejit.report.explanation import Explanation
from framejit.report.records import Records, line_of
from framejit.tables import settings
from process import framejit as command
from process import python


def sample(n):
    total = 0
    for k in range(n):
        total += k
    return total


def unit_of(line):
    return next(start // 2 for start, _, number in sample.__code__.co_lines() if number == line)


def test_a_place_is_recorded_once_and_counted():
    records = Records()
    line = sample.__code__.co_firstlineno + 3
    for _ in range(5):
        records.break_(sample.__code__, unit_of(line), "unknown_call", "calls print")
    records.break_(sample.__code__, unit_of(line), "type_change")
    records.break_(sample.__code__, unit_of(line + 1), "unknown_call")
    place = records.breaks()[0]
    assert (place.code, place.count, place.lineno, place.function, place.line) == ("FJ004", 5, line, "sample", "total += k")
    assert place.filename == __file__ and place.reason.endswith("(calls print)") and place.cure and place.share == 0.0
    assert len(records.breaks()) == 3 and records.stats()["breaks"] == 3
    assert str(place).startswith(f"FJ004 {__file__}:{line} in sample: total += k -- ")
    records.reset()
    assert records.stats()["breaks"] == 0


def test_the_number_of_places_is_bounded():
    records = Records()
    limit = settings.ROWS["records"].default
    for unit in range(limit + 50):
        records.break_(sample.__code__, unit, "unknown_call")
    assert len(records.breaks()) == limit and records.dropped == 50


def test_lines_of_units_without_one():
    assert line_of(sample.__code__, 10**6) == sample.__code__.co_firstlineno


def test_events_raise_their_counter():
    records = Records()
    records.event("region_compiled", region="sample", milliseconds=2.0)
    records.count("compile_seconds", 0.5)
    stats = records.stats()
    assert stats["regions_compiled"] == 1 and stats["compile_seconds"] == 0.5
    assert [records.region("a"), records.region("b")] == [0, 1]


def test_machine_counters_are_merged(monkeypatch):
    totals = {"iterations": 100, "native_entries": 3, "misses": 2}
    monkeypatch.setitem(__import__("sys").modules, "framejit._machine", SimpleNamespace(counters=lambda: totals))
    records = Records()
    totals = dict(totals, iterations=350)
    monkeypatch.setitem(__import__("sys").modules, "framejit._machine", SimpleNamespace(counters=lambda: totals))
    assert records.stats()["native_iterations"] == 250 and records.stats()["guard_misses"] == 0


def test_log_lines_go_to_standard_error():
    code = """if True:
        import contextlib, io, framejit
        from framejit.report.records import RECORDS
        def f(): pass
        framejit.set_logs(breaks=True, time=True)
        with contextlib.redirect_stderr(io.StringIO()) as seen:
            for _ in range(3): RECORDS.break_(f.__code__, 0, "recursion")
            RECORDS.event("region_compiled", region="f", milliseconds=1.5)
            framejit.set_logs(time=False)
            RECORDS.event("region_compiled", region="f", milliseconds=1.5)
        print(repr(seen.getvalue()))
    """
    process = python("-c", code)
    assert process.stdout == "''\n"
    first, compiled, last = process.stderr.splitlines()
    assert first.startswith("framejit.breaks: FJ010 <string>:4 in f: ") and first.endswith("once so far")
    assert compiled == "framejit.time: f: compiled in 1.5 ms" and last.endswith("3 times in all")


def test_logs_are_silent_until_wanted():
    assert command("-c", "print(1)").stderr == ""
    assert logs.parse("breaks, time,") == ["breaks", "time"]
    with pytest.raises(ValueError):
        logs.parse("breaks,none")


def test_explanation_prints():
    explanation = Explanation("f(int)", breaks=[], guards=["n is an int"], graph="block 0\n  return", llvm="define", asm="ret\nret")
    assert str(explanation).splitlines() == ["f(int)", "  guards:", "    n is an int", "  graph:", "    block 0", "      return",
                                             "  llvm: 1 lines in .llvm", "  asm: 2 lines in .asm"]


def test_bisect_finds_the_smallest():
    for culprit in range(1, 12):
        assert bisect.smallest(lambda limit: limit >= culprit, 11) == culprit
    assert bisect.smallest(lambda limit: True, 7) == 0


def test_settings():
    plain = settings.read({}, {})
    assert plain.variants == 4 and plain.sampler_interval == 10_000 and not plain.eager
    eager = settings.read({"FRAMEJIT_EAGER": "1", "FRAMEJIT_ONLY": "7", "FRAMEJIT_CHECK": "0"}, {"fastmath": True})
    assert eager.eager and eager.samples_before_compile == 1 and eager.only == "7" and not eager.check and eager.fastmath
    assert plain.replaced({"threads": 3}).threads == 3 and "fastmath=True" in repr(eager)


def test_codes_die_beside_looks_and_other_threads():
    """What a thread notes changes the tables that another goes over."""
    import sys
    import threading

    def sampled():
        pass

    records = Records()
    ends, failures, interval = [], [], sys.getswitchinterval()

    def notes():
        number = 0
        while not ends:
            number += 1
            records.sampled(sampled.__code__, number % 5000)
            if number % 5000 == 0:
                records.gone(id(sampled.__code__))

    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=notes) for _ in range(3)]
    try:
        for thread in threads:
            thread.start()
        for _ in range(1000):
            try:
                records.gone(123)
            except RuntimeError as error:
                failures.append(error)
    finally:
        ends.append(True)
        for thread in threads:
            thread.join()
        sys.setswitchinterval(interval)
    assert not failures
