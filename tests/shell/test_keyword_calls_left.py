"""A function that is called with keywords and leaves: its caller's frame stands at the call itself, not at the names in front of it."""

import pytest

import framejit

SOURCE = """
def inverse(p, q, *, r=0): return 1.0 / (p - q) + r
def run(n, x):
    s = 0
    for i in range(n):
        s = s + inverse(p=x, q=i){}
    return s
"""


@pytest.mark.parametrize("more", ("", " + inverse(x, q=i + 0.5, r=2)", " * inverse(x + 1, q=-1.0)"))
def test_positions(more):
    rows = []
    for jitted in (False, True):
        space = {}
        exec(SOURCE.format(more), space)
        run = framejit.jit(space["run"]) if jitted else space["run"]
        found = []
        for _ in range(5):
            run(30, 40.0)
            with pytest.raises(ZeroDivisionError) as caught:
                run(50, 40.0)
            trace = caught.tb.tb_next
            while trace is not None:
                found.append((trace.tb_frame.f_code.co_name, trace.tb_lineno, trace.tb_lasti, trace.tb_frame.f_lasti))
                trace = trace.tb_next
        rows.append(found)
    assert rows[0] == rows[1]
    assert framejit.stats()["native_entries"] > 0
