"""`with framejit.jit():` in a frame that already runs: which bodies are compiled, and what they call.

The machine asks when a block is entered for the first time, and where none of its regions fits the frame.  A body that
loops is compiled as a whole at once.  Whatever of it goes on in the interpreter is looked at meanwhile, as enable() looks at
everything, but its loops don't wait to be found twice; what the body calls by name is compiled at its first call.
"""

from types import FunctionType

from framejit.report.records import RECORDS
from framejit.runtime import review, screen
from framejit.runtime.codes import REFUSALS
from framejit.runtime.functions import foreign
from framejit.runtime.running import Running


class Place:
    """The body of a with statement under equal options: the machine's object, and its variants."""

    __slots__ = ("body", "variants", "line")

    def __init__(self, body, line):
        self.body, self.variants, self.line = body, [], line


class Blocks(Running):
    """The controller's part that with statements ask."""

    def on_body(self, code, unit, options, locals, stack, globals, module):
        """A with statement whose body begins at `unit` is entered: without `stack` for the first time.  None, or an exception that
        it is to raise."""
        state = self.code_of(code)
        if stack is None:
            self.meet(state, unit, options, locals, globals)
            return None
        place = state.places[unit, options]
        self.learn_of(state, unit, place)
        if not self.open_to(state, unit, place):
            return None
        self.within = options.replaced({"quick_first": False})
        state.compilations += 1
        try:
            absent, extent = self.machine.MISSING, state.bodies[unit]
            made = self.compile(state, unit, lambda compiler: compiler.body_spec(state, unit, extent, locals, stack, globals, module, absent),
                                locals, globals, stack, True)
            failed = self.broken(state, made)
        finally:
            self.within = None
        if failed is not None:
            return failed
        if made is not None:
            place.variants.insert(0, made)
            state.variants.setdefault(unit, []).insert(0, made)
        self.put(state, unit, place)
        return None

    def meet(self, state, unit, options, locals, globals):
        """A body is entered for the first time."""
        bytecode, depth = state.bytecode, state.bytecode.depth.get(unit, 0)
        extent = bytecode.with_body(unit) if depth >= 2 else frozenset()
        inside = bytes([one in extent for one in range(max(extent, default=0) + 1)])
        body = self.machine.body_of(state.code, unit, depth, inside, options)
        line = bytecode.instructions[bytecode.at[unit]].line if unit in bytecode.at else 0
        state.places[unit, options] = Place(body, line)
        left_alone = state.skipped or not self.machine.names_are_text(globals) or foreign(globals)
        if not left_alone and extent:
            state.bodies[unit] = extent
            self.prepare_called(state, extent, locals, globals)
        body.plain = left_alone or not bytecode.loops_within(extent) or not extent
        body.calls = body.plain and any([one.op in ("CALL", "CALL_EX") or one.target is not None and one.target < one.unit
                                         for one in bytecode.instructions if one.unit in extent])

    def prepare_called(self, state, extent, locals, globals):
        """What the body calls by name is compiled at its first call."""
        for index, one in enumerate(state.bytecode.instructions):
            if one.unit in extent and one.op in ("PUSH_NULL", "LOAD_METHOD"):
                called = screen.called(state.bytecode, index, locals, globals)
                if type(called) is FunctionType and not foreign(called.__globals__):
                    self.prepare(called, seen=False)
                    self.code_of(called.__code__).called_by_block = True

    def learn_of(self, state, unit, place):
        """Variants with news, dead ones and those that don't pay go."""
        review.give_back(self)
        kept = [variant for variant in place.variants if not variant.region.dead and not self.taught(state, variant)]
        if unit in state.returned:
            kept = []
        gone = [variant for variant in place.variants if variant not in kept]
        place.variants = kept
        state.variants[unit] = [variant for variant in state.variants.get(unit, ()) if variant not in gone]

    def open_to(self, state, unit, place):
        """Whether one more variant of this body is to be compiled."""
        if state.has_tried_enough() or len(place.variants) >= self.limit("variants", state):
            RECORDS.break_(state.code, unit, "too_many_variants")
            state.refused[unit] = REFUSALS
        done = state.skipped or unit in state.returned or state.refused.get(unit, 0) >= REFUSALS
        if done:
            self.put(state, unit, place)
        return not done

    def put(self, state, unit, place):
        """The machine's object gets what there is."""
        body = place.body
        body.variants = [variant.region for variant in place.variants]
        body.calls = not place.variants or any([variant.compiled.callouts for variant in place.variants])
        body.plain = not place.variants and (state.skipped or unit in state.returned or state.refused.get(unit, 0) >= REFUSALS)

    def block_lines(self):
        """A line for each block that has run natively."""
        lines = []
        for state in list(self.codes.values()):
            for place in state.places.values() if state.code is not None else ():
                entries, iterations, left = place.body.counts
                if entries:
                    lines.append(f"block at {state.code.co_filename}:{place.line}: {entries:,} native entries, {iterations:,} iterations, "
                                 f"{left:,} of them left in its middle")
        return lines


__all__ = ["Blocks"]
