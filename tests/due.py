"""What runs on which version, where a test says the same of each: `make nightly` runs all of it on all.

Generated programs have numbers: each number runs on one version of three.  So do, by their names, tests that compare functions with the interpreter,
or with NumPy, those of memory, of graphs and of what is kept on disk, a slice of NumPy's own tests, and what runs benchmarks: of each file some run
on every version; those that go through numbers themselves take a third of them.  Whole programs run plain on each version, eagerly on two, as they
are on two, each in one of these ways at least.  A test that is named on the command line always runs (`pytest --each`: all do).
"""

import os
import sys
import zlib
from collections.abc import Iterable

NIGHTLY = bool(os.environ.get("FRAMEJIT_NIGHTLY"))
VERSIONS = 3


def is_due(number: int) -> bool:
    """Whether the program of this number runs on this version."""
    return NIGHTLY or (number + sys.version_info.minor) % VERSIONS == 0


def due(numbers: Iterable[int]) -> list[int]:
    """Those of the numbers that run on this version."""
    return [number for number in numbers if is_due(number)]


def part(count: int) -> tuple[int, int]:
    """The first of this version's numbers, and how many, where each version has a stretch of them."""
    size = count if NIGHTLY else count // VERSIONS
    return 0 if NIGHTLY else sys.version_info.minor % VERSIONS * size, size


def number_of(name: str) -> int:
    return zlib.crc32(name.encode())
