"""Where framejit stands aside: interpreters that it doesn't know or isn't made for, tools that look on or evaluate frames.

    import framejit         # in a subinterpreter: works, compiles nothing, and says so once (FJ016)
"""

import sys

KNOWN = ((3, 11), (3, 12), (3, 13))


def absent():
    """Name of the reason (tables/breaks.py) why there can't be a machine here, or None."""
    if sys.implementation.name != "cpython" or sys.version_info[:2] not in KNOWN:
        return "unknown_version"
    try:
        from framejit import _launch
    except ImportError as error:
        if "subinterpreter" not in str(error):
            raise
        return "subinterpreter"
    return None if _launch.in_main_interpreter() else "subinterpreter"


def aside(machine):
    """Names of the reasons why the interpreter runs everything just now."""
    if machine.foreign_hook():
        yield "foreign_frame_hook"
    if sys.gettrace() is not None or sys.getprofile() is not None:
        yield "observed"


def unobserved():
    """What calls a function without a tracer or profiler noticing: (function, ...) -> its result."""
    if absent() is None:
        from framejit import _launch
        return _launch.unobserved
    return lambda function, *arguments: function(*arguments)


__all__ = ["absent", "aside", "unobserved"]
