"""A function of whole arrays goes on in the interpreter until another thread has made its first machine code.

    first call         captured, with the types at hand; LLVM's part is the worker's (ext/beside.c), this call goes on as plain
    calls meanwhile    plain, too; each that nothing fits looks whether the worker is done
    then               the code is linked, and calls enter it

NumPy does most of the work either way, so nobody waits long for what few operations save.  A call on so many elements that they would, and
whatever has a loop that computes with anything but arrays, waits for its code as others do.
"""

import os
from weakref import ref

from framejit.runtime.codes import CALL
from framejit.tables.classes import from_numpy
from framejit.tables.code_levels import ELEMENT, FIRST, LINE, WAYS


class FirstCode:
    """Variants of functions whose code is to be made, in the order in which they were captured."""

    def __init__(self, machine, kept, tiers):
        self.machine = machine
        self.kept = kept
        self.tiers = tiers          # it knows whether there is a worker
        self.waiting = []           # (weak reference to what is known of the code, its variant)
        self.current = None

    def chooser(self, entry, values, compiler):
        """What says of a graph and its text whether its code may come later; None: it may not.  `values`: the arguments at hand."""
        if entry != CALL or self.tiers.possible is False or len(os.sched_getaffinity(0)) < 2:
            return None
        length, side = max([elements(value) for value in values], default=0), max([longest(value) for value in values], default=0)

        def later(compiled, level):
            """Whether plain calls don't take longer than making the code."""
            steps = sum([len(nest.steps) for nest in compiled.graph.nests]) + side * sum([graph.products for graph in (compiled.graph, *compiled.graph.routines)])
            return compiler.computes_arrays(compiled) and length * steps * ELEMENT < compiled.ir.count("\n") * LINE[level] and self.tiers.prepared(lambda: compiler)

        return later

    def add(self, state, variant, compiler):
        """The calls of this code go on as plain."""
        state.coming = variant
        self.waiting.append((ref(state), variant))
        self.next(compiler)

    def next(self, compiler):
        """Begins the next job."""
        if self.waiting and self.machine.forks():
            self.machine.call_behind_fork(self.ask_again)
        while self.current is None and self.waiting and not self.tiers.held and not self.machine.forks():
            reference, variant = self.waiting.pop(0)
            state, compiled = reference(), variant.compiled
            if state is None or state.coming is not variant:
                continue
            if self.machine.worker_begin(FIRST, WAYS.index((FIRST, compiled.level)), compiler().worker_text(compiled, compiled.level)):
                self.current = reference, variant
            else:
                self.failed(state)

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
        if state is None or state.coming is not variant:
            return None
        if code is None:
            self.failed(state)
            return None
        state.coming = None
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

    def failed(self, state):
        """There is no thread, or no memory in one: the next call compiles the function and waits for it."""
        self.tiers.possible, state.coming = False, None
        state.compilations -= 1
        if state.slot is not None:
            state.slot.waits, state.slot.armed = False, True

    def end(self):
        """Nothing is compiled any longer, or held."""
        self.waiting, self.current = [], None


def elements(value):
    """How many elements a call's argument may make it compute with: an array has them, an int may be a length."""
    if type(value) is int:
        return value
    return value.size if from_numpy(type(value)) and hasattr(value, "size") else 0


def longest(value):
    """The longest side of an array, over which a product may sum."""
    return max(value.shape, default=0) if from_numpy(type(value)) and hasattr(value, "shape") else 0


__all__ = ["FirstCode"]
