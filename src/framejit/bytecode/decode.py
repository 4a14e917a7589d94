"""From a code object to normal operations.

In: a code object (its un-adapted bytecode).  Out: `Bytecode`, the instructions in order with operands in place of
numbers.  Prefixes (EXTENDED_ARG, and what announces a call) are folded into the instruction that they belong to:
its `unit` is where they begin, the only place where the interpreter may be sent.  On 3.13

    24 LOAD_FAST_LOAD_FAST 18   ->   LOAD_FAST 1 (unit 24, part 0), LOAD_FAST 2 (unit 24, part 1)
"""

from types import CodeType
from typing import NamedTuple

from .flow import Bytecode
from .versions import TABLE
from .versions.rows import Source


class Instruction(NamedTuple):
    op: str                 # a name of operations.OPERATIONS
    arg: object             # slot, constant, name, symbol ...
    unit: int               # where it begins, prefixes included
    at: int                 # the unit of the opcode proper: what a traceback shows
    next: int               # the unit behind it and its caches
    target: int | None      # where it jumps to
    line: int               # source line, 0 if it has none
    opname: str             # the real opcode's name
    part: int = 0           # 0, 1, 2 ... where an opcode stands for several operations; only 0 may be landed on


def decode(code: CodeType) -> Bytecode:
    """The normalised bytecode of `code`.  Never fails: what has no row is an OTHER."""
    instructions, raw = _read(code)
    return Bytecode(code, _with_true_targets(instructions), raw)


def _read(code: CodeType) -> tuple[list, dict]:
    """Instructions, and (opcode, argument) for each OTHER by its `at`."""
    text = code.co_code
    source = Source(code)
    lines = _lines(code, len(text) // 2)
    instructions: list[Instruction] = []
    raw: dict[int, tuple[int, int]] = {}
    unit = landing = high = 0
    size = len(text) // 2
    while unit < size:
        opcode = text[2 * unit]
        argument = high | text[2 * unit + 1]
        row = TABLE[opcode]
        behind = unit + 1 + row.caches
        high = 0
        if row.parts:
            parts = row.parts
            if row.role:
                landing, parts = _absorb_keywords(instructions, source, landing, unit, parts)
            _append(instructions, row, parts, argument, source, (landing, unit, behind, lines[unit]))
            if instructions[-1].op == "OTHER":
                raw[unit] = opcode, argument
            source.keywords = ()
            landing = behind
        elif row.role == "extend":
            high = argument << 8
        elif row.role == "keywords":
            source.keywords = source.constants[argument]
        unit = behind
    return instructions, raw


def _append(instructions, row, parts, argument, source, place):
    unit, at, behind, line = place
    target = behind + row.jump * argument + row.beyond if row.jump else None
    number = 0
    for op, read, when in parts:
        if when is None or when(argument):
            operand = read(argument, source)
            instructions.append(Instruction(op, operand, unit, at, behind, target, line, row.opname, number))
            number += 1


_NOT_A_CALL = TABLE[0].parts    # an unused opcode's: OTHER


def _absorb_keywords(instructions, source, landing, unit, parts):
    """3.13 pushes the names of keyword arguments right before the call: make them the call's, as on 3.11 and 3.12."""
    last = instructions[-1] if instructions else None
    if last is None or last.opname != "LOAD_CONST" or last.next != landing or type(last.arg) is not tuple:
        return landing, _NOT_A_CALL
    instructions.pop()
    source.keywords = last.arg
    return last.unit, parts


def _with_true_targets(instructions):
    """A jump into the middle of an instruction, which no compiler emits, ends the region."""
    begins = {instruction.unit for instruction in instructions}
    begins.add(None)
    for index, instruction in enumerate(instructions):
        if instruction.target not in begins:
            instructions[index] = instruction._replace(op="OTHER", target=None)
    return instructions


def _lines(code: CodeType, size: int) -> list[int]:
    lines = [0] * size
    for start, end, line in code.co_lines():
        if line is not None:
            lines[start // 2:end // 2] = [line] * ((end - start) // 2)
    return lines
