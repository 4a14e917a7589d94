"""The policy: functions are compiled at their first call once prepared, loops when the sampler finds them running.

Facts come from `_machine` (slots, samples, exit counts), decisions from the settings table, code from
`runtime.compiling`, which is imported when the first region is compiled and not before.
"""

import atexit
import os
import sys
import time
from types import FunctionType

from framejit.report.errors import GraphBreakError
from framejit.report.explanation import Explanation
from framejit.report.records import RECORDS
from framejit.runtime import review, screen
from framejit.runtime.codes import CALL, OPTIMIZED, REFUSALS, Code, Variant, compilable
from framejit.runtime.looking import loop_to_enter
from framejit.runtime.surroundings import absent, aside, unobserved
from framejit.runtime.tiers import Tiers
from framejit.tables import breaks, settings as rows
from framejit.tables.classes import name_in

MEMORY = 256 << 20      # bytes that have to be free for compiling: LLVM ends the process where it gets none
COMPILATIONS = 16       # of one code object, in all its variants
GONE = 64               # codes that are gone, after which the records hear of them
NOTHING_HERE = -1
VAIN, SLOWER = 20, 5    # after so many looks in vain they come so many times less often
RESTS = 15              # looks that are only counted where nothing is left to compile, while nothing has been compiled
APART = 0.2             # of the time between two looks has to be between two that count
CALLS = ("unknown_call", "attribute", "other_arithmetic", "object_array", "foreign_dtype", "given_back")     # what call-outs are put on record as


class Controller:
    """One per process."""

    def __init__(self):
        self.settings = None
        self.defaults = rows.read(os.environ, {})
        self.codes = {}          # id of a code object -> Code; gone with it
        self.gone = []           # ids of those that the records don't know of yet
        self.compiled = {}       # id -> those of them that have had a region
        self.depth = 0
        self.pushed = False
        self.problems = []
        self.layout = None
        self.compiler = None
        self.checker = None
        self.vain, self.slow = 0, False     # looks in a row that found nothing to compile; whether they come less often
        self.foreseen = False   # whether LLVM's library is being loaded, or is
        self.only = None        # the places that may be compiled, if not all may
        self.machine = self.load()
        self.tiers = Tiers(self.machine, lambda: self.limit("sampler_interval") / 1e6)
        RECORDS.refresh = self.refresh

    def load(self):
        """The machine, or None with the reason in `problems`."""
        reason = absent()
        if reason is not None:
            self.problems = [breaks.BY_NAME[reason].sentence]
            RECORDS.break_(None, 0, reason)
            return None
        from framejit import _machine as machine
        problems = [] if machine.supported() else ["this build of Python is not supported"]
        problems += machine.self_test()
        if problems:
            self.problems = problems
            RECORDS.break_(None, 0, "self_test_failed", "; ".join(problems))
            return None
        self.layout = machine.layout()
        self.connect(machine)
        self.behind_fork = self.after_fork
        os.register_at_fork(before=self.before_fork, after_in_parent=self.behind_fork, after_in_child=self.behind_fork)
        atexit.register(unobserved(), self.end)
        return machine

    def connect(self, machine=None):
        """The machine calls this controller from now on."""
        machine = machine or self.machine
        machine.set_callbacks(on_call=self.on_call, on_sample=self.on_sample, on_error=self.on_error, on_depth=self.on_depth,
                              on_compiled=self.on_compiled)

    def refresh(self):
        """Brings the records up to date."""
        review.count_exits(self.codes.values())
        self.look_around()

    def look_around(self):
        """Puts on record what keeps the interpreter running everything, once each."""
        for reason in aside(self.machine) if self.machine is not None else ():
            if RECORDS.place(None, 0, reason) is None:
                RECORDS.break_(None, 0, reason)

    def on_compiled(self):
        """The worker has made thorough code of a region."""
        from framejit.runtime import guest
        with guest.quietly():
            self.tiers.taken(self.compiler)

    def on_error(self, error):
        """A failure of our own inside a callback: recorded, and the interpreter goes on."""
        RECORDS.break_(None, 0, "compiler_failure", f"{type(error).__name__}: {error}")

    # ---- switching on and off

    def start(self, settings):
        if self.machine is None or self.settings is not None:
            return
        self.settings = settings
        self.look_around()
        if settings.eager:
            self.prepare_all()
        self.machine.first_looks(settings.samples_before_compile <= 1)
        self.machine.sampler_start(settings.sampler_interval)

    def stop(self):
        if self.machine is None or self.settings is None:
            return
        self.machine.sampler_stop()
        self.settings = None

    def end(self):
        """The process ends: nothing of the program is held any longer, so that its objects end as they do without us."""
        self.stop()
        self.tiers.end()
        RECORDS.refresh()
        for state in list(self.codes.values()):
            slot = state.slot
            self.release(state)
            if slot is not None:
                slot.armed, slot.variants = False, ()
            state.forget()

    def before_fork(self):
        if self.settings is not None and self.machine is not None:
            self.machine.sampler_stop()
        self.machine.worker_wait()
        self.machine.hook_last(self.behind_fork)

    def after_fork(self):
        if self.settings is not None and self.machine is not None:
            self.machine.sampler_start_soon(self.settings.sampler_interval)

    def push(self, settings):
        self.depth += 1
        if self.depth == 1 and self.settings is None:
            self.start(settings)
            self.pushed = True

    def pop(self):
        self.depth -= 1
        if self.depth == 0 and self.pushed:
            self.pushed = False
            self.stop()

    def limit(self, name, state=None):
        """A setting: the function's own, else what `enable` was given, else the environment's."""
        own = state.settings if state is not None and state.settings is not None else None
        return getattr(own or self.settings or self.defaults, name)

    # ---- functions

    def code_of(self, code):
        if self.machine is not None:
            code = self.machine.original_code(code)
        known = self.known(code)
        if known is None:
            if len(self.gone) >= GONE:
                review.forget_the_dead(self)
            ending = [self.machine.Ending(code, (self.codes, self.compiled), self.gone)] if self.machine is not None else []
            known = self.codes[id(code)] = Code(code, *ending)
        return known

    def known(self, code):
        """What is known of a code object, or None.  Others have had its id."""
        found = self.codes.get(id(code))
        return found if found is not None and found.code is code else None

    def skip(self, code):
        state = self.code_of(code)
        state.skipped = True
        RECORDS.break_(state.code, 0, "skipped")
        if self.machine is not None:
            self.machine.ignore(code)

    def prepare(self, function, settings=None, seen=True):
        """Calls of this function come to `on_call` until a variant fits.  One that can't be compiled has a record once
        it has been seen running."""
        if self.machine is None:
            return False
        state = self.code_of(function.__code__)
        reason = "skipped" if state.skipped else compilable(state.code)
        if reason is not None and not seen:
            return False
        if reason is not None:
            place = RECORDS.break_(state.code, 0, reason)
            if settings is not None and settings.fullgraph:
                raise GraphBreakError([place])
            return False
        if settings is not None:
            state.settings = settings
            self.look_around()
        slot = self.machine.prepare(function)
        if slot is None:
            return False
        state.slot = slot
        state.add_function(function)
        if not slot.variants:
            slot.armed = True
        return True

    def prepare_all(self):
        """Every function that exists and is neither ours nor the standard library's: those come when they are seen."""
        import gc
        for candidate in gc.get_objects():
            if type(candidate) is FunctionType and not foreign(candidate) and not standard(candidate):
                self.prepare(candidate, seen=False)

    def prepare_module(self, globals):
        """Every function of a module that runs: what `prepare_all` could not find yet."""
        for candidate in list(globals.values()):
            if type(candidate) is FunctionType and self.known(self.machine.original_code(candidate.__code__)) is None and not foreign(candidate):
                self.prepare(candidate, seen=False)

    def release(self, state):
        """Its functions get their own entry back."""
        for function in state.known_functions():
            if self.machine.original_code(function.__code__) is state.code:
                self.machine.release(function)
        state.functions.clear()
        state.slot = None

    def on_call(self, function, args):
        """A call for whose arguments there is no variant, or whose variant has exits with news.  The answer is None, or
        the exception that the call is to raise."""
        state = self.code_of(function.__code__)
        if self.limit("check", state) and state.slot is not None:
            return self.checked_call(state, function, args)
        if not self.affordable(state, CALL):
            state.owed = state.slot is not None
            return None
        variants = state.variants.setdefault(CALL, [])
        if any([variant.region.outweighed for variant in variants]):
            review.give_back(self)
            return None
        kept = [variant for variant in variants if not variant.region.dead and not self.taught(state, variant)]
        state.compilations += 1
        if state.compilations > COMPILATIONS or len(kept) >= self.limit("variants", state):
            RECORDS.break_(state.code, 0, "too_many_variants")
            return self.broken(state, None)
        made = self.compile(state, CALL, lambda compiler: compiler.function_spec(state, function, args), args, function.__globals__)
        failed = self.broken(state, made)
        if made is not None:
            kept.insert(0, made)
            if state.slot is not None:
                state.slot.armed = True
        variants[:] = kept
        if state.slot is not None:
            state.slot.variants = [variant.region for variant in kept]
        if made is None and not kept and failed is None:
            self.release(state)
        return failed

    def broken(self, state, made):
        """The error of a function that is to be compiled as a whole, and wasn't; else None."""
        if not self.limit("fullgraph", state):
            return None
        if made is not None:
            places = [RECORDS.place(state.code, unit, breaks.named(name, str(detail), made.dtypes)) for name, unit, _, detail in made.compiled.breaks]
        else:
            places = [place for place in RECORDS.breaks() if place.code_object is state.code and place.name not in CALLS]
        if state.slot is not None and places:
            state.slot.armed = True
        return GraphBreakError([place for place in places if place is not None]) if places else None

    def checked_call(self, state, function, args):
        """FRAMEJIT_CHECK=1: native code and the interpreter on copies; the program's own call is interpreted."""
        if self.checker is None:
            from framejit.runtime.check import Checker
            self.checker = Checker(self)
        try:
            self.checker.call(state, function, args)
        finally:
            if state.slot is not None and not state.refused.get(CALL):
                state.slot.armed = True

    def taught(self, state, variant):
        """Whether exits of this variant saw types that it wasn't compiled for."""
        if not variant.region.news:
            return False
        variant.region.news = False
        news = self.compiler.learn(state, variant)
        if news:
            review.count_exits_of(state, variant)
        return news

    # ---- loops

    def on_sample(self, code, jump, unit, function, locals, stack, globals, module, iterations):
        """A frame that the sampler found, or that a region has just left behind so many iterations: a Region to go on in,
        the header of another loop to wait for, None, or NOTHING_HERE: its next jumps aren't worth a look; NOTHING_HERE - n:
        and n looks there needn't come here."""
        state = self.code_of(code)
        if state.skipped or not self.machine.names_are_text(globals) or foreign_code(code, globals):
            self.machine.ignore(code)
            return None
        looks = self.machine.looks()
        RECORDS.sampled(state.code, jump, looks)
        review.give_back(self)
        state.looks += looks
        if self.limit("eager"):
            self.prepare_module(globals)
        self.found_running(state, function)
        hopeless = state.looks > 1 and state.hopeless(unit) and not self.limit("eager")
        self.pace(hopeless or unit < 0, looks)
        if hopeless or unit < 0:
            return (NOTHING_HERE if self.compiled else NOTHING_HERE - RESTS) if hopeless else None
        count = state.counts(self.limit("sampler_interval") / 1e6 * APART)
        chosen = loop_to_enter(state, unit, locals, globals, module, count, iterations)
        if state.samples[chosen] < self.patience(state, chosen):
            if not state.variants.get(unit):
                return None
            chosen = unit           # until then
        if chosen != unit:
            if not state.worth_awaiting(chosen):
                return None
            state.awaited = chosen
            self.foresee(state, chosen, locals, globals)
            return chosen
        if (not state.enterable(unit) or state.costs_little(unit, iterations)) and not self.limit("eager"):
            return None
        variants = state.variants.setdefault(unit, [])
        variants[:] = [variant for variant in variants if not variant.region.dead and not self.taught(state, variant)]
        for variant in variants:
            if not self.missed(variant):
                return variant.region
        made = self.compile_loop(state, jump, unit, variants, (locals, stack, globals, module))
        if made is None:
            return None
        variants.insert(0, made)
        return made.region

    def foresee(self, state, entry, *values):
        """The next look is going to compile this: LLVM's library is loaded beside the program until then."""
        if self.foreseen or screen.certain_callouts(state, entry, self.machine.specialised_texts(state.code), *values):
            return
        from framejit.runtime import guest
        self.foreseen = True
        guest.open_library()

    def pace(self, vain, looks=1):
        """Fewer looks while they only find what can't be compiled, or no loops."""
        self.vain = self.vain + looks if vain else 0
        slow = self.vain >= VAIN
        if slow != self.slow:
            self.slow = slow
            self.machine.sampler_pace(self.limit("sampler_interval") * (SLOWER if slow else 1))

    def patience(self, state, unit):
        """How often a loop, or the code as a whole (CALL), has to be found running before it is compiled: it should have
        cost what compiling costs."""
        least = self.limit("samples_before_compile", state)
        if (state.looks if unit == CALL else state.samples.get(unit, 0) + 1) < least:
            return least
        units = state.bytecode.instructions if unit == CALL else state.bytecode.loops.get(unit, ())
        return least + len(units) // self.limit("units_per_look", state)

    def affordable(self, state, entry):
        """Whether this entry wasn't compiled yet, or the code has been found running for as long as it has been compiled."""
        if entry not in state.hints:
            return True
        return state.settings is not None or self.eager(state) or state.spent * 1e6 <= state.looks * self.limit("sampler_interval", state)

    def found_running(self, state, function):
        """The sampler has found a function: its calls come to `on_call` once it has run for long enough."""
        if state.owed and self.affordable(state, CALL):
            state.owed, state.slot.armed = False, True
        if function is None or state.slot is not None or not state.code.co_flags & OPTIMIZED or CALL in state.refused:
            return
        if state.looks >= self.patience(state, CALL) and not self.prepare(function):
            state.refused[CALL] = REFUSALS

    def compile_loop(self, state, jump, unit, variants, found):
        """A new variant of a loop, within the limits."""
        if not state.enterable(unit) or not self.affordable(state, unit):
            return None
        state.compilations += 1
        if len(variants) >= 2 * self.limit("variants", state) or state.compilations > COMPILATIONS:
            RECORDS.break_(state.code, max(jump, 0), "too_many_variants")
            state.refused[unit] = REFUSALS
            return None
        absent = self.machine.MISSING
        return self.compile(state, unit, lambda compiler: compiler.loop_spec(state, unit, *found, absent), found[0], found[2])

    def on_depth(self, code, unit):
        """The value stack's depth at a loop header; -1: not known, or not a place to enter."""
        state = self.known(code)
        if state is None or state.skipped or state.samples.get(unit, 0) + 1 < self.patience(state, unit):
            if self.limit("samples_before_compile", state) > 1 or state is not None and state.skipped:
                return -1
            state = self.code_of(code)
        return state.bytecode.depth.get(unit, -1)

    def missed(self, variant):
        """Whether a loop's variant did not fit the last time that it was tried."""
        misses = variant.region.misses
        missed, variant.misses = misses > variant.misses, misses
        return missed

    # ---- compiling

    def compiling(self):
        """The compiler's front; imported now if it wasn't."""
        if self.compiler is None:
            from framejit.runtime import guest
            self.compiler = guest.imports("framejit.runtime.compiling")
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
        from framejit.runtime import guest
        try:
            compiler = self.compiling()
        except ImportError as error:
            state.refused[entry] = REFUSALS
            RECORDS.break_(None, 0, "compiler_failure", f"import: {error}")
            return None
        level = self.tiers.level(entry, self.limit("code_level", state), self.limit("quick_first", state))
        try:
            with guest.quietly():
                compiled = compiler.compiled_region(state, entry, request(compiler), self.layout, self.eager(state), level)
                variant = Variant(entry, compiled, compiler.machine_region(self.machine, state.code, compiled, self.eager(state)))
                self.machine.free_code()
                if level != self.limit("code_level", state):
                    self.tiers.add(compiler, variant)
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

    def screened(self, state, entry, values, globals):
        """Whether certain call-outs alone say that this entry is not worth capturing; then it has been put on record."""
        found = screen.certain_callouts(state, entry, self.machine.specialised_texts(state.code), values, globals)
        if found or screen.computes_nothing(state, entry, values):
            self.refuse(state, entry, screen.Refusal(found), review.foreign_dtypes(values))
            return True
        return entry == CALL and screen.loops_refused(state)

    def eager(self, state):
        """Whether to compile what may not pay."""
        return self.limit("eager", state) or self.limit("fullgraph", state)

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
            compiled = compiler.translated(state, compiler.function_spec(state, function, args), self.layout)
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


OURS = ("framejit", "llvmlite", "importlib", "logging", "threading")


def foreign(function):
    """Functions that are never touched: our own (the machine's have no module) and those that run while compiling."""
    return name_in(function.__globals__, "framejit").split(".")[0] in OURS


def standard(function):
    """Functions of the standard library."""
    top = name_in(function.__globals__).split(".")[0]
    return top in sys.stdlib_module_names and top != "test"


def forget_frames(error):
    """A frame of ours that keeps its own exception would keep the program's objects alive until a collection."""
    error.__traceback__ = error.__context__ = error.__cause__ = None


def foreign_code(code, globals):
    return name_in(globals).split(".")[0] in OURS


__all__ = ["Controller"]
