"""Quick code first, thorough code as soon as another thread has made it.

In: variants whose code was made at the quick level.  Out: the same regions with thorough code, which the machine enters
from then on; a run in the quick code of a loop goes over to it when it comes by the region's entry.  The machine's worker
(ext/beside.c, its lane BETTER) compiles one at a time; what it makes is taken by `taken`, in the main thread.
"""

import os
from weakref import ref

from framejit.runtime.codes import CALL, FUNCTION
from framejit.tables.code_levels import ARRAYS, BETTER, WAYS, Levels
from framejit.tables.settings import QUICK, THOROUGH

THOROUGH_COST = 2
LOOKS = 4               # at native code, from one question whether somebody is worth it to the next
NATIVE = 3e-9           # seconds that quick code takes for what is an instruction to the interpreter


class Tiers:
    """Which variants wait for thorough code: it is made when they have run for as long as making it takes.

    `interval()`: seconds between two looks, each of which native code answers with a poll; what calls take is told by their number.
    """

    def __init__(self, machine, interval, kept):
        self.machine = machine
        self.interval = interval
        self.kept = kept         # where thorough code is left for other processes
        self.waiting = []        # (weak reference to the region, what was compiled, how long it ran, how long it has to have run for)
        self.current = None
        self.held = False        # whether nothing may begin any more: the process ends
        self.possible = None     # whether there is a worker; None: not asked yet

    def levels(self, entry, level, wanted, brief):
        """The levels at which a region is compiled now.  A call may run for long in what it was entered in: it waits, unless calls are `brief`, or
        waiting takes long."""
        if not wanted or level != THOROUGH or self.possible is False or len(os.sched_getaffinity(0)) < 2:
            return Levels(level, level, level)
        return Levels(level if entry == CALL and not brief else QUICK, QUICK, QUICK)

    def add(self, variant, compiler):
        """This variant has quick code.  That of whole arrays is worth thorough code: nobody counts what they are long."""
        arrays = variant.compiled.ir is not None and variant.compiled.ir.startswith(ARRAYS)
        seconds = 0.0 if arrays else THOROUGH_COST * variant.compiled.price
        count = len(self.waiting)
        if count & (count - 1) == 0:        # now and then: nobody may look for long
            self.waiting = [entry for entry in self.waiting if entry[0]() is not None]
        variant.region.unfinished = True
        ran = self.ran_as_call if variant.entry == CALL else self.ran_as_loop
        self.waiting.append((ref(variant.region), variant.compiled, ran, ran(variant.region) + seconds))
        if arrays and (self.current is None or self.machine.worker_done(BETTER)):
            self.taken(compiler)
        else:
            self.next()

    def ran_as_loop(self, region):
        """About how many seconds a region has run for."""
        return region.polls * self.interval()

    def ran_as_call(self, region):
        """The same of a function's, whose calls are over before anybody looks, unless it calls itself."""
        return max(NATIVE * (region.entries * FUNCTION + region.iterations * region.turn), self.ran_as_loop(region))

    def next(self):
        """Looks find out later who is worth it, if anybody waits and nothing is being done."""
        self.machine.worker_due(LOOKS if self.possible is not False and self.waiting and self.current is None else 0)

    def look(self, compiler):
        """Begins the first job whose region has run for long enough; `compiler()` loads it."""
        for entry in list(self.waiting) if not self.held and not self.machine.forks() else ():
            region, compiled, ran, seconds = entry[0](), *entry[1:]
            if region is None or ran(region) >= seconds and wins(region):
                self.waiting.remove(entry)
                if region is not None and self.prepared(compiler) and self.machine.worker_begin(BETTER, WAYS.index((BETTER, THOROUGH)), compiler().worker_text(compiled, THOROUGH)):
                    self.current = entry
                    break
        self.next()

    def prepared(self, compiler):
        """Whether there is a worker; LLVM, which isn't there yet where quick code was kept on disk, is loaded now."""
        if self.possible is None:
            parts = compiler().worker_parts()
            self.possible = parts is not None
            if self.possible:
                self.machine.worker_prepare(parts)
        return self.possible

    def taken(self, compiler):
        """The worker is due, or done: then its code replaces the region's."""
        if self.current is None:
            self.look(compiler)
            return
        if not self.machine.worker_done(BETTER):
            return
        code, _ = self.machine.worker_take(BETTER)
        (region, compiled, *_), self.current = self.current, None
        self.next()
        if code is None:
            raise RuntimeError(f"no thorough code of {compiled.name}")
        region = region()
        if region is not None:
            compiled.native = compiler().linked(compiled, code, THOROUGH, self.kept)
            region.replace(compiled.native.address, compiled.native.keep)
            compiled.native.keep = None         # the region owns it
        self.look(compiler)

    def end(self):
        """Nothing is compiled any longer, or held."""
        self.machine.worker_wait()
        self.waiting, self.current, self.possible = [], None, False


def wins(region):
    """Whether call-outs haven't cost more than all else has won: better code of the rest doesn't change that."""
    return not region.callouts or region.won > 0


__all__ = ["Tiers"]
