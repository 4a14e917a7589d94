"""Random programs whose inner loops are entered again and again, in functions, generators and modules that aren't compiled as a whole: with looks at
chosen places and without; values, identity, tracebacks with the locals of every frame, the order of effects."""

import os
from contextlib import nullcontext

import pytest

from framejit import _machine as machine
from tests.looks import asked_for
from tests.random.test_with_blocks import HELPERS, VALUES, Generator, outcome, space_for

COUNT = 900 if os.environ.get("FRAMEJIT_NIGHTLY") else 12
LEVELS = ("function", "generator", "module")


class Again(Generator):
    """An outer loop that ends its region in each turn, around loops that don't."""

    def program(self):
        def loop():
            head = self.pick("for d in range(k % 9 + 25):", "for c in [a, b, 2, 2.5] * 7:", "w1 = 0\nwhile w1 < 30:\n    w1 += 1").split("\n")
            return [*head, *self.inner(2, 3)]
        body = [line for _ in range(self.random.randrange(1, 3)) for line in loop()]
        ends = self.pick("class C: pass", "class C: pass", f"yield {self.pick(*'abcd')}" if self.level == "generator" else "class C: w = 1")
        turn = [self.pick("look()", "if k % 3 == 0: look()", "if k < 9: look()"), *body, ends, *self.inner_flat(), *self.pick([], loop())]
        head = self.pick("for k in range(24):", "for k in list(range(20)):", "for k in (x for x in range(18)):")
        lines = ["c = d = a", "k = z = 0", "items = [a, b, 0.5]", head, *["    " + line for line in turn], *self.inner_flat()]
        if self.level == "module":
            return HELPERS + "\n".join(lines) + "\n"
        last = "return [a, b, c, d, *items], k" if self.level == "function" else "yield [a, b, c, d, *items], k"
        return HELPERS + "def f(a, b):\n" + "\n".join("    " + line for line in [*lines, last]) + "\n"


@pytest.fixture
def looking():
    """Looks compile whatever they find, and come where the programs ask for them."""
    with asked_for(variants=6) as found:
        yield found


@pytest.mark.parametrize("level", LEVELS)
def test_loops_entered_again_change_nothing(level, looking):
    first = int(os.environ.get("FRAMEJIT_FIRST_SEED", "0"))
    entered = 0
    for seed in range(first, first + COUNT // 3):
        source = Again(seed, level).program()
        spaces = [space_for(nullcontext, None, None) for _ in range(2)]
        codes = [compile(source, "<program>", "exec") for _ in spaces]
        for a, b in VALUES:
            for _ in range(2):
                values, seen = (eval(a), eval(b)), []
                for code, space, look in zip(codes, spaces, (int, machine.look_here)):
                    space["look"] = look
                    seen.append(outcome(code, level, nullcontext, *values, space))
                assert seen[1] == seen[0], f"seed {seed}, {values}\n{source}"
        state = looking.codes.get(id(spaces[1]["f"].__code__ if level != "module" else codes[1]))
        entered += sum([judged.entrance.entries for judged in state.entrances.values() if judged]) if state else 0
    assert entered > COUNT
