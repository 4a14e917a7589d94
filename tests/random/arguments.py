"""Random argument lists, as text: values like those that the program was written for, then ones that surprise."""

from tests.random import productions as rows


def value(random, kind, wide):
    """An expression for an argument of that kind; `wide` makes extreme ones likely."""
    return MAKERS[kind](random, wide)


def surprise(random, kind):
    """An argument of another kind, or an extreme one of this kind."""
    if random.random() < 0.5:
        return value(random, kind, True)
    return value(random, random.choice(list(MAKERS)), False)


def integer(random, wide):
    if wide and random.random() < 0.6:
        return random.choice(rows.WIDE_INTS)
    return str(random.randint(-20, 60)) if random.random() < 0.7 else random.choice(rows.INTS)


def real(random, wide):
    if wide and random.random() < 0.6:
        return random.choice([*rows.WIDE_FLOATS, "math.nan", "-0.0"])
    return repr(round(random.uniform(-10, 10), 3)) if random.random() < 0.7 else random.choice(rows.FLOATS)


def truth(random, wide):
    return random.choice(["True", "False"])


def scalar(random, wide):
    name = random.choice(rows.SCALARS)
    unsigned = name.startswith("u") or name == "bool_"
    if wide and name not in ("float64", "float32", "bool_"):
        return f"np.{name}(np.iinfo(np.{name}).{random.choice(['max', 'min'])})"
    number = random.randint(0, 100) if unsigned else random.randint(-100, 100)
    return f"np.{name}({number})" if not name.startswith("float") else f"np.{name}({real(random, wide)})"


def sequence(element):
    def make(random, wide):
        length = random.choice([0, 1, 3]) if wide else random.randint(3, 9)
        return "[" + ", ".join(element(random, wide) for _ in range(length)) + "]"
    return make


def mixed(random, wide):
    return random.choice([integer, real, truth, scalar])(random, wide)


def nested(random, wide):
    width = random.randint(2, 4)
    rows_of = [[integer(random, wide) for _ in range(width)] for _ in range(random.randint(2, 4))]
    if wide:
        rows_of[-1] = rows_of[-1][:1]
    return "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows_of) + "]"


def pair(random, wide):
    return f"({mixed(random, wide)}, {mixed(random, False)})"


def objects(random, wide):
    """A tuple of a list and a number."""
    return f"({sequence(integer)(random, wide)}, {mixed(random, wide)})"


def array(random, wide, shapes=((6,), (9,), (7,))):
    """An array, in C or another order; wide: of any dtype and shape, writable or not."""
    dtype = random.choice(rows.DTYPES if wide else rows.DTYPES[:14])
    shape = random.choice([*shapes, (0,), (1,), (2, 3, 2), (3, 3)] if wide else shapes)
    size = 1
    for extent in shape:
        size *= extent
    start = random.choice(["0", "1", "-3", "200"])
    made = f"np.arange({start}, {start} + {size}).astype('{dtype}').reshape({shape})"
    layouts = ["", "", "", ".copy(order='F')", "[::-1]", ".T"]
    made += random.choice(layouts)
    return f"locked({made})" if wide and random.random() < 0.2 else made


def table(random, wide):
    """An array of rank 2."""
    return array(random, wide, ((4, 5), (3, 3), (6, 4)))


def instance(random, wide):
    """An object of the program's."""
    return f"{random.choice(['Left', 'Left', 'Right', 'Middle'])}({integer(random, wide)}, {real(random, wide)})"


def nothing(random, wide):
    return "None"


MAKERS = {
    "int": integer, "float": real, "bool": truth, "np": scalar, "lint": sequence(integer), "lfloat": sequence(real), "lbool": sequence(truth),
    "lmix": sequence(mixed), "llist": nested, "tuple": pair, "pair": objects, "array": array, "array2": table, "none": nothing, "obj": instance, "lobj": sequence(instance),
}
