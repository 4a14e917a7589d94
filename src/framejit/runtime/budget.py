"""How much of a process's time may go into compiling that wins nothing.

What regions have won is estimated by what they count, and what their call-outs take.  Where that is less than what compiling has cost so far, no more
is compiled than a part of the process's time allows; a code that has run for long is compiled all the same.
"""

from time import process_time

ADVANCE, SHARE = 0.11, 0.01     # seconds at the beginning, the compiler's own imports apart, and of each second behind that
FINISH = 0.06                   # seconds more for what has been compiled before: its exits have taught what it needs, so it comes before what never was
UNIT = 100e-6                   # seconds that compiling a unit of bytecode takes, about, where it wasn't tried before
PATIENT, TIMES = 1.0, 20        # seconds that a code has run for, and times what compiling it costs in all, beside which that is little;
AGAIN = 5                       # so many times where an attempt has taken too long, and nothing else is known against it


class Budget:
    """What compiling has cost this process, in seconds of the processor.  `won()`: seconds of interpreting that native code has saved, about;
    `had()`: seconds of the processor that the process has had."""

    def __init__(self, won, had=process_time):
        self.won = won
        self.had = had
        self.spent = 0.0
        self.began = had()

    def allows(self, ran, units=0, tried=0.0, price=0.0, begun=False, unfinished=False):
        """Whether a code of so many units that has run for so many seconds may be compiled now; `tried`, `price`: what compiling it has taken so
        far, and the last time; `begun`: it waits for being compiled again; `unfinished`: all attempts so far were given up."""
        cost, advance = max(UNIT * units, price), ADVANCE + begun * FINISH
        spent = self.spent + cost
        if spent <= advance or ran >= max(PATIENT, (AGAIN if unfinished else TIMES) * (tried + cost)):
            return True
        return spent - self.won() <= advance + SHARE * (self.had() - self.began)


__all__ = ["Budget"]
