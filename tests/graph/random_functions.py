"""Random functions of three ints: loops, branches, divisions, masks, indices, near the edges of 64 bits and far away."""

from hypothesis import strategies as st

NAMES = ("a", "b", "c", "x", "y", "i", "j")
NUMBERS = (0, 1, -1, 2, 3, 7, 8, -5, 63, 100, 2**31, 2**53, 2**62, -2**63, 2**63 - 1)
OPERATORS = ("+", "-", "*", "%", "//", "&", "|", "^", "<<", ">>")
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


def atom(draw):
    if draw(st.integers(0, 3)) == 0:
        return str(draw(st.sampled_from(NUMBERS)))
    return draw(st.sampled_from(NAMES))


def expression(draw, depth=2):
    kind = draw(st.integers(0, 9))
    if depth == 0 or kind < 2:
        return atom(draw)
    left = expression(draw, depth - 1)
    if kind == 2:
        return f"({left} % {draw(st.sampled_from((7, 8, 1000003)))})"
    if kind == 3:
        return f"({left} & {draw(st.sampled_from((1, 15, 255)))})"
    if kind == 4:
        return f"({left} if {condition(draw)} else {expression(draw, depth - 1)})"
    if kind == 5:
        return f"values[{left} % 5 - {draw(st.integers(0, 3))}]"
    operator = draw(st.sampled_from(OPERATORS))
    if operator in ("<<", ">>"):
        return f"({left} {operator} ({atom(draw)} & {draw(st.sampled_from((3, 31)))}))"
    return f"({left} {operator} {expression(draw, depth - 1)})"


def condition(draw):
    return f"{atom(draw)} {draw(st.sampled_from(COMPARISONS))} {expression(draw, 1)}"


def block(draw, indent, depth, loops):
    return "".join([statement(draw, indent, depth, loops) for _ in range(draw(st.integers(1, 3)))])


def statement(draw, indent, depth, loops):
    space = "    " * indent
    kind = draw(st.integers(0, 6))
    if depth and kind == 0 and loops:
        name, *rest = loops
        bounds = draw(st.sampled_from(("10", "3, 12", "9, -1, -1", "a & 15", "len(values)", "-4, 5, 3", "len(values) - 1, -1, -1")))
        return f"{space}for {name} in range({bounds}):\n{block(draw, indent + 1, depth - 1, rest)}"
    if depth and kind == 1:
        text = f"{space}if {condition(draw)}:\n{block(draw, indent + 1, depth - 1, loops)}"
        return text + (f"{space}else:\n{block(draw, indent + 1, depth - 1, loops)}" if draw(st.booleans()) else "")
    if kind == 2:
        return f"{space}values[{atom(draw)} % 5] = {expression(draw, 1)}\n"
    return f"{space}{draw(st.sampled_from(('x', 'y', 'a', 'b')))} = {expression(draw)}\n"


@st.composite
def functions(draw):
    """Source of `f(a, b, c, values)`."""
    body = "".join([statement(draw, 2, 2, ("j",)) for _ in range(draw(st.integers(1, 4)))])
    bound = draw(st.sampled_from(("40", "c & 63", "2, 30, 3")))
    return f"def f(a, b, c, values):\n    x = y = i = j = 0\n    for i in range({bound}):\n{body}    return a, b, c, x, y, i, j, values\n"


ARGUMENTS = st.tuples(*[st.sampled_from((0, 1, -1, 5, 12, -70, 2**31, 2**62, -2**63)) for _ in range(3)])
