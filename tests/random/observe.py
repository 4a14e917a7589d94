"""What can be seen of a program's run, as text: two runs are alike if their texts are.

Values are written with type and bits; an object that turns up again is written as a reference to its first place, so
that identity counts.  NaNs are alike whatever their sign and payload.
"""

import dis
import functools
import io
import re
import sys
import warnings

import numpy as np

FILENAME = "<program>"
SKIPPED = {"CALLS", "__builtins__", "__warningregistry__", "f"}


class Picture:
    """Writes values as text; one picture numbers the objects of all values that it is shown."""

    def __init__(self):
        self.places = {}
        self.alive = []
        self.local = False      # in a frame's locals: a new number under two names may be two objects there (docs/contract.md)

    def of(self, value):
        """The text of a value."""
        if value is None or isinstance(value, bool) or (type(value) is int and -6 < value < 257):
            return repr(value)
        if id(value) in self.places:
            return f"#{self.places[id(value)]}"
        if not (self.local and isinstance(value, (int, float, np.generic))):
            self.places[id(value)] = len(self.places)
            self.alive.append(value)
        return f"{type(value).__name__}:{writer_of(type(value))(self, value)}"

    def sequence(self, value):
        return "(" + ", ".join(map(self.of, value)) + ")"

    def mapping(self, value):
        return "{" + ", ".join(f"{self.of(key)}: {self.of(item)}" for key, item in value.items()) + "}"

    def instance(self, value):
        return self.mapping(value.__dict__) if type(value).__module__ == "program" else ""

    def array(self, value):
        body = self.sequence(value.ravel().tolist()) if value.dtype == object else "nan-free " + np.nan_to_num(value, nan=-123.0).tobytes().hex() if value.dtype.kind in "fc" else value.tobytes().hex()
        return f"{value.dtype.str} {value.shape} {value.strides} {value.flags.writeable} {body}"

    def scalar(self, value):
        if isinstance(value, np.inexact) and np.isnan(value):
            return f"{value.dtype.str} nan"
        return f"{value.dtype.str} {value.tobytes().hex()}"

    def error(self, value):
        return f"{self.sequence(value.args)} context={self.of(value.__context__)}"


# the first kind that fits counts
WRITERS = {
    np.generic: Picture.scalar,
    float: lambda picture, value: "nan" if value != value else value.hex(),
    int: lambda picture, value: hex(value),
    complex: lambda picture, value: repr(value),
    str: lambda picture, value: repr(value),
    (list, tuple): Picture.sequence,
    dict: Picture.mapping,
    np.ndarray: Picture.array,
    range: lambda picture, value: repr(value),
    BaseException: Picture.error,
    object: Picture.instance,
}


@functools.cache
def writer_of(type):
    """The row for objects of this type."""
    return next(write for kind, write in WRITERS.items() if issubclass(type, kind))


def frames(error, picture):
    """The traceback's lines with their positions, and the locals of each of the program's frames."""
    lines = []
    entry = error.__traceback__
    picture.local = True
    while entry is not None:
        code = entry.tb_frame.f_code
        if code.co_filename == FILENAME:
            position = list(code.co_positions())[second_half(code, entry.tb_lasti, error) // 2]
            held = {} if code.co_name == "<module>" else {name: picture.of(value) for name, value in sorted(entry.tb_frame.f_locals.items())}
            lines.append(f"{code.co_name} line {position[0]} at {position} locals {held}")
        entry = entry.tb_next
    picture.local = False
    return lines


def second_half(code, offset, error):
    """Where the load of an unbound variable stands.  3.11 joins it with the load before it once that has run a few times, and
    then says that one's place: which of the two is told depends on how often the interpreter has run them."""
    unbound = re.match("cannot access local variable '(.*)' where", str(error)) if isinstance(error, UnboundLocalError) else None
    if unbound is None or sys.version_info >= (3, 12):
        return offset
    names = {instruction.offset: instruction.argval for instruction in dis.get_instructions(code) if instruction.opname.endswith("_FAST")}
    return offset + 2 if names.get(offset) != unbound[1] == names.get(offset + 2) else offset


def outcome(function, values):
    """(result, None) or (None, the exception)."""
    try:
        return function(*values), None
    except Exception as raised:
        return None, raised


def call(function, namespace, arguments):
    """Calls the function with arguments made from their text; what was seen, as {aspect: text}."""
    values = eval(arguments, namespace)
    output, picture = io.StringIO(), Picture()
    stdout, sys.stdout = sys.stdout, output
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            result, error = outcome(function, values)
    finally:
        sys.stdout = stdout
    visible = [(name, value) for name, value in sorted(namespace.items()) if name not in SKIPPED and not callable(value) and type(value).__name__ != "module"]
    seen = {
        "exception": "none" if error is None else picture.of(error),
        "result": picture.of(result),
        "arguments": picture.of(values),
        "traceback": "" if error is None else "\n".join(frames(error, picture)),
        "warnings": "\n".join(f"{w.category.__name__} {w.message} {w.filename}:{w.lineno}" for w in warned),
        "output": output.getvalue(),
        "globals": ", ".join(f"{name}={picture.of(value)}" for name, value in visible),
    }
    while error is not None:        # its traceback leads here: what it keeps alive is to die now, not in some collection
        error.__traceback__, error = None, error.__context__
    return seen
