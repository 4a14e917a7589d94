"""`sorted(d.keys(), key=len)` in a function that is called natively: the keys' form is known where the routine's is."""

import framejit
from framejit.report.records import RECORDS

SOURCE = """
D = {"a": 1, "bbb": 2, "cc": 3}
def without(text):
    for flag in sorted(D.keys(), key=len, reverse=True) + ["~", "^"]:
        text = text.replace(flag, "")
    return text
def longest(count):
    return sorted({k % 7 for k in range(count)}, key=lambda k: -k)[0]
def by_second(d):
    return sorted(d.items(), key=lambda pair: pair[1])
def f(n):
    found, s = [], 0
    for k in range(n):
        found.append(without("ab~" * (k % 3)))
        s += longest(k % 5 + 1) + by_second(D)[0][1]
    return found, s
"""


def test_same_and_compiled(monkeypatch):
    failures = []
    note = RECORDS.break_
    monkeypatch.setattr(RECORDS, "break_", lambda code, unit, reason, *more: failures.append(more) if reason == "compiler_failure" else note(code, unit, reason, *more))
    spaces = [{}, {}]
    for space in spaces:
        exec(SOURCE, space)
    jitted = framejit.jit(spaces[1]["f"])
    for n in (3, 300, 3000):
        assert jitted(n) == spaces[0]["f"](n)
    assert not failures
