"""Code and values in, compiled region out: the whole compiler as one screen of named calls."""

import os
import time

from framejit.bytecode import liveness  # noqa: F401 (as below)
from framejit.capture import class_values, deques, enumerations, likely_results, managers, method_objects, operators, partials, supers, twisters  # noqa: F401 (handlers look for them: nothing is imported while the program runs)
from framejit.capture.ends import Restart, Unsupported
from framejit.capture.keeping import keeps
from framejit.capture.machine import MOST_CALLOUTS, Machine
from framejit.capture.routine_lists import drop_unreached, spare_checks
from framejit.capture.routines import Routines
from framejit.capture.surroundings import look_around
from framejit.capture.weighing import weigh
from framejit.graph.loops import loops_compute
from framejit.graph.passes.choose import choose
from framejit.graph.passes.narrow import narrow
from framejit.graph.passes.shrink import shrink
from framejit.graph.passes.signs import hide_signs
from framejit.loops import nests
from framejit.loops.invariants import keep_parts
from framejit.runtime import guest
from framejit.tables.code_levels import ARRAYS, Levels, recipe
from framejit.tables.operations import NESTS
from framejit.tables.settings import QUICK, THOROUGH, CodeOptions, from_environment

CHECKS = bool(from_environment(os.environ).get("check"))
INTERPRETS = CHECKS and os.environ.get("FRAMEJIT_INTERPRET") == "1"     # the graph's interpreter in native code's place

LIBRARY = 0.05      # seconds that loading LLVM takes, about
ENTERED, FRAMED = 12, 30        # instructions that the interpreter makes while it enters native code and comes back; where that has a frame


_backend = []


def backend():
    """The modules `lower`, `engine` and `loading` of the backend; loaded when the first graph is lowered, without LLVM."""
    if not _backend:
        _backend[:] = guest.each("framejit.backends.llvm.lower", "framejit.backends.llvm.engine", "framejit.backends.llvm.loading")
    return _backend


def engine():
    """LLVM, loaded when it is first needed."""
    _, engines, _ = backend()
    if engines.ENGINE is None:
        guest.backend()
    with guest.original_builtins():         # ctypes looks them up
        return engines.engine()


def lower(graph, layout):
    """(LLVM's text, spills) of a graph."""
    lowering, _, _ = backend()
    return lowering.lower(graph, layout)


class Compiled:
    """What the stages made of a region: `graph`, `spec`, `breaks`, `callouts`, `ir`; `native` once it is loaded, with code of `level`,
    which it takes LLVM `price` seconds to make."""

    __slots__ = ("spec", "graph", "breaks", "callouts", "ir", "spills", "native", "level", "price", "seconds")

    def __init__(self, spec, graph, breaks, callouts, ir, spills):
        self.spec = spec
        self.graph = graph
        self.breaks = breaks
        self.callouts = callouts
        self.ir = ir
        self.spills = spills
        self.native = self.level = self.price = None
        self.seconds = {}

    @property
    def name(self):
        return self.spec.name

    @property
    def is_to_come(self):
        """Whether another thread is to make the machine code."""
        return self.native is not None and not self.native.address

    @property
    def types(self):
        """What each local was taken for at entry: slot -> type."""
        return self.graph.types

    @property
    def cells(self):
        """The names that it reads: (namespace, fallback, name, expected or MISSING)."""
        return self.spec.cells

    @property
    def own_exits(self):
        """The region's exits; `exits`: those of the functions that it calls, too."""
        return self.graph.exits

    @property
    def exits(self):
        return list(self.graph.every_exit())

    def let_go(self):
        """Once the machine has the region: keeps what reports and exits ask for, and nothing of the program's."""
        if not INTERPRETS:
            self.native.keep = None         # the machine's region has it
            self.spec.let_go()
            self.graph.let_go()
            self.graph.types = {slot: type_ if keeps(type_) else object for slot, type_ in self.graph.types.items()}


def attempts(make_spec, hints, eager, fastmath):
    """The request, the machine and the graph of the first attempt that has not to begin anew."""
    while True:
        spec = make_spec()
        machine = Machine(spec, hints, eager)
        machine.fastmath = fastmath
        machine.routines = Routines(machine)
        try:
            return spec, machine, machine.run()
        except Restart:
            continue
        finally:
            machine.forget()


def capture(make_spec, hints, eager=False, fastmath=False):
    """The shrunken graph of a region; `make_spec()` gives a fresh request for each attempt."""
    hints.begin()
    hints.look = lambda: look_around(hints, make_spec().values_at_hand())
    try:
        spec, machine, graph = attempts(make_spec, hints, eager, fastmath)
    finally:
        hints.forget_shapes()
    drop_unreached(graph)
    spare_checks(graph)
    once = of_arrays(graph)             # checks that could be proved cost nothing beside what is computed behind them
    for one in (graph, *graph.routines):
        shrink(one)
        if not once:
            narrow(one)
        choose(one)
        hide_signs(one)
    if graph.nests:
        keep_parts(graph)
    weigh(graph, spec.bytecode, spec.extent)
    graph.finish()
    if CHECKS:
        from framejit.graph.verify import verify
        verify(graph, spec.bytecode)
        for nest in graph.nests:
            nests.verify(nest)
    return spec, machine, graph


def translate(make_spec, hints, layout, eager=False, options=CodeOptions()):
    """Graph and LLVM text of a region."""
    start = time.perf_counter()
    spec, machine, graph = capture(make_spec, hints, eager, options.fastmath)
    if not worthwhile(graph, machine):
        raise machine.refusal()
    captured = time.perf_counter()
    graph.fastmath, graph.threads = options
    ir, spills = lower(graph, layout)
    compiled = Compiled(spec, graph, machine.breaks, machine.callouts, ARRAYS + ir if of_arrays(graph) else ir, spills)
    compiled.seconds = {"capture": captured - start, "lower": time.perf_counter() - captured}
    return compiled


def of_arrays(graph):
    """Whether a region computes with whole arrays, and has no loop of its own."""
    return bool(graph.nests) and not any([block.header for one in (graph, *graph.routines) for block in one.blocks])


def computes_arrays(graph):
    """Whether a region computes with whole arrays, and so does each turn of its loops."""
    return bool(graph.nests) and all([loops_compute(one, graph.routines, NESTS) for one in (graph, *graph.routines)])


def worthwhile(graph, machine):
    """Whether the region can win: it loops, or it computes something without a single call-out; and what call-outs cost
    (tables/specialised.py) doesn't outweigh what runs natively, or may once types are known."""
    hope = machine.hope()
    if not hope and not machine.consumes and not any(block.header for block in graph.blocks):
        computes = not machine.callouts and any(block.end.op in ("return", "branch") for block in graph.blocks)
        return computes and (machine.region.until is None or outweighs_entry(graph, machine))
    if len(machine.callouts) > MOST_CALLOUTS:
        return False
    return machine.eager or machine.weight["native"] + hope > machine.weight["callout"]


def outweighs_entry(graph, machine):
    """Whether a function that nobody has asked for, and that has no loop, is worth being entered from the interpreter: what calls it natively copies it."""
    return machine.weight["native"] + sum(graph.called.values()) > (FRAMED if graph.framed else ENTERED)


def compile_region(make_spec, hints, layout, eager=False, levels=Levels(), options=CodeOptions(), kept=None, later=None):
    """A loaded region: `native` holds the machine code, of this level or a better one; or nothing, where `later(compiled, level)` says that the
    worker makes it."""
    compiled = translate(make_spec, hints, layout, eager, options)
    level = levels.of(compiled.ir)
    if INTERPRETS:
        compiled.native, compiled.level, compiled.price = interpreted(compiled, layout), level, 0.0
    elif (kept is None or not load_kept(compiled, level, kept)) and not (later is not None and leave_out(compiled, level, later)):
        load_new(compiled, level, kept)
    return compiled


def leave_out(compiled, level, later):
    """Whether the machine code is to come."""
    if later(compiled, level):
        compiled.native, compiled.level = backend()[2].nothing(compiled.ir), level
    return compiled.native is not None


def load_kept(compiled, level, kept):
    """Whether another process has left the machine code, which is loaded then."""
    start = time.perf_counter()
    _, engines, loading = backend()
    for better in [one for one in (THOROUGH, QUICK) if one >= level]:
        found = kept.find(compiled.name, compiled.ir, recipe(better))
        if found is None:
            continue
        try:
            compiled.native = loading.load(compiled.ir, found[0])
        except ValueError as problem:
            kept.refuse(compiled.name, str(problem))
            continue
        compiled.level, compiled.price = better, found[1] + (LIBRARY if engines.ENGINE is None else 0.0)
        compiled.seconds["kept"] = time.perf_counter() - start
        return True
    kept.missing(compiled.name)
    return False


def load_new(compiled, level, kept):
    """The machine code that LLVM makes; others find it."""
    llvm, start = engine(), time.perf_counter()
    compiled.native = llvm.load(compiled.ir, level)
    compiled.level = level
    compiled.price = compiled.seconds["llvm"] = time.perf_counter() - start
    leave(compiled, level, kept)


def leave(compiled, level, kept):
    """Other processes find this code, if they can load it without LLVM."""
    if kept is not None and compiled.native.plain:
        kept.keep(compiled.name, compiled.ir, recipe(level), compiled.native.object, compiled.price)


def linked(compiled, code, level, kept):
    """Code that the worker has made, loaded and left for others."""
    compiled.native = engine().link(compiled.ir, code)
    leave(compiled, level, kept)
    return compiled.native


def interpreted(compiled, layout):
    """The graph's interpreter, callable like machine code."""
    from framejit.graph.run import native_address
    from framejit.loops import steps  # noqa: F401 (it adds operations)
    _, _, loading = backend()
    address, keep = native_address(compiled.graph, compiled.spills, layout, engine().load)
    return loading.Loaded(address, keep, compiled.ir, b"")


__all__ = ["Compiled", "capture", "translate", "compile_region", "Unsupported"]
