"""Subscripts of one variable by literals: `a[0]`, `a[1]`, `a[2]` of a point or a colour.

What one of them is seen to give, the others are likely to give, too.
"""


def subscripts_beside(bytecode, unit):
    """Units of the other subscripts by literals of the local whose subscript by a literal is at `unit`."""
    found = {}
    instructions = bytecode.instructions
    for local, literal, subscript in zip(instructions, instructions[1:], instructions[2:]):
        if (local.op, literal.op, subscript.op) == ("LOAD_FAST", "LOAD_CONST", "SUBSCR") and type(literal.arg) is int:
            found.setdefault(local.arg, []).append(subscript.unit)
    return [other for units in found.values() if unit in units for other in units if other != unit]


__all__ = ["subscripts_beside"]
