"""Random programs of functions that call each other, check what they are given, raise, and handle: values, identity, tracebacks with the locals of every frame."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
ERRORS = ("ValueError({})", "KeyError({}, {})", "ZeroDivisionError(f'{{{}}} of {{{}}}')", "IndexError", "LookupError(str({})) from None")
HANDLED = ("ValueError", "LookupError", "(ZeroDivisionError, ValueError)", "Exception as error")


class RaisingGenerator(Generator):
    """The same functions, in some of which a way ends in `raise` or `assert`, or a part of which has a handler."""

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        if self.number is not None and self.random.random() < 0.4:
            lines += self.check(indent)
        if self.number is not None and depth < 2 and self.random.random() < 0.2:
            lines = [f"{indent}try:", *["    " + line for line in lines], f"{indent}except {self.pick(*HANDLED)}:", f"{indent}    {self.pick(*'abcd')} = {self.pick(*'abcd')}"]
            if self.random.random() < 0.3:
                lines += [f"{indent}finally:", f"{indent}    d = {self.expression(False)}"]
        return lines

    def check(self, indent):
        condition = self.pick("{} > {}", "{} is {}", "{} == {}", "k == 1 and {} < {}", "{} > 1000 * {}").format(self.pick(*"abcd"), self.pick(*"abcd"))
        error = self.pick(*ERRORS).format(self.pick(*"abcd"), self.pick(*"abcd"))
        if self.random.random() < 0.25:
            return [f"{indent}assert not ({condition}), {self.pick(*'abcd')}"]
        more = [f"{indent}    {self.pick(*'abcd')} = {self.expression(False)}"] if self.random.random() < 0.4 else []
        return [f"{indent}if {condition}:", *more, f"{indent}    raise {error}"]

    def program(self):
        return super().program().replace("except (ZeroDivisionError, IndexError):", "except (ZeroDivisionError, LookupError, ValueError):")


@pytest.mark.parametrize("kind", KINDS)
def test_who_raises(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, RaisingGenerator(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 2 * COUNT
