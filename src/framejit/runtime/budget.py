"""How much of a process's time may go into compiling that wins nothing.

What regions have won is estimated from the machine's counters, roughly: call-outs are lost again.  Where that is less than what compiling
has cost so far, no more is compiled than a part of the process's time allows; a code that has run for long is compiled all the same.
"""

from time import process_time

ADVANCE, SHARE = 0.11, 0.03     # seconds at the beginning, the compiler's own imports apart, and of each second behind that
UNIT = 100e-6                   # seconds that compiling a unit of bytecode takes, about
PATIENT = 1.0                   # seconds that a code has run for, beside which compiling it once costs little
ITERATION, ENTRY, CALLOUT = 200e-9, 100e-9, -120e-9


class Budget:
    """What compiling has cost this process, in seconds of the processor, and what it has won.  `counters()`: the machine's."""

    def __init__(self, counters):
        self.counters = counters
        self.spent = 0.0
        self.began = process_time()

    def won(self):
        """Seconds of interpreting that native code has saved, about."""
        counts = self.counters()
        return ITERATION * counts["iterations"] + ENTRY * counts["native_entries"] + CALLOUT * counts["callouts"]

    def allows(self, ran, units=0):
        """Whether a code of so many units that has run for so many seconds may be compiled now."""
        spent = self.spent + UNIT * units
        return spent <= ADVANCE or ran >= PATIENT or spent - self.won() <= ADVANCE + SHARE * (process_time() - self.began)


__all__ = ["Budget"]
