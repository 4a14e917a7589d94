"""Arithmetic on Python's int, float and bool: one row per operator and pair of kinds.

Ints are 64 bits with exits where they would not fit; floats are IEEE doubles without contraction.  What raises
(division by zero, a shift by a negative count) leaves before it happens.  NumPy's scalars: scalar_rules.py.
"""

from framejit.capture import scalar_kinds, tuples, values as v
from framejit.capture.entry import ONE_DIGIT
from framejit.tables.types import COMPLEX

EXACT = 2**53       # ints up to here are doubles
WIDE = "wide"       # part of the sites of shifts by more bits than an int of ours has


def is_real(value):
    """Whether it is a number that isn't complex."""
    return value.__class__ is v.Num and value.kind not in COMPLEX


def number(machine, value):
    """A value as a real number, or None: literals are lifted.  Complex ones have rules of their own (complex_numbers.py)."""
    if value.__class__ is v.Num:
        return value if is_real(value) else None
    if value.__class__ is v.Const:
        type_ = type(value.value)
        if type_ is int and -2**63 <= value.value < 2**63:
            return v.Num("int", machine.int(value.value), None if v.is_small(value.value) else machine.object(value.value))
        if type_ is float:
            return v.Num("float", machine.const("f64", value.value), machine.object(value.value))
        if type_ is bool:
            return v.Num("bool", machine.const("i1", value.value))
    return None


def as_int(machine, value):
    return value.node if value.kind == "int" else machine.emit("zext", value.node, attr="i64", type="i64") \
        if value.node.op != "const" else machine.int(int(value.node.attr))


def as_float(machine, value):
    if value.kind == "float":
        return value.node
    return machine.emit("sitofp", as_int(machine, value), attr="f64", type="f64")


# ---- ints

def int_result(node):
    return v.Num("int", node)


def checked(op):
    def compute(machine, x, y):
        return int_result(machine.emit(op, x, y, exit=machine.exit("overflow")))

    return compute


def power_of_two(node):
    return node.op == "const" and node.attr > 0 and node.attr & (node.attr - 1) == 0


def int_divisible(machine, x, y):
    machine.guard(machine.emit("icmp_ne", y, machine.int(0)), "zero division", error=ZeroDivisionError)
    if y.op != "const" or y.attr == -1:
        fits = machine.emit("ior", machine.emit("icmp_ne", y, machine.int(-1)), machine.emit("icmp_ne", x, machine.int(-2**63)))
        machine.guard(fits, "overflow")


def int_floordiv(machine, x, y):
    if power_of_two(y):
        return int_result(machine.emit("ashr", x, machine.int(y.attr.bit_length() - 1)))
    int_divisible(machine, x, y)
    quotient = machine.emit("sdiv", x, y)
    return int_result(machine.emit("select", rounds_down(machine, x, y), machine.emit("isub", quotient, machine.int(1)), quotient))


def rounds_down(machine, x, y):
    """The remainder isn't 0 and has not the divisor's sign."""
    remainder, zero = machine.emit("srem", x, y), machine.const(x.type, 0)
    differs = machine.emit("icmp_slt", machine.emit("ixor", remainder, y), zero)
    return machine.emit("iand", differs, machine.emit("icmp_ne", remainder, zero))


def int_mod(machine, x, y):
    if power_of_two(y):
        return int_result(machine.emit("iand", x, machine.int(y.attr - 1)))
    int_divisible(machine, x, y)
    remainder = machine.emit("srem", x, y)
    return int_result(machine.emit("select", rounds_down(machine, x, y), machine.emit("iadd", remainder, y), remainder))


def leaves_operand(machine, left, right, instruction):
    """x % y of ints is x itself where y has more digits: leaves there if anybody knows x.  Source: long_rem in longobject.c."""
    if (left.kind, right.kind) != ("int", "int") or right.node.op == "const" and abs(right.node.attr) <= ONE_DIGIT:
        return
    machine.note_seen(left)
    live = machine.live.get(instruction.next, -1)
    named = [entry for slot, entry in enumerate(machine.state.locals) if live >> slot & 1] + machine.state.names
    if left.box is None and not any([entry is left for entry in named]) and not tuples.held(machine.state, left, live):
        return
    near = machine.emit("icmp_ule", machine.emit("iadd", right.node, machine.int(ONE_DIGIT)), machine.int(2 * ONE_DIGIT))
    rest = machine.emit("select", near, machine.int(1), right.node)         # a divisor of 0 has its own exit
    other = machine.emit("icmp_ne", machine.emit("srem", left.node, rest), left.node)
    small = machine.emit("icmp_ule", machine.emit("iadd", left.node, machine.int(5)), machine.int(261))
    machine.guard(machine.emit("ior", machine.emit("ior", near, small), other), "identity")


def int_truediv(machine, x, y):
    machine.guard(machine.emit("icmp_ne", y, machine.int(0)), "zero division", error=ZeroDivisionError)
    for operand in (x, y):
        exact_as_double(machine, operand)
    return v.Num("float", machine.emit("fdiv", *[machine.emit("sitofp", operand, attr="f64", type="f64") for operand in (x, y)]))


def exact_as_double(machine, node):
    if node.op == "const" and abs(node.attr) <= EXACT:
        return
    shifted = machine.emit("iadd", node, machine.int(EXACT))
    machine.guard(machine.emit("icmp_ule", shifted, machine.int(2 * EXACT)), "inexact")


def int_power(machine, x, y):
    if y.op == "const" and y.attr == 1:
        return None                             # x ** 1 may be x itself
    if y.op == "const" and 0 <= y.attr <= 64:
        return int_result(repeated_squares(machine, x, y.attr))
    machine.guard(machine.emit("icmp_sge", y, machine.int(0)), "power")
    fits = machine.emit("pure_call", x, y, attr=("fj_int_power_fits", "i1"), type="i1")
    machine.guard(fits, "overflow")
    return int_result(machine.emit("pure_call", x, y, attr=("fj_int_power", "i64"), type="i64"))


def repeated_squares(machine, x, exponent):
    result, square = None, x
    while exponent:
        if exponent & 1:
            result = square if result is None else machine.emit("imul_ovf", result, square, exit=machine.exit("overflow"))
        exponent >>= 1
        if exponent:
            square = machine.emit("imul_ovf", square, square, exit=machine.exit("overflow"))
    return machine.int(1) if result is None else result


def repeated_squares_wrapping(machine, x, exponent):
    """x**exponent in the low bits, for any integer type."""
    result, square = None, x
    while exponent:
        if exponent & 1:
            result = square if result is None else machine.emit("imul", result, square)
        exponent >>= 1
        if exponent:
            square = machine.emit("imul", square, square)
    return machine.const(x.type, 1) if result is None else result


def int_lshift(machine, x, y):
    if x.op == "const" and x.attr >= 0:
        machine.guard(machine.emit("icmp_ule", y, machine.int(min(63 - x.attr.bit_length(), 62))), "shift")
        return int_result(machine.emit("shl", x, y))
    machine.guard(machine.emit("icmp_ult", y, machine.int(63)), "shift")
    shifted = machine.emit("shl", x, y)
    machine.guard(machine.emit("icmp_eq", machine.emit("ashr", shifted, y), x), "overflow")
    return int_result(shifted)


def int_rshift(machine, x, y):
    count = shift_count(machine, y)
    if not taken_at_once(machine):
        own = machine.emit("icmp_sgt", x, machine.int(-2 ** 30))        # below that, x >> 0 is x itself
        machine.guard(machine.emit("ior", own, machine.emit("icmp_ne", y, machine.int(0))), "identity")
    return int_result(machine.emit("ashr", x, count))


def shift_count(machine, y):
    """At most 63 bits: more are expected where they were seen, or where they are a literal."""
    site = (machine.instruction.unit, WIDE)
    if y.op != "const" and site not in machine.hints.sites:
        machine.guard(machine.emit("icmp_ule", y, machine.int(63)), "shift", machine.object(int), site)
        return y
    machine.guard(machine.emit("icmp_sge", y, machine.int(0)), "shift")
    return machine.emit("select", machine.emit("icmp_sgt", y, machine.int(63)), machine.int(63), y)


def taken_at_once(machine):
    """Whether the operator's result is computed with by the next instructions, so that nobody sees which object it is."""
    if machine.instruction.op != "BINARY" or machine.instruction.arg[1]:
        return False
    other, computed = (*machine.code.instructions[machine.index + 1:machine.index + 3], None, None)[:2]
    if computed is None or computed.op not in ("BINARY", "COMPARE") or machine.stops_at(other.unit) or machine.stops_at(computed.unit):
        return False
    value = other.arg if other.op == "LOAD_CONST" else machine.state.locals[other.arg] if other.op == "LOAD_FAST" else None
    return type(value) is int or value.__class__ is v.Num


def bitwise(op):
    return lambda machine, x, y: int_result(machine.emit(op, x, y))


INT_ROWS = {
    "+": checked("iadd_ovf"), "-": checked("isub_ovf"), "*": checked("imul_ovf"),
    "//": int_floordiv, "%": int_mod, "/": int_truediv, "**": int_power, "<<": int_lshift, ">>": int_rshift,
    "&": bitwise("iand"), "|": bitwise("ior"), "^": bitwise("ixor"),
}


# ---- floats

def float_result(node):
    return v.Num("float", node)


def float_plain(op):
    return lambda machine, x, y: float_result(machine.emit(op, x, y))


def float_divisor(machine, y):
    machine.guard(machine.emit("fcmp_une", y, machine.const("f64", 0.0)), "zero division", error=ZeroDivisionError)


def float_truediv(machine, x, y):
    float_divisor(machine, y)
    return float_result(machine.emit("fdiv", x, y))


def float_call(function):
    def compute(machine, x, y):
        float_divisor(machine, y)
        return float_result(machine.emit("pure_call", x, y, attr=(function, "f64"), type="f64"))

    return compute


def finite(machine, node, kind):
    """Leave unless the result is finite: errors and special cases are the interpreter's."""
    below(machine, node, float("inf"), kind)


def below(machine, node, bound, kind="domain"):
    """Leave unless a float's magnitude is less than the bound; NaN leaves."""
    machine.guard(machine.emit("fcmp_olt", machine.emit("fabs", node), machine.const("f64", bound)), kind)


def float_power(machine, x, y):
    """CPython's own special cases all begin with an operand or a result that isn't finite."""
    result = machine.emit("pure_call", x, y, attr=("pow", "f64"), type="f64")
    finite(machine, result, "domain")
    finite(machine, y, "domain")
    machine.guard(machine.emit("ior", machine.emit("fcmp_une", x, machine.const("f64", 0.0)),
                               machine.emit("fcmp_oge", y, machine.const("f64", 0.0))), "domain")
    return float_result(result)


FLOAT_ROWS = {
    "+": float_plain("fadd"), "-": float_plain("fsub"), "*": float_plain("fmul"), "/": float_truediv,
    "//": float_call("fj_float_floordiv"), "%": float_call("fj_float_mod"), "**": float_power,
}
BOOL_ROWS = {"&": "iand", "|": "ior", "^": "ixor"}


def binary(machine, symbol, left, right):
    """The result of a Python operator on two Python numbers, or None where there is no row."""
    kinds = (left.kind, right.kind)
    if kinds == ("bool", "bool") and symbol in BOOL_ROWS:
        return v.Num("bool", machine.emit(BOOL_ROWS[symbol], left.node, right.node))
    if "float" in kinds:
        row = FLOAT_ROWS.get(symbol)
        return None if row is None else row(machine, as_float(machine, left), as_float(machine, right))
    row = INT_ROWS.get(symbol)
    return None if row is None else row(machine, as_int(machine, left), as_int(machine, right))


INT_PREDICATES = {"<": "icmp_slt", "<=": "icmp_sle", "==": "icmp_eq", "!=": "icmp_ne", ">": "icmp_sgt", ">=": "icmp_sge"}
FLOAT_PREDICATES = {"<": "fcmp_olt", "<=": "fcmp_ole", "==": "fcmp_oeq", "!=": "fcmp_une", ">": "fcmp_ogt", ">=": "fcmp_oge"}


def compare(machine, symbol, left, right):
    """i1 node of a comparison of Python numbers; int against float is exact."""
    if "float" in (left.kind, right.kind):
        for value in (left, right):
            if value.kind == "int":
                exact_as_double(machine, value.node)
        return machine.emit(FLOAT_PREDICATES[symbol], as_float(machine, left), as_float(machine, right))
    return machine.emit(INT_PREDICATES[symbol], as_int(machine, left), as_int(machine, right))


def negative(machine, value):
    if value.kind == "float":
        return v.Num("float", machine.emit("fneg", value.node))
    return int_result(machine.emit("isub_ovf", machine.int(0), as_int(machine, value), exit=machine.exit("overflow")))


def positive(machine, value):
    return value if value.kind != "bool" else int_result(as_int(machine, value))


def inverted(machine, value):
    if value.kind != "int":
        return None
    return int_result(machine.emit("ixor", value.node, machine.int(-1)))


def converted_for_store(machine, value, kind):
    """`a[i] = value`: a Python or NumPy number as the array's element kind, or None.

    Leaves where NumPy would warn, raise or wrap around.
    """
    value = number(machine, value)
    return None if value is None else scalar_kinds.stored(machine, value, kind)
