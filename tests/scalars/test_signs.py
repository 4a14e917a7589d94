"""What arithmetic makes of one NaN: its sign is turned by a minus and by nothing else, and it no longer signals, in loops and in groups of iterations."""

import math
import struct

import numpy as np
import pytest

import framejit

FORMS = """-x; -0.0 - x; 0.0 - x; x * -1.0; -1.0 * x; x / -1.0; y - (-x); -x - y; -x * -y; -(x * y); -(x - y); -(x + y); -(x / y); abs(x) * abs(x); abs(x * y);
abs(-x); -abs(x); x * (1.0 if y > 2.0 else -1.0); x * (1.0 if y < 2.0 else -1.0); (-x) * y; x - y; y - x; +x; -(-x); abs(x) - y; y - abs(x);
math.fabs(x) * -1.0; math.copysign(x, -1.0) * y; -x + y; y + -x; (x - 1.0) * -1.0; -x * 2.0; -(x * -2.0); 2.0 * -x; x * -2.0; -x / 2.0; x + -0.0; -0.0 + x;
x - -0.0; x * 1.0; 1.0 * x; x * 1; x / 1.0; x / 1; x - 0.0; x - 0; x + 0.0; x + 0; 0.0 - x * 1.0; (x if y > 2.0 else y) * 1.0"""
SOURCE = """
def form(x, y, n):
    sign = -1.0
    for k in range(n):
        r = {0}
        t = r * sign
        sign = -sign
    return r, t

def over(a, y, out):
    for k in range(len(a)):
        x = a[k]
        out[k] = {0}
"""
NANS = (0x7FF8000000000000, 0xFFF8000000000000, 0x7FF8000000000123, 0x7FF0000000000123, 0xFFF0000000000123)
VALUES = [struct.unpack("<d", struct.pack("<Q", bits))[0] for bits in NANS]
VALUES += [1.5, -0.0, 0.0, math.inf]


def results(function, over):
    """The bits of everything."""
    for x in VALUES:
        yield [struct.pack("<d", value) for n in (1, 2, 30) for value in function(x, 3.0, n)]
        for kind in (np.float64, np.float32):
            for size in (3, 40):
                out = np.zeros(size, kind)
                with np.errstate(all="ignore"):
                    over(np.full(size, x, kind), kind(3.0), out)
                yield out.tobytes()


@pytest.mark.parametrize("form", [form.strip() for form in FORMS.split(";")])
def test_the_sign_of_a_nan(form):
    space = {"math": math}
    exec(SOURCE.format(form), space)
    wanted = list(results(space["form"], space["over"]))
    before = framejit.stats()["native_iterations"]
    assert list(results(framejit.jit(space["form"]), framejit.jit(space["over"]))) == wanted
    assert framejit.stats()["native_iterations"] - before > 300
