"""Code and values in, compiled region out: the whole compiler as one screen of named calls."""

import time

from framejit.backends.llvm.engine import engine
from framejit.backends.llvm.lower import lower
from framejit.capture.machine import Machine, Restart, Unsupported
from framejit.graph.passes.narrow import narrow
from framejit.graph.passes.shrink import shrink

LARGEST_GRAPH = 20_000


class Compiled:
    """What the stages made of a region: `graph`, `spec`, `breaks`, `callouts`, `ir`; `native` once it is loaded."""

    __slots__ = ("spec", "graph", "breaks", "callouts", "ir", "spills", "native", "seconds")

    def __init__(self, spec, graph, breaks, callouts, ir, spills):
        self.spec = spec
        self.graph = graph
        self.breaks = breaks
        self.callouts = callouts
        self.ir = ir
        self.spills = spills
        self.native = None
        self.seconds = {}


def capture(make_spec, hints):
    """The shrunken graph of a region; `make_spec()` gives a fresh request for each attempt."""
    hints.begin()
    while True:
        spec = make_spec()
        machine = Machine(spec, hints)
        try:
            graph = machine.run()
        except Restart:
            continue
        break
    shrink(graph)
    narrow(graph)
    graph.finish()
    return spec, machine, graph


def translate(make_spec, hints, layout):
    """Graph and LLVM text of a region."""
    start = time.perf_counter()
    spec, machine, graph = capture(make_spec, hints)
    if not worthwhile(graph, machine):
        name, unit, line, detail = machine.breaks[0] if machine.breaks else ("nothing_to_gain", spec.unit, 0, "")
        raise Unsupported(name, unit, detail)
    captured = time.perf_counter()
    ir, spills = lower(graph, layout)
    compiled = Compiled(spec, graph, machine.breaks, machine.callouts, ir, spills)
    compiled.seconds = {"capture": captured - start, "lower": time.perf_counter() - captured}
    return compiled


def worthwhile(graph, machine):
    """Whether the region does more than leave at once."""
    return any(block.end.op in ("return", "branch") for block in graph.blocks) or any(
        node.op in ("poll", "callout", "store") for node in graph.nodes())


def compile_region(make_spec, hints, layout):
    """A loaded region: `native` holds the machine code."""
    compiled = translate(make_spec, hints, layout)
    start = time.perf_counter()
    compiled.native = engine().load(compiled.ir)
    compiled.seconds["llvm"] = time.perf_counter() - start
    return compiled


__all__ = ["Compiled", "capture", "translate", "compile_region", "Unsupported"]
