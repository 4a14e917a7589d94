"""Random programs over complex numbers, floats and ints: values to the sign of zero, identity, errors with the locals of every frame."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
COMPUTED = ("{} * {}", "{} + 1j", "{} / {}", "{} - {}", "-{}", "+{}", "{} ** 2", "{} ** 3", "{} ** -1", "2.5 * {}", "{} + 3", "1 / {}", "({} + {}) * 0.5", "2 - {}", "True + {}")
MADE = ("complex({}.real, 2)", "complex({})", "complex({}.imag)", "{}.conjugate()", "0.5j", "1 - 2j", "-0j", "2.5", "3", "complex()")
OTHER = ("abs({})", "{}.real", "{}.imag", "cmath.exp({} / 100)", "cmath.sqrt({})", "cmath.phase({})", "cmath.rect(0.5, {}.real)", "cmath.polar({})[0]", "sum([{}, {}])", "max({}.real, {}.imag)")
KINDS = {
    "complex": (COMPUTED + MADE[:7], ("1 + 2j, 0.5j, 40", "0j, 3 - 1j, 7", "2 - 2j, 1e200 + 1e200j, 25", "-0j, 1 - 0j, 12", "complex('nan'), 1j, 9", "complex('inf'), 1 + 1j, 9")),
    "functions": (COMPUTED + MADE + OTHER, ("1 + 2j, 0.5j, 40", "1.5, 2j, 30", "3, 1 - 1j, 9", "-1.0, -4.0, 12", "1e308 + 1e308j, 5e-324j, 6")),
}


class ComplexGenerator(Generator):
    conditions = ("abs({}) > abs({})", "{} is {}", "k % 2", "{} == {}", "k == 2", "not {}", "{} != {}", "{}.real < {}.imag", "isinstance({}, complex)", "{} == 3")
    raising = ("{} / ({} - 0.5j)", "[{}, {}][k % 3]", "{} < {}", "{} // {}", "abs({}) ** 400 + {}", "{} ** {}", "int({})")

    def __init__(self, seed, kind):
        super().__init__(seed, "floats")
        self.expressions = KINDS[kind][0]

    def program(self):
        return "import cmath\n" + super().program().replace("(ZeroDivisionError, IndexError)", "(ArithmeticError, IndexError, TypeError, ValueError)")


@pytest.mark.parametrize("kind", KINDS)
def test_complex_numbers(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, ComplexGenerator(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
