"""Functions: prepared when they are found running, compiled at their first call after that."""

import sys
from types import FunctionType

from framejit.report.errors import GraphBreakError
from framejit.report.records import RECORDS
from framejit.runtime import entrances, review, screen
from framejit.runtime.codes import CALL, Code, compilable
from framejit.runtime.compilation import Compilation
from framejit.tables import breaks
from framejit.tables.classes import name_in

WITHDRAWN = 2           # variants of a function that were given back, after which no more are made
IDLE = 16               # calls with nothing to compute with that are waited through for others: a leaf of a tree, say
OTHERS = 1000           # calls of other types that are waited through for one like those of a variant that was withdrawn
GONE = 64               # codes that are gone, after which the records hear of them
CALLS = ("unknown_call", "attribute", "other_arithmetic", "object_array", "foreign_dtype", "given_back")     # what call-outs are put on record as
INSTALLED = ("site-packages", "dist-packages")         # where their code lies
OURS = ("framejit", "llvmlite", "importlib", "logging", "threading")


class Functions(Compilation):
    """The controller's part that knows code objects and the functions that run them."""

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
            state.ask_for(function, settings)
            self.look_around()
        slot = self.machine.prepare(function)
        if slot is None:
            return False
        state.slot = slot
        slot.trial = self.limit("calls_before_trial", state)
        state.add_function(function)
        if not slot.variants:
            slot.armed = True
        return True

    def prepare_all(self):
        """Every function that exists and is neither ours nor the standard library's: those come when they are seen."""
        import gc
        for candidate in gc.get_objects():
            if type(candidate) is FunctionType and not foreign(candidate.__globals__, "framejit") and not standard(candidate.__globals__):
                self.prepare(candidate, seen=False)

    def on_function(self, function):
        """It has just been made; an installed library's is found when it runs."""
        if not foreign(function.__globals__, "framejit") and not standard(function.__globals__) and not installed(function.__code__.co_filename):
            self.prepare(function, seen=False)

    def prepare_module(self, globals):
        """Every function of a module that runs: what `prepare_all` could not find yet."""
        for candidate in list(globals.values()):
            if type(candidate) is FunctionType and self.known(self.machine.original_code(candidate.__code__)) is None and not foreign(candidate.__globals__, "framejit"):
                self.prepare(candidate, seen=False)

    def release(self, state):
        """Its functions get their own entry back."""
        for function in state.known_functions():
            if self.machine.original_code(function.__code__) is state.code:
                self.machine.release(function)
        if state.slot is not None:
            state.slot.anew = False
        state.functions.clear()
        state.slot = None
        entrances.lead_calls(self, state)

    # ---- calls

    def on_call(self, function, args):
        """A call for whose arguments there is no variant, or whose variant has exits with news.  The answer is None, or
        the exception that the call is to raise."""
        state = self.code_of(function.__code__)
        if self.limit("check", state) and state.slot is not None and not (state.code.co_cellvars or state.code.co_freevars):
            return self.checked_call(state, function, args)
        self.watch(state)
        if state.coming is not None:
            self.on_compiled()
            self.wait_for_code(state)
            return None
        if not self.affordable(state, CALL):
            if self.postpone(state) and state.slot is not None:
                return None
            state.owed = state.slot is not None
            if state.owed and all([region.news for region in state.slot.variants]):
                state.slot.variants = []            # calls would only find out that they rest; what has been learned waits in `state.variants`
                self.release(state)
            return None
        variants = state.variants.setdefault(CALL, [])
        self.withdraw_taught(state, variants)
        if state.wanted is not None and not state.fits(args) and state.idle < OTHERS:
            state.idle, state.slot.armed = state.idle + 1, True
            return None
        if any([variant.region.outweighed for variant in variants]):
            review.give_back(self)
            return None
        state.wanted, state.idle = None, state.idle if state.wanted is None else 0
        kept = [variant for variant in variants if not variant.region.dead]
        if not kept and state.idle < IDLE and not self.eager(state) and screen.computes_nothing(state, CALL, args):
            state.idle, state.slot.armed = state.idle + 1, True
            return None
        if state.withdrawn >= WITHDRAWN:
            return None
        state.compilations += 1
        if state.has_tried_enough() or len(kept) >= self.limit("variants", state):
            RECORDS.break_(state.code, 0, "too_many_variants")
            return self.broken(state, None)
        made = self.compile(state, CALL, lambda compiler: compiler.function_spec(state, function, args), args, function.__globals__)
        if made is not None and made.compiled.is_to_come:
            variants[:] = kept
            self.wait_for_code(state)
            return None
        failed = self.broken(state, made)
        if made is not None and failed is None:
            kept.insert(0, made)
            if state.slot is not None:
                state.slot.armed = True
        variants[:] = kept
        if state.slot is not None:
            state.slot.variants = [variant.region for variant in kept]
        if made is None and not kept and failed is None:
            self.release(state)
        return failed

    def wait_for_code(self, state):
        """Calls that nothing fits go on as plain, and ask again when the worker is done."""
        if state.slot is not None:
            state.slot.waits, state.slot.armed = state.coming is not None, True

    def install(self, state, variant):
        """First code has come: a function's calls enter it, and looks lead to a loop's."""
        variants = state.variants.setdefault(variant.entry, [])
        variants[:] = [variant, *[other for other in variants if not other.region.dead]]
        if variant.entry != CALL:
            entrances.renew(state, variant.entry)
        else:
            self.wait_for_code(state)
            if state.slot is not None:
                state.slot.variants = [other.region for other in variants]
        if variant.compiled.level < self.limit("code_level", state):
            self.tiers.add(variant, self.compiling)

    def withdraw_taught(self, state, variants):
        """Variants with news go; a call like theirs is to have them compiled again, not just any call."""
        for variant in [variant for variant in variants if self.taught(state, variant)]:
            variants.remove(variant)
            if state.slot is not None:
                state.wanted = variant.compiled.types
                state.slot.variants = [other.region for other in variants]

    def broken(self, state, made):
        """The error of a function that is to be compiled as a whole, and wasn't; else None."""
        if not self.limit("fullgraph", state):
            return None
        if made is not None:
            wanted = {(unit, breaks.named(name, str(detail), made.dtypes)) for name, unit, _, detail in made.compiled.breaks}
            places = [place for place in RECORDS.places_of(state.code) if (place.unit, place.name) in wanted]
        else:
            places = [place for place in RECORDS.places_of(state.code) if place.name not in CALLS]
        if state.slot is not None and places:
            state.slot.armed = True
        return GraphBreakError(places) if places else None

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


def foreign(globals, default=""):
    """Whether code with these globals is never touched: our own, and what runs while compiling."""
    return name_in(globals, default).split(".")[0] in OURS


def installed(path):
    return any([folder in path for folder in INSTALLED])


def standard(globals):
    """Whether code with these globals is the standard library's."""
    top = name_in(globals).split(".")[0]
    return top in sys.stdlib_module_names and top != "test"
