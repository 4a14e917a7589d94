"""README, docs/breaks.md and the tables say the same, and what they show runs."""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tomllib

import framejit
import pytest
from framejit.tables import breaks, events, settings
from process import ROOT, clean_environment, python

from tests import imports

README = (ROOT / "README.md").read_text(encoding="utf-8")
BREAKS = (ROOT / "docs" / "breaks.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"^\$ (.*)$", README, re.MULTILINE)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def sections():
    """{code: (name, {kind: program})} of docs/breaks.md."""
    found = {}
    for part in BREAKS.split("\n## ")[1:]:
        code, name = part.split("\n", 1)[0].split()
        found[code] = (name, dict(re.findall(r"```python (\w+)\n(.*?)```", part, re.DOTALL)))
    return found


@pytest.mark.parametrize("line", CONSOLE)
def test_readme_commands(line):
    words = shlex.split(line)
    assert words[0] == "python"
    process = subprocess.run([sys.executable, *words[1:]], capture_output=True, text=True, cwd=ROOT, env=clean_environment(), timeout=120)
    assert process.returncode == 0, process.stderr


def test_readme_program():
    assert PYTHON
    for text in PYTHON:
        process = python("-W", "error", "-c", text)
        assert process.returncode == 0, process.stderr
        assert process.stdout.startswith("332833500\n")


def test_readme_names_every_variable_and_option():
    for row in settings.SETTINGS:
        if row.variable and row.name != "only":
            assert row.variable in README, row.variable
        if row.where.startswith(("enable", "jit")):
            assert row.name in README, row.name


def test_readme_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_links_lead_somewhere():
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists() or "://" in target, (path.name, target)


def test_version_and_changelog():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == framejit.__version__
    assert f"## {framejit.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_reason_has_its_section():
    assert {code: name for code, (name, _) in sections().items()} == {row.code: row.name for row in breaks.BREAKS}
    for row in breaks.BREAKS:
        kinds = set(sections()[row.code][1])
        assert kinds == {"broken" if row.shown else "situation", "mended"}, row.code


def test_rows_are_unique_and_filled():
    for rows, key in ((breaks.BREAKS, "code"), (breaks.BREAKS, "name"), (events.EVENTS, "name"), (settings.SETTINGS, "name")):
        values = [getattr(row, key) for row in rows]
        assert len(set(values)) == len(values)
    assert all(row.sentence and row.cure for row in breaks.BREAKS)
    counters = {row.name for row in events.COUNTERS}
    for row in events.EVENTS:
        assert row.kind in events.KIND_NAMES and (not row.counter or row.counter in counters), row.name


def test_every_event_and_kind_is_documented():
    text = (ROOT / "docs" / "logs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| (.*?) \|(?: (.*?) \|)?$", text, re.MULTILINE)
    documented = {(name, kind) for name, kind, when in rows if when}
    assert documented - {("event", "kind")} == {(row.name, row.kind) for row in events.EVENTS}
    for kind in events.KINDS:
        assert any(name == kind.name and sentence.startswith(kind.sentence) for name, sentence, when in rows if not when), kind.name


def decorated(program, functions=0):
    """The same program, its functions (or the first so many) compiled at their first call: examples are too short to be
    found running."""
    return re.sub(r"^((?:async )?def (\w+)\(.*?)(?=^\S|\Z)", r"\1\2 = __import__('framejit').jit(\2)\n", program, count=functions,
                  flags=re.MULTILINE | re.DOTALL)


def run_example(program, folder, functions=0):
    """What an example prints, its statistics, and the codes of the breaks in it or in the whole process."""
    path, stats = folder / "example.py", folder / "stats.json"
    path.write_text(decorated(program, functions), encoding="utf-8")
    first = imports.settings(imports.from_elsewhere([path], folder), str(ROOT / "src"))
    eager = {} if functions else {"FRAMEJIT_EAGER": "1"}            # which compiles the other functions, too
    process = python("-m", "framejit", path, FRAMEJIT_STATS_FILE=str(stats), **eager, **first)
    assert process.returncode == 0 and process.stderr == "", process.stderr
    found = json.loads(stats.read_text())
    codes = {code for code, filename, line, count in found["places"] if filename in (str(path), "<process>")}
    return process.stdout, found["compiles"], codes


@pytest.mark.parametrize("code", sorted(sections()))
def test_examples_of_breaks(code, tmp_path):
    name, programs = sections()[code]
    mended, compiles, clean = run_example(programs.pop("mended"), tmp_path, 1)
    (kind, program), = programs.items()
    broken, compiles, codes = run_example(program, tmp_path)
    assert broken and "\n" in broken
    if code != "FJ004":      # the cure gathers and prints later, so two more lines may move
        assert mended == broken
    if compiles:
        assert code not in clean
        assert kind != "broken" or code in codes


def test_nothing_names_a_machine():
    pattern = re.compile("/(?:" + "|".join(("work", "root", "tmp/", "home/")) + ")")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "Makefile", ROOT / ".ci" / "run", *ROOT.glob("src/**/*.py"), *ROOT.glob("examples/*.py")]:
        assert not pattern.search(path.read_text(encoding="utf-8")), pathlib.Path(path).name
