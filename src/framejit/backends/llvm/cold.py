"""Calls of the runtime in cold paths of loops: polls, and questions whether somebody can wait, or a warning would be shown.

    call i64 @fj_poll(…) #0    ->    a function that saves all registers, calls @fj_poll.slow and restores them

What restores vectors leaves their upper halves in use, whatever they hold: from then on each change between our instructions and those of C code that
knows nothing of such halves takes the processor 70 ns, until somebody says that they are free.  Functions without vectors of their own say so.
"""

import re

from framejit.tables.effects import PATIENCE

KEEPING = "#0"         # attributes of functions that leave all registers as they are, and of their calls: engine.py
FREED = f"call void @fj_free_halves() {KEEPING}"
SHORT = '"prefer-vector-width"="128"'
VECTOR, FUNCTION = re.compile(r"<\d+ x "), re.compile(r"^define .*?^}", re.DOTALL | re.MULTILINE)


def keeping(name, result, arguments, attributes):
    """A function that calls the runtime's of the same name, and leaves all registers as they are: for cold paths within
    loops, so that what the loop keeps in registers stays there."""
    parameters = [f"{type} %a{number}" for number, type in enumerate(arguments)]
    return (f"declare {result} @{name}.slow({', '.join(arguments)}) {attributes}\n"
            f"define internal {result} @{name}({', '.join(parameters)}) {attributes} noinline cold {KEEPING} {{\n"
            f"  %answer = call {result} @{name}.slow({', '.join(parameters)})\n  ret {result} %answer\n}}")


def freed(text):
    """A module's text, where the upper halves are free behind such calls in functions that have no vectors."""
    if FREED not in text:
        return text
    return f"declare void @fj_free_halves() {KEEPING}\n" + FUNCTION.sub(lambda found: freed_function(found[0]), text)


def freed_function(text):
    if FREED not in text:
        return text
    if VECTOR.search(text):
        return text.replace(f"  {FREED}\n", "")
    head, body = text.split("{\n", 1)
    return f"{head}{SHORT} {{\n{body}"


def rare(name):
    """Whether the runtime's function is called in cold paths of loops only."""
    return name == "fj_poll" or name in PATIENCE.values() or name.startswith("fj_quiet_")
