"""The program goes on in the interpreter until another thread has made the first machine code of what it runs.

    captured           a function of whole arrays at its first call, what looks have found when it is to be entered, with the types at hand;
                       LLVM's part is the worker's (ext/beside.c), and the program goes on as plain
    meanwhile          calls that nothing fits look whether the worker is done; looks at such a loop lead nowhere
    then               the code is linked; calls enter it, and looks lead to it

Of a function that somebody asked for NumPy does most of the work either way, so nobody waits long for what few operations save.  A call on so
many elements that they would, and one with a loop that computes with anything but arrays, waits for its code.  Nobody has asked for what looks
have found: only code that is made sooner than the next look would come is waited for.
"""

import os
from weakref import ref

from framejit.runtime.codes import CALL
from framejit.tables.classes import from_numpy
from framejit.tables.code_levels import ELEMENT, FIRST, LINE, WAYS

SOON = 0.01             # seconds of LLVM's that are waited for where looks have found something, which come as often


class FirstCode:
    """Variants of functions whose code is to be made, in the order in which they were captured."""

    def __init__(self, machine, kept, tiers):
        self.machine = machine
        self.kept = kept
        self.tiers = tiers          # it knows whether there is a worker
        self.waiting = []           # (weak reference to what is known of the code, its variant)
        self.current = None

    def chooser(self, state, entry, values, compiler):
        """What says of a graph and its text whether its code may come later; None: it may not.  `values`: the arguments at hand."""
        if self.tiers.possible is False or len(os.sched_getaffinity(0)) < 2:
            return None
        found = state.settings is None and not state.in_block(entry)
        if entry != CALL and not found:
            return None

        def later(compiled, level):
            """Whether to go on as plain while the code is made."""
            seconds = compiled.ir.count("\n") * LINE[level]
            waits = found and seconds >= SOON or entry == CALL and compiler.computes_arrays(compiled) and plain(compiled, values) < seconds
            return waits and self.tiers.prepared(lambda: compiler)

        return later

    def add(self, state, variant, compiler):
        """The calls of this code go on as plain."""
        state.arriving[variant.entry] = variant
        self.waiting.append((ref(state), variant))
        self.next(compiler)

    def next(self, compiler):
        """Begins the next job."""
        if self.waiting and self.machine.forks():
            self.machine.call_behind_fork(self.ask_again)
        while self.current is None and self.waiting and not self.tiers.held and not self.machine.forks():
            reference, variant = self.waiting.pop(0)
            state, compiled = reference(), variant.compiled
            if state is None or state.arriving.get(variant.entry) is not variant:
                continue
            if self.machine.worker_begin(FIRST, WAYS.index((FIRST, compiled.level)), compiler().worker_text(compiled, compiled.level)):
                self.current = reference, variant
            else:
                self.failed(state, variant)

    def taken(self, compiler):
        """(what is known of a code object, its variant) whose code the worker has made; None: there is none.  The next job begins."""
        if self.current is None:
            self.next(compiler)
            return None
        if not self.machine.worker_done(FIRST):
            return None
        code, seconds = self.machine.worker_take(FIRST)
        (reference, variant), self.current = self.current, None
        self.next(compiler)
        state = reference()
        if state is None or state.arriving.get(variant.entry) is not variant:
            return None
        if code is None:
            self.failed(state, variant)
            return None
        del state.arriving[variant.entry]
        compiled = variant.compiled
        compiled.price = compiled.seconds["llvm"] = seconds
        compiled.native = compiler().linked(compiled, code, compiled.level, self.kept)
        variant.region.begin(compiled.native.address, compiled.native.keep)
        compiled.native.keep = None         # the region owns it
        return state, variant

    def ask_again(self):
        """Where nothing is being made the next call of each code that waits begins it."""
        for state in [reference() for reference, _ in self.waiting] if self.current is None else ():
            if state is not None and state.slot is not None:
                state.slot.waits = False

    def failed(self, state, variant):
        """There is no thread, or no memory in one: the next call, or look, has it compiled and waits for it."""
        self.tiers.possible = False
        del state.arriving[variant.entry]
        state.compilations -= 1
        if state.slot is not None:
            state.slot.waits, state.slot.armed = False, True

    def end(self):
        """Nothing is compiled any longer, or held."""
        self.waiting, self.current = [], None


def plain(compiled, values):
    """About how many seconds a plain call of a function of whole arrays takes, at least."""
    length, side = max([elements(value) for value in values], default=0), max([longest(value) for value in values], default=0)
    steps = sum([len(nest.steps) for nest in compiled.graph.nests]) + side * sum([graph.products for graph in (compiled.graph, *compiled.graph.routines)])
    return length * steps * ELEMENT


def elements(value):
    """How many elements a call's argument may make it compute with: an array has them, an int may be a length."""
    if type(value) is int:
        return value
    return value.size if from_numpy(type(value)) and hasattr(value, "size") else 0


def longest(value):
    """The longest side of an array, over which a product may sum."""
    return max(value.shape, default=0) if from_numpy(type(value)) and hasattr(value, "shape") else 0


__all__ = ["FirstCode"]
