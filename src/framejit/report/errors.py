"""The only exception that framejit raises by itself, and only where `fullgraph=True` asked for it."""

from typing import Sequence

from framejit.report.records import Break


class GraphBreakError(RuntimeError):
    """A function under `jit(fullgraph=True)` can't be compiled as a whole; `.breaks` says where and why."""

    def __init__(self, breaks: Sequence[Break]) -> None:
        self.breaks = list(breaks)
        super().__init__("\n".join(["not compiled as a whole:", *map(str, self.breaks)]))


GraphBreakError.__module__ = "framejit"
