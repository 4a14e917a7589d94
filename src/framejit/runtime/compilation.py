"""Attempts at compiling: what is tried, what is refused before, and what goes on record."""

import sys
import time

from framejit.report.explanation import Explanation
from framejit.report.records import RECORDS
from framejit.runtime import guest, review, screen
from framejit.runtime.codes import CALL, REFUSALS, Variant, compilable
from framejit.tables import breaks

LEARNING = 0.08         # seconds of compiling one code object, after which it has to have won something
WORTH = 2               # times what it has cost a code has to have won to be compiled as if it had cost nothing
REFUSED = 0.04          # of the time that a code has run for, what attempts at it may have taken when an entry is tried again that was refused
WINNING = 100           # iterations per entry that are much
ATTEMPT = 0.1           # seconds that capturing may take of code that was just found
MEMORY = 256 << 20      # bytes that have to be free for compiling: LLVM ends the process where it gets none


class Compilation:
    """The controller's part that compiles one entry of one code object."""

    def compiling(self):
        """The compiler's front; imported now if it wasn't."""
        if self.compiler is None:
            self.compiler = guest.imports("framejit.capture.functions", "framejit.runtime.compiling")
        return self.compiler

    def compile(self, state, entry, request, values, globals, stack=(), body=False):
        """A Variant, or None with a record.  `request(compiler)` gives what the pipeline asks for, from `values` and `stack`; `body`: of a block."""
        if not self.allowed(state, entry):
            state.refused[entry] = REFUSALS
            return None
        if not self.machine.memory_available(MEMORY):
            RECORDS.break_(state.code, max(entry, 0), "compiler_failure", "no memory to compile in")
            return None
        start, worked, imported, dtypes = time.perf_counter(), time.thread_time(), guest.SPENT[0], review.foreign_dtypes(values)
        try:
            made = self.made(state, entry, request, values, globals, stack, body)
            if made is not None:
                made.dtypes = dtypes
                self.report(state, made, time.perf_counter() - start)
                made.compiled.let_go()
            return made
        except Exception as error:
            self.failed(state, entry, error, dtypes)
            return None
        finally:
            spent = time.thread_time() - worked - (guest.SPENT[0] - imported)
            state.spent, state.price = state.spent + spent, spent
            self.budget.spent += spent
            if not self.limit("fullgraph", state):          # which raises an exception of the program's
                self.machine.guest_lasts()

    def made(self, state, entry, request, values, globals, stack, body):
        """A Variant that another process has left, or a new one; None: it isn't worth one.  Raises what the compiler raises."""
        levels = self.tiers.levels(entry, self.limit("code_level", state), self.limit("quick_first", state), state.brief)
        image = None if self.kept.why else self.image_for(state, entry, (*values, *stack), globals, body)
        left = image and self.left_variant(state, entry, image, levels)
        if left is not None:
            return left
        eager = self.eager(state)
        if not eager and self.screened(state, entry, values, globals):
            return None
        compiler, begun = self.compiling(), time.thread_time()
        with guest.quietly():
            try:
                compiled = compiler.compiled_region(state, entry, request(compiler), self.allows, self.until(state, entry), self.layout, eager, levels, self.code_options(state), self.kept,
                                                    self.later(state, entry, values, compiler))
            except compiler.Unsupported as error:
                if image is not None:
                    compiler.leave_refusal(state, entry, error, image, self.kept)
                raise
            except compiler.NotYet:
                if image is not None:
                    compiler.leave_slow(state, entry, time.thread_time() - begun, image, self.kept)
                raise
            parts = compiler.parts_of(self.machine, compiled, eager)
            if image is not None:
                compiler.leave(state, entry, compiled, parts, image, self.kept)
            return self.loaded(state, Variant(entry, compiled, compiler.machine_region(state.code, globals, parts, compiled.native)))

    def image_for(self, state, entry, values, globals, body):
        """What another process may have left of this, or another one may find; None: neither."""
        if self.images is None:
            self.images = guest.imports("framejit.runtime.images")
        settings = self.settings_of(state)
        if not self.images.usable(settings, globals):
            return None
        what = "call" if entry == CALL else "body" if body else "loop"
        key = self.images.key_of(self.kept, state, what, entry, values, globals, settings)
        return key and self.images.Image(key, values, globals)

    def left_variant(self, state, entry, image, levels):
        """A Variant of what another process has left, once for each key; or None."""
        if image.key in state.images or not self.kept.warm():
            return None
        with guest.quietly():
            found = self.images.opened(image, state, self.kept, self.allows, levels)
            state.images.add(image.key)
            if found is None:
                return None
            remains, parts, state.hints[entry] = found
            return self.loaded(state, Variant(entry, remains, self.images.machine_region(state.code, image.globals, parts, remains.native)))

    def loaded(self, state, variant):
        """A variant whose code is in memory."""
        self.machine.free_code()
        if variant.compiled.is_to_come:
            self.first_code.add(state, variant, self.compiling)
        elif variant.compiled.level < self.limit("code_level", state):
            self.tiers.add(variant, self.compiling)
        self.compiled[state.key] = state
        self.idle = 0
        return variant

    def failed(self, state, entry, error, dtypes):
        """Puts on record why there is no region; some reasons go away."""
        if self.images is not None and isinstance(error, self.images.Refused) or self.compiler is not None and isinstance(error, self.compiler.Unsupported):
            self.refuse(state, entry, error, dtypes)
        elif self.images is not None and isinstance(error, self.images.Slow):
            state.spent += error.seconds
            state.hints.setdefault(entry, self.images.Hints())
            state.compilations -= 1
        elif self.compiler is not None and isinstance(error, self.compiler.NotYet):
            state.compilations -= 1
        elif not isinstance(error, guest.NotNow):
            state.refused[entry] = REFUSALS
            importing = isinstance(error, ImportError)
            RECORDS.break_(None if importing else state.code, 0 if importing else max(entry, 0), "compiler_failure",
                           f"import: {error}" if importing else f"{type(error).__name__}: {error}")
            if self.limit("check") and not importing:
                import traceback
                traceback.print_exc(file=sys.__stderr__)
        forget_frames(error)

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
        if entry == CALL and screen.loops_refused(state):
            state.refused[CALL] = state.refused.get(CALL, 0) + 1
            return True
        return False

    def look(self, code):
        """What is known of a code object, and its specialised bytecode."""
        return self.code_of(code), self.machine.specialised_texts(self.machine.original_code(code))

    def affordable(self, state, entry):
        """Whether the process can afford it, or the code has won twice what it has cost so far, where nobody has asked for it by a block, and this
        entry wasn't compiled yet, or the code has been found running for as long as it has been compiled: ten times as long, where much has
        been spent and little won, or the code as a whole was refused before; 25 times, where this entry was."""
        if state.settings is not None or self.eager(state):
            return True
        wins = 0.0 < WORTH * state.spent <= state.won()
        if not wins and not self.has_means(state):
            return False
        refused = entry in state.refused or CALL in state.refused
        if entry not in state.hints and not refused:
            return True
        share = 1.0 if wins or state.spent <= LEARNING and not refused else REFUSED if entry in state.refused else 0.1
        return state.spent <= share * state.ran

    def has_means(self, state):
        """Whether the process can afford to compile this, where it has won nothing yet."""
        begun = state.wanted is not None or any([variant.region.news for variant in state.known_variants()])
        return self.enabled is None or self.budget.allows(state.ran, len(state.code.co_code) // 2, state.spent, state.price, begun,
                                                           unfinished=bool(state.hints) and not state.compilations and not state.refused)

    def until(self, state, entry=CALL):
        """The thread's time until which an attempt may take that nobody has asked for: capturing isn't to take longer than the code has run for."""
        return None if state.settings is not None or self.within is not None or self.eager(state) or state.in_block(entry) else time.thread_time() + ATTEMPT + state.ran

    def later(self, state, entry, values, compiler):
        """What says whether a region's code may come later, or None."""
        wanted = self.limit("plain_first", state) and not self.limit("check", state) and not self.eager(state) and self.within is None
        return self.first_code.chooser(state, entry, values, compiler) if wanted else None

    def eager(self, state):
        """Whether to compile what may not pay."""
        return self.limit("eager", state) or self.limit("fullgraph", state)

    def taught(self, state, variant):
        """Whether exits of this variant saw types that it wasn't compiled for."""
        if not variant.region.news:
            return False
        variant.region.news = False
        news = self.compiling().learn(state, variant)
        if news:
            review.count_exits_of(state, variant)
            state.let_go(variant)
        return news

    def postpone(self, state):
        """Regions with news that win much before they leave are entered until there are means to compile them again; whether there are any."""
        found = [variant for variant in state.known_variants() if variant.region.news and not variant.region.dead and variant.region.iterations >= WINNING * variant.region.entries]
        for variant in found:
            variant.region.news, variant.postponed = False, True
        return bool(found)

    def call_in(self, state):
        """What was postponed is compiled again at its next entry, if there are means now."""
        for variant in state.known_variants():
            if variant.postponed and self.affordable(state, variant.entry):
                variant.region.news, variant.postponed = True, False
                if variant.entry == CALL and state.slot is not None:
                    state.slot.armed = True

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
        if not callouts:
            return ()           # and nothing is decoded
        bytecode = state.bytecode
        loops = bytecode.loops.values()
        return [callout for callout in callouts if not loops or any([review.landing(bytecode, callout[0]) in units for units in loops])]

    def report(self, state, variant, seconds):
        compiled = variant.compiled
        name = compiled.name
        RECORDS.region(review.place_of(state.code, variant.entry))
        RECORDS.event("region_compiled", region=name, milliseconds=seconds * 1e3)
        for stage, spent in compiled.seconds.items():
            RECORDS.event("stage_done", region=name, stage=stage, milliseconds=spent * 1e3)
        number = len(state.variants.get(variant.entry, ())) + 1
        reason = "first" if number == 1 else "other types, or an exit taught some"
        RECORDS.event("variant_added", region=name, number=number, types=review.types_of(variant), reason=reason)
        RECORDS.count("compile_seconds", seconds)
        review.write_texts(self.compiling, state, variant)
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
        return Explanation(function.__qualname__, breaks=places, guards=compiler.guards(state.code, compiled), nests=compiler.nests_of(compiled),
                           **compiler.texts(compiled, ("graph", "llvm", "asm")))


def forget_frames(error):
    """A frame of ours that keeps its own exception would keep the program's objects alive until a collection."""
    error.__traceback__ = error.__context__ = error.__cause__ = None
