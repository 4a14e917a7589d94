"""LLVM's work at the two levels of code: passes, features, attributes.

The graph's own passes and its checked versions have done most of what LLVM's standard pipeline is for; these give code of the same
speed in a fifth of its time (docs/performance.md).  Not NewGVN: it takes two phis for one whose operands are the same but for
themselves in different places (`a` and `b` of `if c: a = True` … `else: b = True`).  graph/passes/number.py does its work.
"""

from typing import NamedTuple

from framejit.tables.settings import QUICK, THOROUGH

LARGE = 5000            # lines of a region's text: thorough code of it takes LLVM a second and more, quick code a tenth of that

PASSES = {THOROUGH: ("always_inliner", "simplify_cfg", "instruction_combine", "loop_rotate", "sinking", "simplify_cfg"),
          QUICK: ("always_inliner", "simplify_cfg")}
FEATURES = ",+prefer-no-gather"                     # beside the processor's own
KEEPING = {THOROUGH: '"no_caller_saved_registers" "target-features"="{features},-vzeroupper"',      # what the attributes #0 mean
           QUICK: "nounwind"}                       # quick code would keep the register of a result, too
ARRAYS = "; whole arrays, and no loop of its own\n"      # begins such a region's text: most of quick code's time is in NumPy's functions and in vectors all the same

FIRST, BETTER = 0, 1    # lanes of ext/beside.c: a region's first code, better code in its place
WAYS = ((FIRST, QUICK), (FIRST, THOROUGH), (BETTER, THOROUGH))      # what the worker makes, in its order
LINE = {THOROUGH: 40e-6, QUICK: 12e-6}      # seconds that a line of LLVM's text takes LLVM, about
ELEMENT = 0.5e-9        # seconds that an operation takes NumPy for each element, at least

CODE = {"reloc": "pic", "codemodel": "default"}


class Levels(NamedTuple):
    """At which level a region is compiled now, at which a large one, and at which one of whole arrays."""

    usual: int = THOROUGH
    large: int = THOROUGH
    arrays: int = THOROUGH

    def of(self, text):
        """The level for a region of this text, as far as it is known."""
        if text is None:
            return self.usual
        return self.large if text.count("\n") > LARGE else self.arrays if text.startswith(ARRAYS) else self.usual


def recipe(level):
    """What decides, beside the text and the machine, which code comes out: for comparing what is kept on disk."""
    return f"level {level}: {' '.join(PASSES[level])}; {FEATURES}; {KEEPING[level]}; {CODE}"


__all__ = ["ARRAYS", "BETTER", "CODE", "ELEMENT", "FEATURES", "FIRST", "KEEPING", "LINE", "Levels", "PASSES", "WAYS", "recipe"]
