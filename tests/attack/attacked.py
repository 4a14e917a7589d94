"""What the attacked programs in cases/ share: `compiled` marks functions, `attempt` calls one and prints all it did.

`compiled` is framejit.jit where ATTACK=jit is set, else it gives the function back.  Output is a line for each call, flushed,
so that a program that dies shows where.
"""

import os
import sys

from tests.random.observe import Picture, second_half

if os.environ.get("ATTACK") == "jit":
    from framejit import jit as compiled
else:
    def compiled(function):
        return function


def say(*words):
    print(*words, flush=True)


def traced(error, picture):
    """Name, line and locals of each frame of the traceback below `attempt`."""
    entry, lines = error.__traceback__, []
    while entry is not None:
        frame = entry.tb_frame
        if frame.f_globals is not globals() and "cases" in frame.f_code.co_filename:
            position = list(frame.f_code.co_positions())[second_half(frame.f_code, entry.tb_lasti, error) // 2]
            local = {} if frame.f_code.co_name == "<module>" else frame.f_locals
            shown = ", ".join(f"{name}={picture.of(value)}" for name, value in sorted(local.items()))
            lines.append(f"{frame.f_code.co_name}:{entry.tb_lineno} {position} {{{shown}}}")
        entry = entry.tb_next
    return " < ".join(lines)


def attempt(function, make=tuple, times=3):
    """Calls `function(*make())` several times; prints result, exception, traceback, and arguments afterwards."""
    for turn in range(times):
        picture, arguments = Picture(), make()
        try:
            seen = "gives " + picture.of(function(*arguments))
        except BaseException as error:
            seen = f"raises {picture.of(error)} {error} at {traced(error, picture)}"
        say(f"{function.__name__} {turn}: {seen} with {picture.of(arguments)}")
