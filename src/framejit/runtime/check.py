"""FRAMEJIT_CHECK=1: each call of a prepared function is made three times, where its arguments can be copied.

In: a function, its arguments.  The interpreter runs a twin of the function on one copy of them, native code another
twin on a second copy; values, types, bits, errors and what became of the arguments are compared.  The program's own
call is then interpreted, so that a defect of the compiler is reported and does no harm.  Functions that call out, write
globals or read global containers are not called twice, and none while there are other threads: their native code isn't
checked.
"""

import _thread
import struct
import sys
from types import FunctionType
from weakref import ref

from framejit.report.records import RECORDS
from framejit.runtime import guest
from framejit.runtime.codes import CALL, Code, Variant
from framejit.tables.classes import from_numpy, mro_of, name_of, numpys, one_of

PLAIN = (int, float, bool, complex, str, bytes, type(None))
DEEPEST = 8
args_of, traceback_of = [vars(BaseException)[name].__get__ for name in ("args", "__traceback__")]


class Uncopied(Exception):
    """A value that can't be copied for sure."""


class Checker:
    """Keeps, for each code object, the twin whose calls are native."""

    def __init__(self, controller):
        self.controller = controller
        self.twins = {}
        self.calls = 0
        self.differences = 0

    def call(self, state, function, args):
        """Compares, and reports a difference on standard error.  Other threads would see, and change, what is done twice."""
        if _thread._count():
            return
        try:
            arguments = [copied(list(args)), copied(list(args))]
        except Uncopied:
            return
        twin = self.twins.get(id(state.code))
        if twin is None or twin.original() is not state.code:
            twin = self.twins[id(state.code)] = Twin(self.controller, state.code)
        native = twin.native(function, args)
        if native is None or not self.harmless(twin, function):
            return
        interpreted = plain_twin(function)
        before = twin.entries()
        names = twin.names(function)
        with guest.quietly():
            expected, found = outcome(interpreted, arguments[0]), outcome(native, arguments[1])
        if twin.entries() == before or [value is old for value, old in zip(twin.names(function), names)].count(False):
            return
        self.calls += 1
        if fingerprint(expected) != fingerprint(found):
            self.differences += 1
            report(function, args, expected, found)

    def harmless(self, twin, function):
        """Whether calling twice touches nothing but the arguments."""
        missing = self.controller.machine.MISSING
        for variant in twin.state.variants.get(CALL, ()):
            compiled = variant.compiled
            if compiled.callouts or compiled.breaks:
                return False
            for _, _, name, expected in compiled.cells:
                value = function.__globals__.get(name, missing)
                if type(expected).__name__ == "Missing" and not one_of(type(value), PLAIN):
                    return False
        return not any(writes_globals(code) for code in [twin.state.code])


class Twin:
    """A code object equal to the program's, with variants of its own."""

    def __init__(self, controller, code):
        self.controller = controller
        self.original = ref(code)
        self.code = code.replace(co_name=code.co_name)
        self.state = Code(self.code)
        controller.codes[self.state.key] = self.state

    def native(self, function, args):
        """A function whose calls are native for arguments like these, or None."""
        controller, state = self.controller, self.state
        made = twin_of(function, state.code)
        slot = controller.machine.prepare(made)
        if slot is None:
            return None
        state.slot = slot
        variants = state.variants.setdefault(CALL, [])
        variants[:] = [variant for variant in variants if not controller.taught(state, variant)]
        types = [type(argument) for argument in args]
        if not any(covers(variant, types) for variant in variants) and len(variants) < controller.limit("variants"):
            variant = controller.compile(state, CALL, lambda compiler: compiler.function_spec(state, made, args), args, made.__globals__)
            if variant is not None:
                variants.insert(0, variant)
        slot.variants = [variant.region for variant in variants]
        slot.armed = False
        return made if variants else None

    def entries(self):
        return sum(variant.region.entries for variant in self.state.variants.get(CALL, ()))

    def names(self, function):
        """What the names hold that its variants read: another thread may change them between two runs."""
        return [dict.get(function.__globals__, name) for variant in self.state.known_variants() for _, _, name, _ in variant.compiled.cells]


def covers(variant: Variant, types):
    """Whether a variant was compiled for arguments of these types."""
    known = variant.compiled.types
    return all(known.get(slot, type_) is type_ for slot, type_ in enumerate(types))


def writes_globals(code):
    from framejit.bytecode import decode
    return any(instruction.op in ("STORE_GLOBAL", "DELETE_GLOBAL") for instruction in decode(code).instructions)


def plain_twin(function):
    """A function with a code object of its own that nobody prepares."""
    code = function.__code__
    return twin_of(function, code.replace(co_name=code.co_name))


def twin_of(function, code):
    made = FunctionType(code, function.__globals__, function.__name__, function.__defaults__, function.__closure__)
    made.__kwdefaults__ = function.__kwdefaults__
    return made


def copied(value, depth=0):
    """A copy that shares nothing that can change; raises Uncopied."""
    kind = type(value)
    if one_of(kind, PLAIN) or kind is range:
        return value
    if depth > DEEPEST:
        raise Uncopied
    if one_of(kind, (list, tuple)):
        return kind([copied(item, depth + 1) for item in value])
    if is_array(value) and value.dtype.kind in "biuf" and value.base is None:
        return value.copy(order="K")
    if from_numpy(kind) and hasattr(value, "dtype") and not is_array(value):
        return value
    raise Uncopied


def is_array(value):
    return type(value) is numpys("ndarray")


def outcome(function, arguments):
    """(what it returned, the error it raised, the arguments afterwards)."""
    try:
        return function(*arguments), None, arguments
    except Exception as error:
        return None, error, arguments


def fingerprint(value, depth=0):
    """Equal exactly for values of the same types and bits; two NaNs are alike."""
    kind = type(value)
    if depth > DEEPEST:
        return "deep"
    if kind is float:
        return "float", "nan" if value != value else struct.pack("<d", value)
    if one_of(kind, (list, tuple)):
        return name_of(kind), *[fingerprint(item, depth + 1) for item in value]
    if is_array(value) or from_numpy(kind) and hasattr(value, "tobytes"):
        return name_of(kind), str(value.dtype), value.shape, value.tobytes()
    if one_of(BaseException, mro_of(kind)):
        return name_of(kind), fingerprint(args_of(value), depth + 1), lines(value)
    if one_of(kind, PLAIN):
        return name_of(kind), repr(value)
    return (name_of(kind),)


def lines(error):
    """The lines of the traceback below this module."""
    found, place = [], traceback_of(error).tb_next
    while place is not None:
        found.append(place.tb_lineno)
        place = place.tb_next
    return tuple(found)


def report(function, args, expected, found):
    """A difference, in full."""
    RECORDS.break_(function.__code__, 0, "compiler_failure", "native code gives something else")
    lines = [f"framejit: CHECK: native code differs in {function.__qualname__} ({function.__code__.co_filename}:{function.__code__.co_firstlineno})"]
    lines += [f"  arguments    {list(args)!r:.300}"]
    for name, (value, error, after) in (("interpreter", expected), ("native", found)):
        lines += [f"  {name:<12} {'raised ' + repr(error) if error is not None else repr(value):.300}", f"  {'':<12} arguments after it: {after!r:.300}"]
    print("\n".join(lines), file=sys.__stderr__)


__all__ = ["Checker", "fingerprint"]
