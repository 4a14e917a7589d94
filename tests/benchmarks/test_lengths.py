"""`python -m benchmarks.numpy.lengths`: its lines, each at two lengths, give what NumPy gives."""

import pytest

import framejit
from benchmarks.numpy import lengths
from tests.arrays.programs import seen


@pytest.mark.parametrize("line", lengths.LINES.strip().splitlines())
def test_lines(line):
    space = {}
    exec(lengths.SOURCE.format(line=line), space)
    jitted = framejit.jit(space["run"])
    for length in (10, 200, 3000):
        plain, given = lengths.arguments(length), lengths.arguments(length)
        for turns in (2, 40):
            assert seen(jitted(*given, turns)) == seen(space["run"](*plain, turns)) and seen(tuple(given)) == seen(tuple(plain))


def test_table(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["lengths", "--lengths", "10,100", "--seconds", "0.01", "y *= 0.999"])
    lengths.main()
    first, row, last = capsys.readouterr().out.splitlines()
    assert first.split() == ["10", "100"] and row.startswith("y *= 0.999") and last.startswith("geometric mean ")
