"""The opcode rows against the running interpreter's own tables."""

import dis
import importlib
import opcode
import sys

import pytest

from framejit.bytecode import OPERATIONS, supported, versions
from framejit.bytecode.operations import effect, other_effect
from framejit.bytecode.versions import RUNNING, TABLE, VERSIONS
from framejit.bytecode.versions.rows import Source, nothing

NAMES = {name for name, number in dis.opmap.items() if number < 256 and not name.startswith("INSTRUMENTED_")}
ROWS = {row.opname: row for row in RUNNING.ROWS}

# Opcodes whose argument has other bounds than what its reader accepts.
BOUNDS = {
    "BUILD_SLICE": range(2, 4), "RAISE_VARARGS": range(3), "CALL_FUNCTION_EX": range(2), "FORMAT_VALUE": range(8),
    "COPY": range(1, 256), "SWAP": range(2, 256), "CONVERT_VALUE": range(1, 4), "RERAISE": range(3), "MAKE_FUNCTION": range(16),
}

# What the compiler's bookkeeping leaves out, and units that a jump passes over: (fall, jump) to add to dis.stack_effect.
CORRECTIONS = {
    ("3.11", "CALL"): lambda argument: (-argument, -argument),      # its PRECALL takes the arguments
    ("3.12", "FOR_ITER"): lambda argument: (0, -2),                 # END_FOR
    ("3.13", "FOR_ITER"): lambda argument: (0, -2),                 # END_FOR, POP_TOP
    ("3.13", "CALL_KW"): lambda argument: (1, 1),                   # the names are not on the stack
    ("3.11", "RETURN_GENERATOR"): lambda argument: (1, 1),          # the first value sent
    ("3.12", "RETURN_GENERATOR"): lambda argument: (1, 1),
}


class AnySource(Source):
    def __init__(self):
        self.constants = self.names = ["thing"] * 256
        self.keywords = ()


def running():
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def expected(row, argument):
    number = dis.opmap[row.opname]
    raw = argument if _has_argument(number) else None
    fall, jump = (dis.stack_effect(number, raw, jump=jumps) for jumps in (False, True))
    add = CORRECTIONS.get((running(), row.opname), lambda argument: (0, 0))(argument)
    return fall + add[0], jump + add[1]


def _has_argument(number):
    try:
        dis.stack_effect(number, 0)
    except ValueError:
        return False
    return True


def ours(row, argument):
    fall = jump = 0
    for op, read, when in row.parts:
        if when is not None and not when(argument):
            continue
        if op == "OTHER":
            number = dis.opmap[row.opname]
            fall += other_effect(number, argument)
            jump += other_effect(number, argument, True)
        else:
            operand = read(argument, AnySource())
            fall += effect(op, operand)
            jump += effect(op, operand, bool(row.jump))
    return fall, jump


def test_running_version_is_supported():
    assert supported()


def test_an_unknown_version_is_not_supported(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
        unknown = importlib.reload(versions)
        assert not unknown.SUPPORTED
        assert {part.op for row in unknown.TABLE for part in row.parts} == {"OTHER"}
    importlib.reload(versions)
    assert versions.SUPPORTED


def test_every_opcode_has_a_row():
    assert NAMES == set(ROWS) | set(RUNNING.HIDDEN)
    assert not set(ROWS) & set(RUNNING.HIDDEN)


@pytest.mark.parametrize("version", VERSIONS.values(), ids=lambda module: module.__name__[-4:])
def test_rows_name_an_opcode_once_and_known_operations(version):
    assert len({row.opname for row in version.ROWS}) == len(version.ROWS)
    for row in version.ROWS:
        assert bool(row.parts) != (row.role in ("extend", "keywords", "announce"))
        assert {part.op for part in row.parts} <= set(OPERATIONS)


def test_table_is_by_number():
    assert [TABLE[number].opname for number in range(256)] == list(dis.opname[:256])


def test_inline_caches():
    entries = opcode._inline_cache_entries
    for name, row in ROWS.items():
        there = entries.get(name, 0) if isinstance(entries, dict) else entries[dis.opmap[name]]
        assert row.caches == there, name


def test_jumps():
    jumping = {dis.opname[number] for number in dis.hasjrel + dis.hasjabs if number < 256}
    assert {name for name, row in ROWS.items() if row.jump} == jumping & set(ROWS)
    assert {name for name, row in ROWS.items() if row.jump < 0} == {name for name in jumping & set(ROWS) if "BACKWARD" in name}


@pytest.mark.parametrize("opname", sorted(ROWS))
def test_stack_effect(opname):
    row = ROWS[opname]
    if not row.parts:
        return
    checked = 0
    for argument in BOUNDS.get(opname, range(256)):
        try:
            found = ours(row, argument)
        except IndexError:
            continue        # an operand that does not exist
        assert found == expected(row, argument), argument
        checked += 1
    assert checked


def test_rows_without_argument_read_none():
    for name, row in ROWS.items():
        if row.parts and row.parts[-1].op != "OTHER" and not _has_argument(dis.opmap[name]):
            source = AnySource()
            assert len({repr(part.read(argument, source)) for part in row.parts for argument in (0, 1)}) == len(row.parts), name
    assert nothing(3, None) is None
