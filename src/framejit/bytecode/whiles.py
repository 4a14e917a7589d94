"""`while` loops with a `continue`: CPython has their test twice, before the body and behind it, where it jumps back to the body.

`continue` jumps to the first test, so that there are two headers, and one natural loop within the other.  They are one loop of the program's:
its header is the body, its units are the larger one's, and the first test is a part of it that leads to the body.
"""


def first_tests(bytecode, loops):
    """header of a body -> that of the first test, of those of these natural loops that are one of the program's."""
    found = {}
    for header in sorted(loops, key=lambda one: len(loops[one])):
        body = body_behind(bytecode, header, loops)
        if body is not None:
            found[body] = header
    return found


def body_behind(bytecode, header, loops):
    """The header of the loop that has the same test at its end as this one has at its beginning; None: it is a loop of its own."""
    inside = [other for other in loops if other in loops[header] and loops[other] < loops[header] and bytecode.depth[other] == bytecode.depth[header]]
    body = max(inside, key=lambda other: len(loops[other]), default=None)
    if body is None:
        return None
    test = leads_to(bytecode, header, body, loops[header])
    lines = {line_at(bytecode, unit) for unit in loops[body]}
    return body if all([line_at(bytecode, unit) in lines for unit in test]) else None


def line_at(bytecode, unit):
    return bytecode.instructions[bytecode.at[unit]].line


def leads_to(bytecode, header, body, units):
    """The units of a loop that control comes by from its header before it comes to the body."""
    seen, work = set(), [header]
    while work:
        unit = work.pop()
        if unit not in seen and unit != body and unit in units:
            seen.add(unit)
            work += [successor for successor in bytecode.successors[unit] if successor != header]
    return seen


__all__ = ["first_tests"]
