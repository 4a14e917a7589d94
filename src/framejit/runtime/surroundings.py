"""Where framejit stands aside: interpreters that it doesn't know or isn't made for, tools that look on or evaluate frames.

    import framejit         # in a subinterpreter: works, compiles nothing, and says so once (FJ016)
"""

import sys


def absent():
    """Name of the reason (tables/breaks.py) why there can't be a machine here, or None."""
    if not in_main_interpreter():
        return "subinterpreter"
    try:
        from framejit import _machine
    except ImportError:             # it isn't built for a version that isn't known
        if known():
            raise
        return "unknown_version"
    return None if _machine.supported() or known() else "unknown_version"


def in_main_interpreter():
    """From 3.12 on modules of C can refuse to be imported elsewhere, and ours do."""
    try:
        from framejit import _launch
    except ImportError as error:
        if "subinterpreter" not in str(error):
            raise
        return False
    return _launch.in_main_interpreter()


def known():
    """Whether the tables have this version of Python."""
    from framejit.bytecode.versions import RUNNING
    return RUNNING is not None


def aside(machine):
    """Names of the reasons why the interpreter runs everything just now."""
    if machine.foreign_hook():
        yield "foreign_frame_hook"
    if sys.gettrace() is not None or sys.getprofile() is not None or machine.memory_traced():
        yield "observed"


def unobserved():
    """What calls a function without a tracer or profiler noticing: (function, ...) -> its result."""
    if in_main_interpreter():
        from framejit import _launch
        return _launch.unobserved
    return lambda function, *arguments: function(*arguments)


__all__ = ["absent", "aside", "unobserved"]
