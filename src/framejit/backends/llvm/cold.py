"""Calls of the runtime in cold paths of loops: polls, and questions whether somebody can wait, or a warning would be shown.

    call i64 @fj_poll(…) #0    ->    a function that saves all registers, calls @fj_poll.slow and restores them
"""

KEEPING = "#0"         # attributes of functions that leave all registers as they are, and of their calls: engine.py


def keeping(name, result, arguments, attributes):
    """A function that calls the runtime's of the same name, and leaves all registers as they are: for cold paths within
    loops, so that what the loop keeps in registers stays there."""
    parameters = [f"{type} %a{number}" for number, type in enumerate(arguments)]
    return (f"declare {result} @{name}.slow({', '.join(arguments)}) {attributes}\n"
            f"define internal {result} @{name}({', '.join(parameters)}) {attributes} noinline cold {KEEPING} {{\n"
            f"  %answer = call {result} @{name}.slow({', '.join(parameters)})\n  ret {result} %answer\n}}")


def rare(name):
    """Whether the runtime's function is called in cold paths of loops only."""
    return name in ("fj_poll", "fj_patient") or name.startswith("fj_quiet_")
