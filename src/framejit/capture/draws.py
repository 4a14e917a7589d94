"""Numbers that random generators draw one by one: rng.random(), rng.normal(0.0, 2.0), np.random.randint(10) (ext/draws.c, legacy_draws.c)."""

from framejit.capture import array_calls, expressions, numbers, scalar_kinds, values as v
from framejit.capture.subscripts import element, has_numbers
from framejit.capture.whole_results import is_named
from framejit.tables.types import KINDS

UNIFORM, NORMAL, LEGACY_UNIFORM, LEGACY_NORMAL, LEGACY_EXPONENTIAL, PYTHONS = range(6)      # ext/draws.h
INTEGER, LEGACY_INTEGER, PYTHONS_BITS = range(3)
FLOATS = {              # what is called -> what is drawn, and parameters: where it begins, or what it is about; how far it reaches
    "r.random": (UNIFORM, "", ""), "r.uniform": (UNIFORM, "low", "high"), "r.standard_normal": (NORMAL, "", ""), "r.normal": (NORMAL, "loc", "scale"),
    **dict.fromkeys(("s.random", "s.random_sample", "s.rand"), (LEGACY_UNIFORM, "", "")), "s.uniform": (LEGACY_UNIFORM, "low", "high"),
    **dict.fromkeys(("s.standard_normal", "s.randn"), (LEGACY_NORMAL, "", "")), "s.normal": (LEGACY_NORMAL, "loc", "scale"),
    "s.standard_exponential": (LEGACY_EXPONENTIAL, "", ""), "s.exponential": (LEGACY_EXPONENTIAL, "", "scale"),
}
CHOICES = {"r.choice": INTEGER, "s.choice": LEGACY_INTEGER}         # what draws the number of what is chosen
INTEGERS = {"r.integers": (INTEGER, "int64"), "s.randint": (LEGACY_INTEGER, "int")}      # and the kind of number that is given


def drawn(machine, instruction, row, given):
    """Whether one number is drawn, which takes the place of the call."""
    if row.name == "choice":
        return chosen(machine, instruction, row, given)
    if is_named(given, "size") or "dtype" in given or any([expressions.is_whole(value) for value in given.values()]):
        return False
    result = floating(machine, *FLOATS[row.calls], given) if row.calls in FLOATS else integer(machine, *INTEGERS[row.calls], given) if row.calls in INTEGERS else None
    if result is None:
        return False
    done(machine)
    array_calls.put(machine, instruction.arg[0] + 2, result, None, [])
    return True


def done(machine):
    """Leaves where nothing has been drawn."""
    status = machine.emit("number")
    expressions.left_alone(machine, status)
    machine.guard(machine.emit("icmp_slt", status, machine.int(2)), "array")
    expressions.others_wait(machine, status)


def chosen(machine, instruction, row, given):
    """Whether one of the integers below a number, or one element of an array with one axis, has been chosen."""
    a, what = given["a"], CHOICES[row.calls]
    known = a.__class__ is v.Array and a.ndim == 1 and a.kind in KINDS and has_numbers(a) and not expressions.is_temporary(machine, a)
    if is_named(given, "size") or not known and expressions.is_whole(a):
        return False
    number = None if known else numbers.number(machine, a)
    if not known and (number is None or number.kind != "int"):
        return False
    count = a.dims[0] if known else number.node
    index = machine.emit("draw_integer", given["rng"].node, machine.int(0), count, attr=what)
    done(machine)
    array_calls.put(machine, instruction.arg[0] + 2, element(machine, a, [index]) if known else v.Num("int", index), None, [])
    return True


def floating(machine, what, first, second, given):
    begins = 0.0 if first else -0.0         # nothing is added: a number may be -0.0
    a, b = [double(machine, given.get(one), usual) for one, usual in ((first, begins), (second, 1.0))]
    if a is None or b is None:
        return None
    b = machine.emit("fsub", b, a) if second == "high" else b
    return v.Num("float", machine.emit("draw", given["rng"].node, a, b, attr=what))


def double(machine, value, usual):
    """A number as a double, or None."""
    if value is None:
        return machine.const("f64", usual)
    number = numbers.number(machine, value)
    return None if number is None or KINDS[number.kind].machine == "i1" else scalar_kinds.as_double(machine, number)


def integer(machine, what, kind, given):
    """From the first number up to the second, or from zero up to the only one."""
    if "endpoint" in given:
        return None
    high = given.get("high") if is_named(given, "high") else None
    ends = [numbers.number(machine, one) for one in ((given["low"], high) if high is not None else (v.Const(0), given["low"]))]
    if not all([number is not None and KINDS[number.kind].machine == "i64" and KINDS[number.kind].signed for number in ends]):
        return None
    return v.Num(kind, machine.emit("draw_integer", given["rng"].node, *[number.node for number in ends], attr=what))


__all__ = ["PYTHONS", "PYTHONS_BITS", "drawn"]
