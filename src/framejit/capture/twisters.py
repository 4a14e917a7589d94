"""Methods of Python's own random generators: numbers are drawn where native code runs (ext/twister.c).

    random.random(), rng.random(), draw = rng.random; draw()        ->  the operation `draw`, of what the method is bound to
    self.getrandbits(k)     ->  `draw_integer`, for up to 63 bits

What random.Random has beside these is Python code, which is compiled as any other.
"""

from framejit.capture import numbers, values as v
from framejit.capture.draws import PYTHONS, PYTHONS_BITS
from framejit.capture.function_table import FUNCTIONS, counted, python_int
from framejit.tables.generators import twister_type

MOST_BITS = 63
names_of = type.__dict__["__dict__"].__get__


def number(machine, arguments, instruction):
    if len(arguments) != 1:
        return None
    counted(machine)
    return v.Num("float", machine.emit("draw", arguments[0].node, machine.const("f64", -0.0), machine.const("f64", 1.0), attr=PYTHONS))


def bits(machine, arguments, instruction):
    count = python_int(machine, arguments[1]) if len(arguments) == 2 else None
    if count is None:
        return None
    counted(machine)
    count = numbers.as_int(machine, count)
    machine.guard(machine.emit("icmp_ule", count, machine.int(MOST_BITS)), "domain")
    return v.Num("int", machine.emit("draw_integer", arguments[0].node, count, machine.int(0), attr=PYTHONS_BITS))


ROWS = {"random": number, "getrandbits": bits}


def method(name):
    """The class's method of that name, which has a row in FUNCTIONS now; or None."""
    found = names_of(twister_type()).get(name) if name in ROWS else None
    if found is not None and id(found) not in FUNCTIONS:
        FUNCTIONS[id(found)] = (found, ROWS[name])
    return found


def is_method(found):
    return method(found.__name__) is found


def like(found):
    """A method like this one, bound."""
    return found.__get__(twister_type()(0))


__all__ = ["is_method", "like", "method"]
