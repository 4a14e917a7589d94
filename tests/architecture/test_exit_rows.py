"""Every kind of exit that capture writes has a row, and every row is documented."""

import ast
import pathlib
import re

from framejit.tables import breaks, exits

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACES = {"exit": 0, "leave": 0, "after": 0, "make_exit": 0, "Exit": 0, "guard": 1, "world": 4}


def kinds_in(tree):
    """The kinds that calls name by a literal, and the defaults of parameters called `kind`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = PLACES.get(name)
            given = node.args[place:place + 1] if place is not None else []
            given += [word.value for word in node.keywords if word.arg == "kind"]
            yield from (argument.value for argument in given if isinstance(argument, ast.Constant) and isinstance(argument.value, str))


def test_every_kind_has_a_row():
    for path in sorted((ROOT / "src" / "framejit" / "capture").rglob("*.py")):
        for kind in kinds_in(ast.parse(path.read_text(encoding="utf-8"))):
            assert kind in exits.BY_KIND, f"{path.name}: exit {kind!r} has no row in tables/exits.py"


def test_every_row_is_documented():
    text = (ROOT / "docs" / "exits.md").read_text(encoding="utf-8")
    rows = {name: (sentence, teaches, code) for name, sentence, teaches, code in
            re.findall(r"^\| ([\w ]+?) \| (.+?) \| (yes)? ?\| (\w*) ?\|$", text, re.MULTILINE)}
    for row in exits.EXITS:
        code = breaks.BY_NAME[row.record].code if row.record else ""
        assert rows.get(row.kind) == (row.sentence, "yes" if row.teaches else "", code), row.kind
