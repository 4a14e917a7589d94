"""`while` loops with a `continue`: CPython has their test twice, before the body and behind it, where it jumps back to the body.

`continue` jumps to the first test, so that there are two headers, and one natural loop within the other.  They are one loop of the program's:
its header is the body, its units are the larger one's, and the first test is a part of it that leads to the body.
"""


def of_the_program(bytecode, loops):
    """header -> units: the loops without those whose header is the first test of another."""
    found = dict(loops)
    for header in sorted(loops, key=lambda one: len(loops[one])):
        body = body_behind(bytecode, header, found)
        if body is not None:
            found[body] = found.pop(header)
    return dict(sorted(found.items()))


def body_behind(bytecode, header, loops):
    """The header of the loop that has the same test at its end as this one has at its beginning; None: it is a loop of its own."""
    inside = [other for other in loops if other != header and other in loops[header] and loops[other] < loops[header]]
    body = max(inside, key=lambda other: len(loops[other]), default=None)
    if body is None:
        return None
    test = leads_to(bytecode, header, body, loops[header])
    lines = {bytecode.instructions[bytecode.at[unit]].line for unit in loops[body] if unit in bytecode.at}
    return body if all([bytecode.instructions[bytecode.at[unit]].line in lines for unit in test]) else None


def leads_to(bytecode, header, body, units):
    """The units of a loop that control comes by from its header before it comes to the body."""
    seen, work = set(), [header]
    while work:
        unit = work.pop()
        if unit not in seen and unit != body and unit in units:
            seen.add(unit)
            work += [successor for successor in bytecode.successors[unit] if successor != header]
    return seen


__all__ = ["of_the_program"]
