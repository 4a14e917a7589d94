"""Running loops: what the sampler finds is compiled where it has cost what compiling costs, and entered at its next jump."""

from framejit.report.records import RECORDS
from framejit.runtime import entrances, guest, review, screen
from framejit.runtime.codes import CALL, OPTIMIZED, REFUSALS, are_like
from framejit.runtime.functions import Functions, foreign, standard
from framejit.runtime.looking import compiled_around, consumed_in, loop_to_enter

NOTHING_HERE = -1
CONSUMES = -2           # the target that says that the frame is in a call that consumes a generator expression, FJ_CONSUMES of looking.h
VAIN, SLOWER = 20, 5    # after so many looks in vain they come so many times less often,
IDLE = 40               # and after so many that have found nothing new, and led nowhere
RESTS, WAITS = 15, 4    # looks that are only counted: where nothing is left to compile, while nothing has been; where there are no means to
BRIEF = 3               # calls between two looks: more of them, and none takes long
LARGE = 512             # units, from which on capturing twice as many takes four times as long, for it begins anew more often
LONG_LOOKS = 5          # intervals between looks, after which a function's few calls have been counted
LIBRARY = 5             # FRAMEJIT_EAGER=1 looks often, for the program's own code: of so many looks at the standard library's one counts
TRIED = 3               # looks in a row that are led to a variant for such locals as there are, though it wasn't entered; then another one is made
APART = 0.2             # of the time between two looks has to be between two that count


class Running(Functions):
    """The controller's part that the sampler asks."""

    def on_sample(self, code, jump, unit, function, locals, stack, globals, module, iterations):
        """A frame that the sampler found, or that a region has just left behind so many iterations: a Region to go on in,
        the header of another loop to wait for, None, or NOTHING_HERE: its next jumps aren't worth a look; NOTHING_HERE - n:
        and n looks there needn't come here.  A frame that consumes a generator expression stands at `jump`, and is entered at its next one."""
        state = self.code_of(code)
        if state.skipped or not self.machine.names_are_text(globals) or foreign(globals):
            self.machine.ignore(code)
            return None
        if self.settings is None and not state.is_asked_for(function):
            self.pace(True)
            return None
        if self.limit("eager") and standard(globals) and next(self.aside) % LIBRARY:
            return None
        if self.probation:
            self.end_probation()
        looks = self.machine.looks()
        RECORDS.sampled(state.code, jump, looks)
        review.give_back(self)
        state.looks += looks
        before = state.counted
        count = state.counts(self.had(), self.limit("sampler_interval") / 1e6 * APART) or self.limit("eager")
        state.ran += min(looks * self.interval(), state.counted - before)
        if self.limit("eager"):
            self.prepare_module(globals)
        self.found_running(state, function, count)
        if state.looks == looks or unit >= 0 and unit not in state.samples:
            self.idle = 0
        consumes = unit == CONSUMES
        if consumes:
            unit = consumed_in(state, jump)
        hopeless = state.looks > 1 and not state.found and state.hopeless(unit) and not self.limit("eager")
        self.pace(hopeless or unit < 0, looks)
        if hopeless or unit < 0 or self.waits(state, unit) and not self.postpone(state):
            return None if unit < 0 and not hopeless else NOTHING_HERE - self.rest(hopeless)
        chosen = self.affordable_loop(state, unit, loop_to_enter(state, unit, locals, globals, module, count, iterations))
        if self.waits_for_code(state, chosen) or state.samples[chosen] < self.patience(state, chosen):
            if not state.variants.get(unit):
                return None
            chosen = unit           # until then
        if consumes and not state.variants.get(unit) and self.is_over_soon(state, function):
            return None
        if chosen != unit or consumes:
            if not state.worth_awaiting(chosen):
                return None
            state.awaited = chosen
            self.foresee(state, chosen, locals, globals)
            return chosen
        if (not state.enterable(unit) or state.costs_little(unit, iterations)) and not self.limit("eager"):
            return None
        return self.region_for(state, jump, unit, function, iterations, (locals, stack, globals, module))

    def region_for(self, state, jump, unit, function, iterations, found):
        """A Region of the loop that fits what was `found`, (locals, stack, globals, at module level): compiled now where there is none; or None."""
        variants = state.variants.setdefault(unit, [])
        variants[:] = [variant for variant in variants if not variant.region.dead and not self.taught(state, variant)]
        for variant in variants:
            if not self.missed(variant, found[0]):
                entrances.entered(self, state, unit, function)
                self.idle = 0 if entrances.worth_a_look(state, unit) else self.idle
                return variant.region
        if not variants and not iterations and self.is_over_soon(state, function):
            return None
        made = self.compile_loop(state, jump, unit, variants, found)
        if made is None or made.compiled.is_to_come:
            return None
        variants.insert(0, made)
        entrances.renew(state, unit)
        return made.region

    def affordable_loop(self, state, unit, chosen):
        """The loop to enter; where it would have to be compiled, and can't be for now, one around the jump that is compiled already."""
        if state.variants.get(chosen) or not state.known_variants() or self.affordable(state, chosen):
            return chosen
        return compiled_around(state, unit, chosen)

    def rest(self, hopeless):
        """Looks that are only counted at a place where nothing is left to compile, or the process has no means."""
        return (0 if self.compiled else RESTS) if hopeless else WAITS

    def waits(self, state, unit):
        """Whether nothing of a code runs compiled, or will before the process has the means; the place isn't new the next time."""
        if state.settings is not None or self.eager(state) or state.in_block(unit) or not all([variant.region.news for variant in state.known_variants()]):
            return False
        state.samples.setdefault(unit, 0)
        return not self.has_means(state)

    def waits_for_code(self, state, chosen):
        """Whether this loop isn't compiled, and code of another is being made, or its own."""
        if not state.arriving or state.variants.get(chosen):
            return False
        if self.first_code.current is None:         # another process was about to be made
            self.first_code.next(self.compiling)
        return True

    def foresee(self, state, entry, *values):
        """The next look is going to compile this: LLVM's library is loaded beside the program until then, unless it may not be needed."""
        if self.foreseen or self.kept.warm() or screen.certain_callouts(state, entry, self.look, *values):
            return
        self.foreseen = True
        guest.open_library()

    def pace(self, vain, looks=1):
        """Fewer looks while they only find what can't be compiled, or no loops, or nothing new that is worth it."""
        self.vain, self.idle = self.vain + looks if vain else 0, self.idle + looks
        slow = self.vain >= VAIN or self.idle >= IDLE
        if slow != self.slow:
            self.slow = slow
            self.machine.sampler_pace(self.limit("sampler_interval") * (SLOWER if slow else 1))

    def had(self):
        """Seconds of the processor that the program has had: compiling, and what it imports, apart."""
        return self.machine.seconds_had() - self.budget.spent - guest.SPENT[0]

    def interval(self):
        """Seconds between two looks, as they come now."""
        return self.limit("sampler_interval") / 1e6 * (SLOWER if self.slow else 1)

    def patience(self, state, unit):
        """How often a loop, or the code as a whole (CALL), has to be found running before it is compiled: it should have
        cost what compiling costs."""
        if unit != CALL and state.in_block(unit):
            return 0
        least = self.limit("samples_before_compile", state)
        if (state.looks if unit == CALL else state.samples.get(unit, 0) + 1) < least:
            return least
        units = state.bytecode.instructions if unit == CALL else state.bytecode.loops.get(unit, ())
        return least + len(units) * max(len(units), LARGE) // LARGE // self.limit("units_per_look", state)

    def found_running(self, state, function, count):
        """The sampler has found a function: its calls come to `on_call` once it has run for long enough, and the next look that counts
        has shown whether it is called again and again."""
        if state.slot is not None and count:
            before, state.calls = state.calls, state.slot.calls
            state.brief |= 0 <= before < state.calls - BRIEF
            if state.owed and self.affordable(state, CALL):
                state.owed, state.slot.armed = False, True
        if state.slot is not None and function is not None and not state.has_prepared(function) and self.machine.prepare(function) is state.slot:
            state.add_function(function)
            state.slot.anew = True
        if state.slot is not None or function is None or not state.code.co_flags & OPTIMIZED or CALL in state.refused:
            return
        if state.looks >= self.patience(state, CALL) and (not state.owed or self.affordable(state, CALL)):
            self.find(state, function)

    def find(self, state, function):
        """Prepares a function; whether its calls can be compiled.  At first they are only counted, until somebody looks."""
        if not self.prepare(function):
            state.refused[CALL] = REFUSALS
            return False
        state.owed = False
        if not state.counted_calls and not self.limit("eager", state):
            state.found, state.slot.armed, state.calls = True, False, state.slot.calls
            self.probation.append((self.had(), state))
        return True

    def end_probation(self):
        """Calls have been counted from one look to another; functions get their own entry back, until they are found running again."""
        now, waiting, self.probation = self.had(), self.probation, []
        for since, state in waiting:
            called = state.slot is not None and state.slot.calls > state.calls + BRIEF
            if not called and now - since < LONG_LOOKS * self.limit("sampler_interval") / 1e6:
                self.probation.append((since, state))
                continue
            state.brief |= called
            state.found, state.counted_calls = False, True
            if state.slot is not None and not state.slot.armed and not state.slot.variants:
                self.release(state)

    def is_over_soon(self, state, function):
        """Whether the function is called again and again between looks: the next call has it compiled as a whole, and this loop is over soon."""
        if function is None or not state.code.co_flags & OPTIMIZED or state.bodies or state.refused.get(CALL) or self.limit("eager", state):
            return False
        if state.slot is None and (state.brief or not state.counted_calls):
            return state.owed and not self.affordable(state, CALL) or self.find(state, function)
        return state.brief or state.found

    def compile_loop(self, state, jump, unit, variants, found):
        """A new variant of a loop, within the limits."""
        if not state.enterable(unit) or not (state.in_block(unit) and unit not in state.refused or self.affordable(state, unit)):
            return None
        state.compilations += 1
        if len(variants) >= 2 * self.limit("variants", state) or state.has_tried_enough():
            RECORDS.break_(state.code, max(jump, 0), "too_many_variants")
            state.refused[unit] = REFUSALS
            return None
        absent = self.machine.MISSING
        return self.compile(state, unit, lambda compiler: compiler.loop_spec(state, unit, *found, absent), found[0], found[2], found[1])

    def on_depth(self, code, unit):
        """The value stack's depth at a loop header; -1: not known, or not a place to enter."""
        state = self.known(code)
        if state is None or state.skipped or state.samples.get(unit, 0) + 1 < self.patience(state, unit):
            if self.limit("samples_before_compile", state) > 1 or state is not None and state.skipped:
                return -1
            state = self.code_of(code)
        return state.bytecode.depth.get(unit, -1)

    def missed(self, variant, locals):
        """Whether a loop's variant did not fit the last time that it was tried.  What was compiled for such locals has other reasons, most of which
        pass: it is tried again until it has been entered, some times."""
        misses, entries = variant.region.misses, variant.region.entries
        if entries > variant.entries:
            variant.vain, variant.entries = 0, entries
        if misses == variant.misses:
            return False
        variant.misses, variant.vain = misses, variant.vain + 1
        return variant.vain > TRIED or not are_like(variant.compiled.types, locals)
