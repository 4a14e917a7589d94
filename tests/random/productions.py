"""What random expressions are made of: rows (weight, template) per kind of value.

A hole `{kind}` is filled with a random expression of that kind.  Divisors, arguments of `math` functions and indices
are mostly tamed (`posint`, `posfloat`, `tame`), and now and then not, so that programs run for a while before they
surprise.  Products of two variables are always reduced again, so that integers grow by a few bits an iteration only.
"""

INTS = ["0", "1", "2", "3", "5", "7", "10", "100", "-1", "-2", "-5", "-6", "255", "256", "257", "1000003"]
WIDE_INTS = ["2147483647", "2147483648", "-2147483648", "4294967295", "4611686018427387904", "9223372036854775807",
             "-9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615",
             "18446744073709551616", "-18446744073709551617"]
FLOATS = ["0.0", "-0.0", "0.5", "1.0", "1.5", "-2.25", "3.7", "-1.0", "100.0", "2.5", "0.1"]
WIDE_FLOATS = ["1e300", "-1e300", "5e-324", "1e-5", "9007199254740993.0", "9.3e18", "-9.3e18", "1e999", "-1e999"]
SCALARS = ["float64", "float64", "float32", "int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64", "bool_"]
DTYPES = ["float64", "float64", "float64", "int64", "int64", "float32", "int32", "uint8", "int8", "int16", "uint16",
          "uint32", "uint64", "bool", "float16", ">f8", ">i4", "complex128", "object"]

EXPRESSIONS = {
    "int": [
        (14, "{int.variable}"), (6, "{int.constant}"), (5, "({int} + {int})"), (4, "({int} - {int})"),
        (3, "({int} * {smallint})"), (3, "({int} // {posint})"), (3, "({int} % {posint})"), (2, "({int} & {int})"),
        (1, "({int} | {int})"), (2, "({int} ^ {int})"), (1, "({int} << {shift})"), (2, "({int} >> {shift})"), (1, "(-{int})"),
        (1, "(~{int})"), (2, "abs({int})"), (1, "min({int}, {int})"), (1, "max({int}, {int}, {int})"), (1, "int({tame})"),
        (1, "int({bool})"), (2, "len({list})"), (2, "({int} if {bool} else {int})"), (1, "pow({int}, {tiny}, 97)"),
        (1, "({smallint} ** {tiny})"), (1, "divmod({int}, {posint})[{bit}]"), (1, "round({tame})"),
        (2, "(({int} * {int}) % 1000003)"), (2, "(({int} * {int}) & 0xFFFF)"), (5, "{lint}[{index}]"), (1, "math.floor({tame})"),
        (1, "math.gcd({int}, {int})"), (1, "plain({int})"), (1, "G_INT"), (1, "({int} + {bool})"), (1, "{llist}[{index}][{index}]"),
        (1, "int({np})"), (1, "{tuple}[{bit}]"), (1, "(+{int})"), (1, "round({int})"), (1, "{array}.shape[0]"), (1, "{array}.size"),
        (1, "math.trunc({tame})"), (1, "int({int})"), (0.5, "{named_int}"), (0.5, "len({pair})"),
        (0.5, "math.isqrt({int} & 0xFFFF)"), (0.2, "math.isqrt({int})"), (0.3, "math.comb({int} % 40, {tiny})"), (0.3, "math.factorial({int} & 15)"),
        (0.3, "math.lcm({int}, {digit})"), (0.3, "pow({smallint}, {tiny})"), (0.3, "math.frexp({float})[1]"), (0.3, "math.perm({digit}, {int})"),
        (0.3, "math.floor({int})"), (5, "{obj}.count"), (3, "{obj}.step({int})"), (1, "{obj}.share"), (0.5, "{obj}.grown()"), (0.3, "{obj}.twin"), (2, "told({obj}, {int})"),
    ],
    "float": [
        (14, "{float.variable}"), (5, "{float.constant}"), (5, "({float} + {float})"), (4, "({float} - {float})"),
        (4, "({float} * {float})"), (4, "({float} / {posfloat})"), (1, "({float} // {posfloat})"), (2, "({float} % {posfloat})"),
        (1, "({float} ** {tiny})"), (1, "(-{float})"), (1, "abs({float})"), (1, "min({float}, {float})"), (1, "max({float}, {float})"),
        (2, "float({int})"), (2, "({int} / {posint})"), (2, "math.sqrt(abs({float}))"), (1, "math.sin({tame})"), (1, "math.cos({tame})"),
        (1, "math.exp(-abs({float}))"), (1, "math.log(abs({float}) + 1.0)"), (1, "math.atan2({float}, {float})"), (1, "math.hypot({float}, {float})"),
        (1, "math.fabs({float})"), (1, "math.tanh({float})"), (1, "math.fmod({tame}, 3.0)"), (1, "math.copysign({float}, -1.0)"),
        (1, "math.ldexp({float}, {tiny})"), (1, "round({float}, 2)"), (2, "({float} if {bool} else {float})"), (5, "{lfloat}[{index}]"),
        (1, "float({np})"), (1, "math.pi"), (1, "math.inf"), (1, "G_FLOAT"), (2, "({int} + {float})"), (2, "({float} * {int})"),
        (1, "({float} - {bool})"), (1, "plain({float})"), (0.3, "math.sqrt({float})"), (0.3, "math.log({float})"), (1, "math.sqrt({float} * {float})"), (1, "({float} / {float})"),
        (1, "divmod({float}, {posfloat})[{bit}]"), (1, "(+{float})"), (1, "float({float})"), (1, "math.nan"), (1, "np.pi"),
        (1, "math.pow({float}, {tiny})"), (1, "math.degrees({float})"), (0.5, "{named_float}"),
        (0.5, "math.modf({float})[{bit}]"), (0.5, "math.frexp({float})[0]"), (0.5, "math.lgamma({float})"), (0.3, "math.gamma({tame})"), (0.5, "round({float}, {digit})"),
        (5, "{obj}.weight"), (3, "{obj}.scaled({float})"), (2, "weighed({obj}, {float})"), (1, "({obj}.weight - {obj}.weight)"),
        (0.3, "math.ulp({float})"), (0.3, "math.hypot({num}, {num})"), (0.3, "math.log(abs({float}) + 1.0, {posfloat})"), (0.3, "math.pow({int}, {tiny})"),
    ],
    "bool": [
        (4, "{bool.variable}"), (2, "{bool.constant}"), (5, "({int} < {int})"), (3, "({int} == {int})"), (2, "({int} != {int})"),
        (4, "({float} < {float})"), (2, "({float} >= {float})"), (1, "({float} == {float})"), (2, "({int} <= {float})"), (2, "({int} < {int} <= {int})"),
        (1, "({float} > {num} != {int})"), (2, "(not {bool})"), (2, "({bool} and {bool})"), (2, "({bool} or {bool})"), (1, "({anything} is None)"),
        (1, "({anything} is not {anything})"), (1, "({int} in range({small}, {small}))"), (1, "({int} in range({small}, 100, 3))"), (1, "({int} in (1, 2, 3))"),
        (1, "({float} not in (0.0, 1.5))"), (1, "math.isnan({float})"), (1, "math.isinf({float})"), (1, "bool({num})"), (1, "({bool} == {bool})"),
        (1, "({bool} & {bool})"), (1, "({bool} ^ {bool})"), (2, "({int} % 3 == 0)"), (2, "({int} & 1)"), (1, "({lbool}[{index}])"), (1, "({np} > {num})"),
        (1, "isinstance({anything}, int)"), (2, "({obj} is {obj})"), (1, "isinstance({obj}, Left)"), (1, "({obj}.count == {obj}.count)"), (0.3, "({obj} == {obj})"), (0.3, "(not {obj})"), (0.5, "({pair}[{bit}] is {anything})"), (0.3, "({anything} is {pair}[{bit}])"), (1, "({num} == {num})"), (1, "math.isfinite({float})"),
        (0.5, "({np} in range({small}, 100, 3))"), (0.5, "({np} in (1, 2.5, {num}))"), (0.5, "({float} in (0.5, {float}))"), (0.5, "math.isclose({num}, {num})"),
    ],
    "num": [(6, "{int}"), (6, "{float}"), (2, "{bool}"), (3, "{np}"), (1, "({int} or {float})"), (1, "({float} and {int})"), (2, "{lmix}[{index}]"),
            (2, "({num} + {num})"), (1, "({num} - {num})"), (1, "({num} if {bool} else {num})"), (1, "min({num}, {num})"), (1, "max({num}, {num})")],
    "np": [(6, "{np.variable}"), (8, "{element}"), (2, "({np} + {np})"), (2, "({np} * {smallint})"), (1, "({np} - {num})"), (1, "(-{np})"), (1, "abs({np})"),
           (1, "({np} / {num})"), (1, "({np} // {np})"), (1, "({np} % {num})"), (1, "({np} ** {tiny})"), (1, "(np.{integer}({digit}) & {smallpositive})"), (1, "(np.{integer}({digit}) << {shift})"), (1, "(np.{integer}({digit}) * np.{integer}(100))"), (0.1, "({np} & {np})"),
           (2, "np.{scalar}({int_or_float})"), (1, "({float} * {np})"), (1, "({int} + {np})"), (1, "({np} if {bool} else {np})"), (1, "({np} * {np})")],
    "lint": [(8, "{lint.variable}"), (1, "([0] * ({small} + 3))"), (2, "[{int}, {int}, {int}]"), (1, "([{int}] * 5)"), (0.5, "[c0 + 1 for c0 in {lint.variable}]"), (0.3, "{lint}[{bit}:]")],
    "lfloat": [(8, "{lfloat.variable}"), (1, "([0.0] * ({small} + 3))"), (2, "[{float}, {float}, {float}]")],
    "lbool": [(4, "{lbool.variable}"), (1, "([True] * ({small} + 3))"), (2, "[{bool}, True, {bool}]")],
    "lmix": [(4, "{lmix.variable}"), (1, "[{num}, {num}, None]"), (1, "[{int}, {float}, {bool}]")],
    "llist": [(4, "{llist.variable}"), (1, "[[{int}, {int}], [{int}, {int}]]"), (1, "[{lint}, {lint}]")],
    "tuple": [(3, "{tuple.variable}"), (2, "({num}, {num})"), (1, "({int}, {float})"), (1, "({float}, {float})")],
    "pair": [(4, "{pair.variable}"), (2, "({lint}, {num})"), (1, "({num}, {lfloat})"), (1, "({num}, {num})"), (0.5, "({pair}, {num})"),
             (1, "({tuple.variable}, {num})"), (0.5, "(({num}, {tuple.variable}), {num})"), (0.5, "(plain({tuple.variable}), {pair.variable})")],
    "obj": [(8, "{obj.variable}"), (2, "{lobj}[{index}]"), (1, "Left({int})"), (1, "Right({int}, {float})"), (1, "Middle({int})"), (0.5, "({obj} if {bool} else {obj})"), (0.3, "plain({obj})")],
    "lobj": [(6, "{lobj.variable}"), (1, "[{obj}, {obj}, {obj}]"), (0.3, "[Left(c0) for c0 in {lint}[:9]]")],
    "list": [(3, "{lint}"), (2, "{lfloat}"), (1, "{lbool}"), (1, "{lmix}"), (1, "{llist}")],
    "none": [(1, "None")],
    "anything": [(4, "{num}"), (1, "None"), (1, "{list}"), (1, "{tuple}"), (1, "{pair}")],
    "int_or_float": [(2, "{int}"), (2, "{float}"), (1, "{bool}")],
    "posint": [(5, "{digit}"), (4, "({int} % 7 + 1)"), (1, "{int}")],
    "posfloat": [(4, "{posconstant}"), (4, "(abs({float}) + 1.0)"), (1, "{float}")],
    "tame": [(3, "({float} % 100.0)"), (3, "({int} % 50 * 0.25)"), (1, "{float}")],
    "shift": [(4, "{bit}"), (1, "({int} & 3)"), (1, "3")],
    "small": [(3, "{digit}"), (2, "({int} % 12)"), (1, "{tiny}")],
}

# kinds whose text is drawn from a list
DRAWN = {
    "digit": list("123456789"), "tiny": list("01234"), "bit": list("01"), "smallint": [*map(str, range(10)), "-1", "-3", "-7"],
    "posconstant": ["0.5", "2.0", "3.0", "-1.5", "7.25", "1e-3"], "scalar": SCALARS, "integer": SCALARS[3:-1], "smallpositive": ["1", "3", "100"], "bool.constant": ["True", "False"], "none.constant": ["None"],
}

AUGMENTED = {
    "int": [("+=", "int"), ("+=", "int"), ("-=", "int"), ("*=", "smallint"), ("//=", "posint"), ("%=", "posint"), ("^=", "int"), ("&=", "int"), ("|=", "int"), (">>=", "shift"), ("<<=", "bit")],
    "float": [("+=", "float"), ("+=", "num"), ("-=", "float"), ("*=", "float"), ("/=", "posfloat"), ("%=", "posfloat"), ("+=", "int"), ("**=", "bit")],
    "bool": [("&=", "bool"), ("|=", "bool"), ("^=", "bool"), ("+=", "bool")],
    "np": [("+=", "num"), ("-=", "np"), ("*=", "smallint"), ("/=", "posfloat")],
}

# statements with objects in global names; x: any variable, a list of ints from then on
GLOBAL_OBJECTS = ["G_ROW = {lint}", "G_ROW = {llist}[{index}]", "x = G_ROW", "x = {llist}[{index}]", "G_INT = G_ROW[{index}]", "G_ROW[{index}] = {int}",
                  "G_ONE = Loud({int})", "G_ONE = [Loud({int}), {int}]", "G_TWO = G_ONE", "G_ONE = None", "G_ONE, G_TWO = G_TWO, G_ONE", "G_TWO = {num}",
                  "G_ONE = G_ROW", "G_ONE, G_TWO = {int}, G_ROW", "G_TWO = {int}, {float}", "G_ONE = G_TWO = {lint}"]

# the kinds of parameters and locals of one program, as often as they are drawn; the last one leaves nothing out
NUMBERS = ["int"] * 4 + ["float"] * 4 + ["bool"]
PROFILES = {
    "scalars": NUMBERS,
    "lists": NUMBERS + ["lint"] * 3 + ["lfloat"] * 3 + ["lbool", "llist"],
    "arrays": NUMBERS + ["array"] * 3 + ["array2"] * 3 + ["np"] * 2,
    "mixed": NUMBERS + ["lint", "lfloat", "lmix", "lmix", "tuple", "tuple", "pair", "pair", "llist"],
    "objects": NUMBERS + ["obj"] * 4 + ["lobj"] * 3 + ["lint"] * 2,
    "everything": NUMBERS + ["lint"] * 2 + ["lfloat"] * 2 + ["lbool", "lmix", "llist", "tuple", "pair", "np", "np", "array", "array", "array2", "array2", "obj", "lobj"],
}
# what a profile has to have for a hole to be filled, and what a list's elements are
NEEDS = {"np": "np", "element": "np", "array": "array", "array2": "array2", "lint": "lint", "lfloat": "lfloat", "lbool": "lbool", "lmix": "lmix",
         "llist": "llist", "list": "lint", "tuple": "tuple", "pair": "pair", "scalar": "np", "integer": "np", "anything": "lmix", "obj": "obj", "lobj": "lobj"}
ELEMENTS = {"lint": "int", "lfloat": "float", "lbool": "bool", "lmix": "num", "llist": "lint", "lobj": "obj"}
# and what objects have
ATTRIBUTES = {"count": "int", "weight": "float", "share": "int", "extra": "num"}
