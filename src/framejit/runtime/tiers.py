"""Quick code first, thorough code as soon as another thread has made it.

In: variants whose code was made at the quick level.  Out: the same regions with thorough code, which the machine enters
from then on; a run in the quick code goes over to it when it comes by the region's entry.  The machine's worker
(ext/beside.c) compiles one at a time; what it makes is taken by `taken`, in the main thread.
"""

import os
from weakref import ref

from framejit.runtime.codes import CALL
from framejit.tables.settings import QUICK, THOROUGH


class Tiers:
    """Which variants wait for thorough code."""

    def __init__(self, machine):
        self.machine = machine
        self.waiting = []        # (weak reference to the region, what was compiled)
        self.current = None
        self.possible = None     # whether there is a worker; None: not asked yet

    def level(self, entry, level, wanted):
        """The level at which a region is compiled now.  A call may run for long in what it was entered in: it waits."""
        if not wanted or level != THOROUGH or entry == CALL or self.possible is False:
            return level
        return QUICK if len(os.sched_getaffinity(0)) > 1 else level

    def add(self, compiler, variant):
        """This variant has quick code."""
        if self.possible is None:
            parts = compiler.worker_parts()
            self.possible = parts is not None
            if self.possible:
                self.machine.worker_prepare(parts)
        self.waiting.append((ref(variant.region), variant.compiled))
        self.begin(compiler)

    def begin(self, compiler):
        """The next job, if none is being done."""
        while self.possible and self.waiting and self.current is None:
            region, compiled = self.waiting.pop(0)
            if region() is not None and self.machine.worker_begin(compiler.worker_text(compiled)):
                self.current = region, compiled

    def taken(self, compiler):
        """The worker is done: its code replaces the region's."""
        code = self.machine.worker_take()
        (region, compiled), self.current = self.current, None
        region = region()
        if code is not None and region is not None:
            compiled.native = compiler.linked(compiled, code)
            region.replace(compiled.native.address, compiled.native.keep)
            compiled.native.keep = None         # the region owns it
        self.begin(compiler)

    def end(self):
        """Nothing is compiled any longer, or held."""
        self.machine.worker_wait()
        self.waiting, self.current, self.possible = [], None, False


__all__ = ["Tiers"]
