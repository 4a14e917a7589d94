"""Subscripts of one variable: what one of them is seen to give, the others are likely to give, too.

    a[0], a[1], a[2]                            by literals: of a point or a colour, where they are numbers
    cost[i][k] + cost[k + 1][j]                 of the items of a list, and of the items of these
"""

LOADS = ("LOAD_FAST", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF")


def subscripts_beside(bytecode, unit):
    """Units of the other subscripts by literals of the local whose subscript by a literal is at `unit`."""
    found = {}
    instructions = bytecode.instructions
    for local, literal, subscript in zip(instructions, instructions[1:], instructions[2:]):
        if (local.op, literal.op, subscript.op) == ("LOAD_FAST", "LOAD_CONST", "SUBSCR") and type(literal.arg) is int:
            found.setdefault(local.arg, []).append(subscript.unit)
    return [other for units in found.values() if unit in units for other in units if other != unit]


def subscripts_alike(bytecode, unit):
    """Units of the other subscripts of what the subscript at `unit` is of: of the same variable's items, or of their items, by the same literal or by none."""
    found = {}
    for other, path in subscripted(bytecode):
        found.setdefault(path, []).append(other)
    return [other for units in found.values() if unit in units for other in units if other != unit]


def subscripted(bytecode):
    """[(unit, path)] of the subscripts of variables: a path names the variable and each literal on the way.  What is between the instructions that are known
    here is not."""
    found, stack = [], []
    for one in bytecode.instructions:
        if one.op in LOADS:
            stack.append((one.op, one.arg))
        elif one.op == "LOAD_CONST":
            stack.append((one.op, type(one.arg), repr(one.arg)))
        elif one.op == "LOAD_ATTR" and stack and stack[-1] is not None:
            stack.append((stack.pop(), one.arg))
        elif one.op == "BINARY":
            stack = [*stack[:-2], None]
        elif one.op == "SUBSCR" and len(stack) >= 2 and stack[-2] is not None and stack[-2][0] != "LOAD_CONST":
            key, container = stack.pop(), stack.pop()
            path = (container, key if key is not None and key[0] == "LOAD_CONST" else None)
            found.append((one.unit, path))
            stack.append(path)
        else:
            stack = []
    return found


__all__ = ["subscripts_alike", "subscripts_beside"]
