"""Attempts at compiling: what is tried, what is refused before, and what goes on record."""

import sys
import time

from framejit.report.explanation import Explanation
from framejit.report.records import RECORDS
from framejit.runtime import guest, review, screen
from framejit.runtime.codes import CALL, REFUSALS, Variant, compilable
from framejit.tables import breaks

LEARNING = 0.25         # seconds of compiling one code object, after which it has to have won something
MEMORY = 256 << 20      # bytes that have to be free for compiling: LLVM ends the process where it gets none


class Compilation:
    """The controller's part that compiles one entry of one code object."""

    def compiling(self):
        """The compiler's front; imported now if it wasn't."""
        if self.compiler is None:
            self.compiler = guest.imports("framejit.capture.functions", "framejit.runtime.compiling")
        return self.compiler

    def compile(self, state, entry, request, values, globals):
        """A Variant, or None with a record.  `request(compiler)` gives what the pipeline asks for, from `values`."""
        if not self.allowed(state, entry):
            state.refused[entry] = REFUSALS
            return None
        if not self.machine.memory_available(MEMORY):
            RECORDS.break_(state.code, max(entry, 0), "compiler_failure", "no memory to compile in")
            return None
        if not self.eager(state) and self.screened(state, entry, values, globals):
            return None
        start = time.perf_counter()
        try:
            return self.compiled_variant(state, entry, request, values, start)
        finally:
            state.spent += time.perf_counter() - start

    def compiled_variant(self, state, entry, request, values, start):
        """The same, once it is clear that the attempt is to be made."""
        try:
            compiler = self.compiling()
        except ImportError as error:
            state.refused[entry] = REFUSALS
            RECORDS.break_(None, 0, "compiler_failure", f"import: {error}")
            return None
        level = self.tiers.level(entry, self.limit("code_level", state), self.limit("quick_first", state))
        try:
            with guest.quietly():
                compiled = compiler.compiled_region(state, entry, request(compiler), self.allows, self.layout, self.eager(state), level,
                                                    self.code_options(state), self.kept)
                variant = Variant(entry, compiled, compiler.machine_region(self.machine, state.code, compiled, self.eager(state)))
                self.machine.free_code()
                if compiled.level < self.limit("code_level", state):
                    self.tiers.add(variant)
        except compiler.Unsupported as error:
            self.refuse(state, entry, error, review.foreign_dtypes(values))
            forget_frames(error)
            return None
        except guest.NotNow as error:
            forget_frames(error)
            return None
        except ImportError as error:
            state.refused[entry] = REFUSALS
            RECORDS.break_(None, 0, "compiler_failure", f"import: {error}")
            forget_frames(error)
            return None
        except Exception as error:
            state.refused[entry] = REFUSALS
            RECORDS.break_(state.code, max(entry, 0), "compiler_failure", f"{type(error).__name__}: {error}")
            if self.limit("check"):
                import traceback
                traceback.print_exc(file=sys.__stderr__)
            forget_frames(error)
            return None
        self.compiled[state.key] = state
        variant.dtypes = review.foreign_dtypes(values)
        self.report(state, variant, time.perf_counter() - start)
        compiled.let_go()
        return variant

    def allowed(self, state, entry):
        """Whether this place is to be compiled: `bisect` leaves some out."""
        path = self.limit("only")
        if path and self.only is None:
            with open(path, encoding="utf-8") as file:
                self.only = frozenset(file.read().split("\n"))
        return not path or review.place_of(state.code, entry) in self.only

    def allows(self, code):
        """Whether native code may call functions with this code natively."""
        known = self.known(code)
        return known is None or not known.skipped

    def screened(self, state, entry, values, globals):
        """Whether certain call-outs alone say that this entry is not worth capturing; then it has been put on record."""
        found = screen.certain_callouts(state, entry, self.look, values, globals)
        if found or screen.computes_nothing(state, entry, values):
            self.refuse(state, entry, screen.Refusal(found), review.foreign_dtypes(values))
            return True
        return entry == CALL and screen.loops_refused(state)

    def look(self, code):
        """What is known of a code object, and its specialised bytecode."""
        return self.code_of(code), self.machine.specialised_texts(self.machine.original_code(code))

    def affordable(self, state, entry):
        """Whether this entry wasn't compiled yet, or the code has been found running for as long as it has been compiled: ten times as
        long, where much has been spent and little won."""
        if entry not in state.hints or state.settings is not None or self.eager(state):
            return True
        share = 1.0 if state.spent <= LEARNING or state.won() >= state.spent else 0.1
        return state.spent <= share * state.ran

    def eager(self, state):
        """Whether to compile what may not pay."""
        return self.limit("eager", state) or self.limit("fullgraph", state)

    def taught(self, state, variant):
        """Whether exits of this variant saw types that it wasn't compiled for."""
        if not variant.region.news:
            return False
        variant.region.news = False
        news = self.compiler.learn(state, variant)
        if news:
            review.count_exits_of(state, variant)
        return news

    # ---- on record

    def refuse(self, state, entry, error, dtypes):
        """Puts on record what the pipeline refused."""
        state.refused[entry] = state.refused.get(entry, 0) + 1
        for unit, _, kind in self.hot(state, getattr(error, "callouts", ())):
            RECORDS.break_(state.code, unit, breaks.named("unknown_call", str(kind), dtypes), kind)
        if error.name != "nothing_to_gain":
            RECORDS.break_(state.code, max(error.unit, 0), breaks.named(error.name, str(error.detail), dtypes), str(error.detail))

    def hot(self, state, callouts):
        """The call-outs that stand in a loop; all of them where there is none."""
        loops, landings = state.bytecode.loops.values(), state.bytecode.at

        def looping(at):
            landing = max(unit for unit in landings if unit <= at)     # 3.11: PRECALL stands before the CALL
            return any(landing in units for units in loops)

        return [callout for callout in callouts if not loops or looping(callout[0])]

    def report(self, state, variant, seconds):
        compiled = variant.compiled
        name = compiled.spec.name
        RECORDS.region(review.place_of(state.code, variant.entry))
        RECORDS.event("region_compiled", region=name, milliseconds=seconds * 1e3)
        for stage, spent in compiled.seconds.items():
            RECORDS.event("stage_done", region=name, stage=stage, milliseconds=spent * 1e3)
        number = len(state.variants.get(variant.entry, ())) + 1
        reason = "first" if number == 1 else "other types, or an exit taught some"
        RECORDS.event("variant_added", region=name, number=number, types=review.types_of(variant), reason=reason)
        RECORDS.count("compile_seconds", seconds)
        review.write_texts(self.compiler, state, variant)
        for name, unit, _, detail in compiled.breaks:
            RECORDS.break_(state.code, unit, breaks.named(name, str(detail), variant.dtypes), detail)
        for unit, _, kind in self.hot(state, compiled.callouts):
            RECORDS.break_(state.code, unit, breaks.named("unknown_call", str(kind), variant.dtypes), kind)

    def explain(self, function, args):
        """Compile for these arguments without calling anything."""
        if self.machine is None or compilable(function.__code__):
            return None
        state = self.code_of(function.__code__)
        compiler = self.compiling()
        try:
            compiled = compiler.translated(state, compiler.function_spec(state, function, args), self.allows, self.layout, self.code_options(state))
        except compiler.Unsupported as error:
            name = breaks.named(error.name, str(error.detail), review.foreign_dtypes(args))
            self.refuse(state, CALL, error, review.foreign_dtypes(args))
            places = [place for place in RECORDS.breaks() if place.code_object is state.code] if error.name == "nothing_to_gain" else [RECORDS.break_(state.code, max(error.unit, 0), name, str(error.detail))]
            return Explanation(function.__qualname__, breaks=places, notes=["not compiled: nothing would be gained"] if not places else [])
        dtypes = review.foreign_dtypes(args)
        found = [*compiled.breaks, *(("unknown_call", unit, line, kind) for unit, line, kind in compiled.callouts)]
        places = [RECORDS.break_(state.code, unit, breaks.named(name, str(detail), dtypes), str(detail)) for name, unit, _, detail in found]
        return Explanation(function.__qualname__, breaks=places, guards=compiler.guards(state.code, compiled),
                           **compiler.texts(compiled, ("graph", "llvm", "asm")))


def forget_frames(error):
    """A frame of ours that keeps its own exception would keep the program's objects alive until a collection."""
    error.__traceback__ = error.__context__ = error.__cause__ = None
