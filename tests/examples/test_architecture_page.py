"""ARCHITECTURE.md shows what the compiler makes, and names every tag and file as they are."""

import os
import pathlib
import re
import sys

import pytest

import framejit

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
SOURCES = [path for folder in ("src/framejit", "ext") for suffix in ("py", "c", "h", "pyx", "pxi") for path in sorted((ROOT / folder).rglob(f"*.{suffix}"))
           if path.name != "machine.c"]


def shown(kind):
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def parts_of(graph):
    """What the page shows of a graph's text: its blocks, and the exit of the addition (the last overflow)."""
    blocks = graph[graph.index("b0()"):graph.index("!0 ")]
    return {"graph": blocks, "exit": re.findall(r"^!\d+ 'overflow'.*\n", graph, re.MULTILINE)[-1]}


@pytest.mark.skipif(sys.version_info[:2] != (3, 12), reason="the page shows 3.12")
def test_the_worked_function():
    """FRAMEJIT_UPDATE_SNAPSHOTS=1 writes the page anew."""
    space = {}
    exec(compile("\n" + shown("python")[0], "<page>", "exec"), space)
    explanation = framejit.explain(space["total"], 10)
    parts = parts_of(str(explanation.graph) + "\n")
    if os.environ.get("FRAMEJIT_UPDATE_SNAPSHOTS"):
        text = PAGE
        for kind, part in parts.items():
            text = re.sub(rf"```{kind}\n.*?```", lambda found: f"```{kind}\n{part}```", text, flags=re.DOTALL)
        (ROOT / "ARCHITECTURE.md").write_text(text, encoding="utf-8")
        return
    assert {kind: shown(kind)[0] for kind in parts} == parts
    assert "llvm.smul.with.overflow.i64" in explanation.llvm
    assert "imulq" in explanation.asm


def tags(text):
    return set(re.findall(r"ORDER [A-Z]+", text))


def test_every_tag_is_explained():
    used = {tag for path in SOURCES for tag in tags(path.read_text(encoding="utf-8"))}
    assert used == tags(PAGE)


def test_every_file_named_is_there():
    names = {path.name for path in SOURCES}
    for name in re.findall(r"[\w/]*?(\w+\.(?:py|c|h|pyx|pxi))\b", PAGE):
        assert name in names, name
