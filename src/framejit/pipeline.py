"""Code and values in, compiled region out: the whole compiler as one screen of named calls."""

import os
import time

from framejit.capture import operators, supers  # noqa: F401 (handlers look for them: nothing is imported while the program runs)
from framejit.capture.ends import Restart, Unsupported
from framejit.capture.keeping import keeps
from framejit.capture.machine import MOST_CALLOUTS, Machine
from framejit.capture.routines import Routines, spare_checks
from framejit.graph.passes.choose import choose
from framejit.graph.passes.narrow import narrow
from framejit.graph.passes.shrink import shrink
from framejit.graph.passes.signs import hide_signs
from framejit.loops import nests
from framejit.runtime import guest
from framejit.tables.settings import THOROUGH, from_environment

CHECKS = bool(from_environment(os.environ).get("check"))
INTERPRETS = CHECKS and os.environ.get("FRAMEJIT_INTERPRET") == "1"     # the graph's interpreter in native code's place


_backend = []


def backend():
    """The modules `lower` and `engine` of the backend; loaded when the first graph is lowered."""
    if not _backend:
        _backend[:] = guest.backend("framejit.backends.llvm.lower", "framejit.backends.llvm.engine")
    return _backend


def lower(graph, layout):
    """(LLVM's text, spills) of a graph."""
    lowering, _ = backend()
    return lowering.lower(graph, layout)


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

    def let_go(self):
        """Once the machine has the region: keeps what reports and exits ask for, and nothing of the program's."""
        if not INTERPRETS:
            self.native.keep = None         # the machine's region has it
            self.spec.let_go()
            self.graph.let_go()
            self.graph.types = {slot: type_ if keeps(type_) else object for slot, type_ in self.graph.types.items()}


def attempts(make_spec, hints, eager):
    """The request, the machine and the graph of the first attempt that has not to begin anew."""
    while True:
        spec = make_spec()
        machine = Machine(spec, hints, eager)
        machine.routines = Routines(machine)
        try:
            return spec, machine, machine.run()
        except Restart:
            continue
        finally:
            machine.forget()


def capture(make_spec, hints, eager=False):
    """The shrunken graph of a region; `make_spec()` gives a fresh request for each attempt."""
    hints.begin()
    try:
        spec, machine, graph = attempts(make_spec, hints, eager)
    finally:
        hints.forget_shapes()
    spare_checks(graph)
    for one in (graph, *graph.routines):
        shrink(one)
        narrow(one)
        choose(one)
        hide_signs(one)
    graph.finish()
    if CHECKS:
        from framejit.graph.verify import verify
        verify(graph, spec.bytecode)
        for nest in graph.nests:
            nests.verify(nest)
    return spec, machine, graph


def translate(make_spec, hints, layout, eager=False, fastmath=False):
    """Graph and LLVM text of a region."""
    start = time.perf_counter()
    spec, machine, graph = capture(make_spec, hints, eager)
    if not worthwhile(graph, machine):
        raise machine.refusal()
    captured = time.perf_counter()
    graph.fastmath = fastmath
    ir, spills = lower(graph, layout)
    compiled = Compiled(spec, graph, machine.breaks, machine.callouts, ir, spills)
    compiled.seconds = {"capture": captured - start, "lower": time.perf_counter() - captured}
    return compiled


def worthwhile(graph, machine):
    """Whether the region can win: it loops, or it computes something without a single call-out; and what call-outs cost
    (tables/specialised.py) doesn't outweigh what runs natively, or may once types are known."""
    hope = machine.hope()
    if not hope and not any(block.header for block in graph.blocks):
        return not machine.callouts and any(block.end.op in ("return", "branch") for block in graph.blocks)
    if len(machine.callouts) > MOST_CALLOUTS:
        return False
    return machine.eager or machine.weight["native"] + hope > machine.weight["callout"]


def compile_region(make_spec, hints, layout, eager=False, level=THOROUGH, fastmath=False):
    """A loaded region: `native` holds the machine code."""
    compiled = translate(make_spec, hints, layout, eager, fastmath)
    start = time.perf_counter()
    _, engine = backend()
    compiled.native = interpreted(compiled, layout) if INTERPRETS else engine.engine().load(compiled.ir, level)
    compiled.seconds["llvm"] = time.perf_counter() - start
    return compiled


def interpreted(compiled, layout):
    """The graph's interpreter, callable like machine code."""
    from framejit.graph.run import native_address
    from framejit.loops import steps  # noqa: F401 (it adds operations)
    _, engine = backend()
    address, keep = native_address(compiled.graph, compiled.spills, layout, engine.engine().load)
    return engine.Loaded(address, keep, compiled.ir, b"")


__all__ = ["Compiled", "capture", "translate", "compile_region", "Unsupported"]
