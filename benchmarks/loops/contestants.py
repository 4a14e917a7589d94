"""Who runs a program: plain CPython, framejit, numba and C, each as a call that is prepared before the clock starts."""

import importlib.util
import shutil

from benchmarks.loops import native

ORDER = ("python", "framejit", "numba", "c")


def contestants(name, program, folder):
    """{contestant: function that takes the program's arguments and gives a call without any}."""
    makers = {"python": _python, "framejit": _framejit, "numba": _numba, "c": _c}
    found = {who: makers[who](name, program, folder) for who in ORDER}
    return {who: prepare for who, prepare in found.items() if prepare is not None}


def _python(name, program, folder):
    return lambda arguments: lambda: program.run(*arguments)


def _framejit(name, program, folder):
    if importlib.util.find_spec("framejit") is None:
        return None
    import framejit
    fast = framejit.jit(program.run)
    return lambda arguments: lambda: fast(*arguments)


def _numba(name, program, folder):
    if importlib.util.find_spec("numba") is None:
        return None
    import numba
    fast = numba.njit(program.run)

    def prepare(arguments):
        converted = [_typed(value) for value in arguments]
        return lambda: fast(*converted)
    return prepare


def _typed(value):
    """numba's own list for a list, because its reflected ones can't be nested."""
    if not isinstance(value, list):
        return value
    from numba.typed import List
    return List([_typed(element) for element in value])


def _c(name, program, folder):
    if shutil.which("gcc") is None:
        return None
    function = native.build(name, folder)
    return lambda arguments: native.prepare(name, function, arguments)
