"""What `framejit.explain` answers with."""

from typing import Sequence

from framejit.report.records import Break, Records


class Explanation:
    """How one function was compiled, or what has run so far.

    `breaks` is a list of Break, `guards` and `nests` (expressions over whole arrays) are lists of lines, `graph`, `llvm` and
    `asm` are texts; `notes` are lines that print first.  Everything may be empty: a function that can't be compiled has breaks and nothing else.
    """

    def __init__(self, title: str, breaks: Sequence[Break] = (), guards: Sequence[str] = (), graph: str = "",
                 llvm: str = "", asm: str = "", notes: Sequence[str] = (), nests: Sequence[str] = ()) -> None:
        self.title = title
        self.breaks = list(breaks)
        self.guards = list(guards)
        self.graph = graph
        self.llvm = llvm
        self.asm = asm
        self.notes = list(notes)
        self.nests = list(nests)

    def __str__(self) -> str:
        lines = [self.title]
        lines += [f"  {note}" for note in self.notes]
        lines += section("stays interpreted", [str(place) for place in self.breaks])
        lines += section("arrays", self.nests)
        lines += section("guards", self.guards)
        lines += section("graph", self.graph.splitlines())
        sizes = [f"{name}: {len(text.splitlines())} lines in .{name}" for name, text in (("llvm", self.llvm), ("asm", self.asm)) if text]
        return "\n".join(lines + [f"  {size}" for size in sizes])

    def __repr__(self) -> str:
        return f"<Explanation of {self.title}: {len(self.breaks)} breaks, {len(self.guards)} guards>"


def section(title: str, lines: Sequence[str]) -> list[str]:
    """A titled, indented block, or nothing."""
    return [f"  {title}:", *(f"    {line}" for line in lines)] if lines else []


def of_the_run(records: Records) -> Explanation:
    """What has run so far: the counters and every break."""
    counters = [f"{name} = {value:,.3f}" if isinstance(value, float) else f"{name} = {value:,}" for name, value in records.stats().items()]
    return Explanation("what has run so far", breaks=records.breaks(), notes=[*counters, *records.blocks])
