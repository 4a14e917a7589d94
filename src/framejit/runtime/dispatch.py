"""The policy: functions are compiled at their first call once prepared, loops when the sampler finds them running.

Facts come from `_machine` (slots, samples, exit counts), decisions from the settings table, code from the pipeline.
"""

import gc
import os
import sys
import time
from types import FunctionType

from framejit.capture.entry import MISSING
from framejit.capture.machine import Unsupported
from framejit.report.explanation import Explanation
from framejit.report.records import RECORDS
from framejit.runtime.codes import CALL, OPTIMIZED, Code, Variant, compilable
from framejit.tables import breaks

COMPILATIONS = 16       # of one code object, in all its variants


class Controller:
    """One per process."""

    def __init__(self):
        self.settings = None
        self.codes = {}
        self.depth = 0
        self.problems = []
        self.layout = None
        self.machine = self.load()

    def load(self):
        """The machine, or None with the reason in `problems`."""
        from framejit import _machine as machine
        problems = [] if machine.supported() else ["this build of Python is not supported"]
        problems += machine.self_test()
        if problems:
            self.problems = problems
            RECORDS.break_(None, 0, "self_test_failed", "; ".join(problems))
            return None
        self.layout = machine.layout()
        machine.set_callbacks(on_call=self.on_call, on_sample=self.on_sample, on_error=self.on_error, on_depth=self.on_depth)
        os.register_at_fork(before=self.before_fork, after_in_parent=self.after_fork, after_in_child=self.after_fork)
        return machine

    def on_error(self, error):
        """A failure of our own inside a callback: recorded, and the interpreter goes on."""
        RECORDS.break_(None, 0, "compiler_failure", f"{type(error).__name__}: {error}")

    # ---- switching on and off

    def start(self, settings):
        if self.machine is None or self.settings is not None:
            return
        self.settings = settings
        if settings.eager:
            self.prepare_all()
        self.machine.sampler_start(settings.sampler_interval)

    def stop(self):
        if self.machine is None or self.settings is None:
            return
        self.machine.sampler_stop()
        self.settings = None

    def before_fork(self):
        if self.settings is not None and self.machine is not None:
            self.machine.sampler_stop()

    def after_fork(self):
        if self.settings is not None and self.machine is not None:
            self.machine.sampler_start(self.settings.sampler_interval)

    def push(self, settings):
        self.depth += 1
        if self.depth == 1 and self.settings is None:
            self.start(settings)
            self.pushed = True

    def pop(self):
        self.depth -= 1
        if self.depth == 0 and getattr(self, "pushed", False):
            self.pushed = False
            self.stop()

    # ---- functions

    def code_of(self, code):
        if self.machine is not None:
            code = self.machine.original_code(code)
        known = self.codes.get(id(code))
        if known is None:
            known = self.codes[id(code)] = Code(code)
        return known

    def skip(self, code):
        self.code_of(code).skipped = True
        if self.machine is not None:
            self.machine.ignore(code)

    def prepare(self, function, settings=None):
        """Calls of this function come to `on_call` until a variant fits."""
        if self.machine is None:
            return False
        state = self.code_of(function.__code__)
        reason = "unsupported_opcode" if state.skipped else compilable(state.code)
        if reason is not None:
            if not state.skipped:
                RECORDS.break_(state.code, 0, reason)
            return False
        slot = self.machine.prepare(function)
        if slot is None:
            return False
        state.slot = slot
        if not slot.variants:
            slot.armed = True
        return True

    def prepare_all(self):
        """Every function that exists and isn't ours."""
        for candidate in gc.get_objects():
            if type(candidate) is FunctionType and not foreign(candidate):
                self.prepare(candidate)

    def on_call(self, function, args):
        """A call for whose arguments there is no variant, or whose variant has exits with news."""
        state = self.code_of(function.__code__)
        variants = state.variants.setdefault(CALL, [])
        kept = [variant for variant in variants if not self.taught(state, variant)]
        state.compilations += 1
        if state.compilations > COMPILATIONS or len(kept) >= self.limit("variants"):
            RECORDS.break_(state.code, 0, "too_many_variants")
            return
        made = self.compile(state, CALL, state.function_spec(function, args))
        if made is not None:
            kept.insert(0, made)
            state.slot.armed = True
        variants[:] = kept
        state.slot.variants = [variant.region for variant in kept]

    def taught(self, state, variant):
        """Whether exits of this variant saw types that it wasn't compiled for."""
        if not variant.region.news:
            return False
        variant.region.news = False
        return state.learn(variant)

    def limit(self, name):
        from framejit.tables.settings import ROWS
        return getattr(self.settings, name) if self.settings is not None else ROWS[name].default

    # ---- loops

    def on_sample(self, code, jump, unit, function, locals, stack, globals, module):
        """A frame that the sampler found: a Region to go on in, or None."""
        state = self.code_of(code)
        if state.skipped or foreign_code(code, globals):
            self.machine.ignore(code)
            return None
        if unit < 0:
            return self.sampled_call(state, function)
        seen = state.samples[unit] = state.samples.get(unit, 0) + 1
        if function is not None and state.slot is None and seen == 1 and state.code.co_flags & OPTIMIZED:
            self.prepare(function)
        variants = state.variants.setdefault(unit, [])
        variants[:] = [variant for variant in variants if not self.taught(state, variant)]
        for variant in variants:
            if not self.missed(variant):
                return variant.region
        if seen < self.limit("samples_before_compile") or state.refused.get(unit, 0) >= 3:
            return None
        state.compilations += 1
        if len(variants) >= 2 * self.limit("variants") or state.compilations > COMPILATIONS:
            RECORDS.break_(state.code, jump, "too_many_variants")
            state.refused[unit] = 3
            return None
        absent = self.machine.MISSING
        locals, stack = ([MISSING if value is absent else value for value in values] for values in (locals, stack))
        made = self.compile(state, unit, state.loop_spec(unit, locals, stack, globals, module))
        if made is None:
            return None
        variants.insert(0, made)
        return made.region

    def on_depth(self, code, unit):
        """The value stack's depth at a loop header; -1: not a place to enter."""
        return self.code_of(code).bytecode.depth.get(unit, -1)

    def sampled_call(self, state, function):
        count = state.samples[CALL] = state.samples.get(CALL, 0) + 1
        if function is not None and state.slot is None and state.code.co_flags & OPTIMIZED and count >= self.limit("samples_before_compile"):
            self.prepare(function)
        return None

    def missed(self, variant):
        """Whether a loop's variant did not fit the last time that it was tried."""
        misses = variant.region.misses
        missed, variant.misses = misses > variant.misses, misses
        return missed

    # ---- compiling

    def compile(self, state, entry, make_spec):
        """A Variant, or None with a record."""
        from framejit import pipeline
        start = time.perf_counter()
        try:
            compiled = pipeline.compile_region(make_spec, state.hints_for(entry), self.layout, self.limit("eager"))
        except Unsupported as error:
            state.refused[entry] = state.refused.get(entry, 0) + 1
            name = error.name if error.name in breaks.BY_NAME else "unsupported_opcode"
            RECORDS.break_(state.code, max(error.unit, 0), name, str(error.detail))
            return None
        except Exception as error:
            state.refused[entry] = 99
            RECORDS.break_(state.code, max(entry, 0), "compiler_failure", f"{type(error).__name__}: {error}")
            if self.limit("check"):
                import traceback
                traceback.print_exc()
            return None
        variant = Variant(entry, compiled, self.region(state.code, compiled))
        self.report(state, compiled, time.perf_counter() - start)
        return variant

    def region(self, code, compiled):
        graph, spec = compiled.graph, compiled.spec
        exits = [(spills.words, spills.observed) for spills in compiled.spills]
        cells = [(space, fallback, name, self.machine.MISSING if expected is MISSING else expected)
                 for space, fallback, name, expected in spec.cells]
        most = max([len(spills.nodes) for spills in compiled.spills], default=1) + 1
        return self.machine.Region(
            code, compiled.native.address, unit=graph.unit, depth=graph.depth, framed=graph.framed, spill=most,
            consts=tuple(graph.constants), cells=cells, exits=exits, globals=spec.globals, keep=compiled.native.keep, name=spec.name)

    def report(self, state, compiled, seconds):
        RECORDS.region(compiled.spec.name)
        RECORDS.event("region_compiled", region=compiled.spec.name, milliseconds=seconds * 1e3)
        RECORDS.event("variant_added", region=compiled.spec.name, number=0, types="", reason="")
        RECORDS.count("compile_seconds", seconds)
        for name, unit, line, detail in compiled.breaks:
            RECORDS.break_(state.code, unit, name if name in breaks.BY_NAME else "unsupported_opcode", detail)
        for unit, line, kind in compiled.callouts:
            RECORDS.break_(state.code, unit, "unknown_call", kind)

    def explain(self, function, args):
        """Compile for these arguments without calling anything."""
        from framejit import pipeline
        from framejit.graph.show import show
        if self.machine is None or compilable(function.__code__):
            return None
        state = self.code_of(function.__code__)
        try:
            compiled = pipeline.translate(state.function_spec(function, args), state.hints_for(CALL), self.layout)
        except Unsupported as error:
            place = RECORDS.break_(state.code, max(error.unit, 0), error.name, str(error.detail))
            return Explanation(function.__qualname__, breaks=[place])
        from framejit.backends.llvm.engine import engine
        places = [RECORDS.break_(state.code, unit, name, detail) for name, unit, line, detail in compiled.breaks]
        guards = [f"{name}: {type_.__name__}" for name, type_ in
                  ((function.__code__.co_varnames[slot], type_) for slot, type_ in compiled.graph.types.items())]
        return Explanation(function.__qualname__, breaks=places, guards=guards, graph=show(compiled.graph),
                           llvm=engine().optimised_text(compiled.ir), asm=engine().assembly(compiled.ir))


OURS = ("framejit", "llvmlite", "importlib", "logging", "threading")


def foreign(function):
    """Functions that are never touched: our own (the machine's have no module) and those that run while compiling."""
    return (function.__globals__.get("__name__") or "framejit").split(".")[0] in OURS


def foreign_code(code, globals):
    return (globals.get("__name__") or "").split(".")[0] in OURS


__all__ = ["Controller", "sys"]
