"""The natural loop of a backward jump's target, with the exception handlers that lead back to it."""


def natural_loop(bytecode, header, jumps):
    """The units from which one of these backward jumps is reached without passing the header; empty if the function's entry is
    among them: a handler laid out behind all other code jumps back, but not to a loop."""
    plain = [unit for unit in jumps if not bytecode.handles(unit)]
    loop = spread_back(header, plain, bytecode.plain_predecessors) if plain else frozenset()
    if plain and not loop:
        return loop
    for unit in [*jumps, *jumps_out_of(bytecode, loop)]:
        if unit not in loop:
            loop |= spread_back(header, [unit], bytecode.predecessors)
    return loop


def jumps_out_of(bytecode, loop):
    """Units of handlers of a loop from which control goes back into it."""
    handled = {handler.target for handler in bytecode.handlers if any([unit in loop for unit in range(handler.start, handler.end)])}
    seen, work = set(), list(handled)
    while work:
        unit = work.pop()
        if unit in seen or unit in loop or unit not in bytecode.successors:
            continue
        seen.add(unit)
        handler = bytecode.handler_of(unit)
        work += [*bytecode.successors[unit], *([] if handler is None else [handler.target])]
    return [unit for unit in seen if any([successor in loop for successor in bytecode.successors[unit]])]


def spread_back(header, work, before):
    """The units from which one of these is reached without passing the header; empty if the function's entry is among them."""
    loop, work = {header}, list(work)
    while work:
        unit = work.pop()
        if unit not in loop:
            loop.add(unit)
            work.extend(before.get(unit, ()))
    return frozenset() if 0 in loop and header else frozenset(loop)


__all__ = ["natural_loop"]
