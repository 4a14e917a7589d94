"""Decoded bytecode as text, for snapshots and logs.

    unit  depth  operation                      (real opcode)
      24      1  LOAD_FAST 1                    LOAD_FAST_LOAD_FAST
              |  LOAD_FAST 4
"""

from .flow import Bytecode


def show(bytecode: Bytecode) -> str:
    """One line for each operation; `>` marks leaders, `@` loop headers, `|` later parts of an opcode."""
    lines = [f"{bytecode.name}: first {bytecode.first}"]
    lines += (_line(bytecode, instruction) for instruction in bytecode.instructions)
    lines += (f"loop {header}: jumps {', '.join(map(str, jumps))}; stores {_stores(bytecode, header)}"
              for header, jumps in bytecode.loop_headers.items())
    lines += (f"handler {one.target}: {one.start} to {one.end}, depth {one.depth}{' lasti' if one.lasti else ''}"
              for one in bytecode.handlers)
    return "\n".join(lines) + "\n"


def _line(bytecode, instruction):
    unit = instruction.unit
    mark = "@" if unit in bytecode.loop_headers else ">" if unit in bytecode.leaders else " "
    place = f"{mark}{unit:5} {bytecode.depth.get(unit, '-'):>5} "
    if instruction.part:
        place = " " * (len(place) - 2) + "| "
    text = instruction.op
    if instruction.arg is not None or instruction.op == "LOAD_CONST":
        text += f" {_operand(instruction.arg)}"
    if instruction.target is not None:
        text += f" -> {instruction.target}"
    return f"{place} {text:34} {'' if instruction.part else instruction.opname}".rstrip()


def _operand(value):
    return f"code {value.co_name}" if hasattr(value, "co_code") else repr(value)


def _stores(bytecode, header):
    stored = sorted(bytecode.stored_in(header)) + sorted(bytecode.names_stored_in(header))
    return ", ".join(map(str, stored)) or "nothing"
