"""Random programs that raise: the names of the frame, read or not, hold the objects that were stored in a list, a global or the error."""

import pytest

import framejit
from tests.due import due
from tests.random.test_identity import COUNT, KINDS, NAMES, Generator


class Forgotten(Generator):
    """Few of the names are read again when it raises, in a later iteration or at once."""

    choices, share, least = 18, 2, COUNT

    def program(self):
        lines = super().program().splitlines()
        lines[0], lines[3] = "def f(a, b, n, items):", "    global SEEN"
        lines[-1] = "    return count"
        turn, one, other = self.random.choice((1, 2, 5, 6)), self.random.choice(NAMES), self.random.choice(NAMES)
        raising = (f"assert k != {turn}, abs({one})", f"assert k != {turn}, max({one}, {other})", f"assert k != {turn}, ({one}, {other})",
                   f"items[9 * (k == {turn})]", f"count = 1 // (k - {turn})")
        indented = [place for place, line in enumerate(lines) if place > 4 and line.startswith("        ") and line[8] not in " e"]
        lines.insert(self.random.choice([*indented, len(lines) - 1]), "        " + self.random.choice(raising))
        return "\n".join(lines)

    def more(self, one, other, place):
        return (f"SEEN = {one}", f"{one} = abs({other})", f"{one} = {other} if k % 3 else {place}", f"{one}, {other} = {other}, abs({place})", f"{one} = {one} + 1")


def outcome(function, namespace, values, items):
    """Values of the names in the innermost frame, and which objects of the list, the global name and the error they are."""
    namespace["SEEN"] = None
    try:
        return function(*values, items), items, namespace["SEEN"]
    except (AssertionError, IndexError, ZeroDivisionError, NameError) as error:
        entry = error.__traceback__
        while entry.tb_next is not None:
            entry = entry.tb_next
        names = dict(sorted(entry.tb_frame.f_locals.items()))
        flat = [inner for value in error.args for inner in (value if type(value) is tuple else (value,))]
        known = [*items, namespace["SEEN"], *flat]
        return (repr(error), repr(names), repr(known), {name: [value is other for other in known] for name, value in names.items()},
                [one is other for one in known for other in known])


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_frame_shows(kind):
    before = framejit.stats()["native_iterations"]
    for seed in due(range(COUNT // Forgotten.share)):
        source, namespace = Forgotten(seed, kind).program(), {}
        exec(compile(source, "<program>", "exec"), namespace)
        plain, fast = namespace["f"], framejit.jit(namespace["f"])
        for arguments in KINDS[kind][2]:
            values = eval(f"({arguments})")
            items = [values[0], eval(KINDS[kind][1]), values[1]]
            assert outcome(fast, namespace, values, items[:]) == outcome(plain, namespace, values, items[:]), f"seed {seed}, f({arguments})\n{source}"
    assert framejit.stats()["native_iterations"] - before > Forgotten.least
