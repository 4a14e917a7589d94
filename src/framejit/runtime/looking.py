"""Which loop of a running frame is worth entering: of those around the jump that was seen, the outermost that gets on.

A loop gets on when something that it stores outside its inner loop has changed between two looks.  Entered there, a
nest is compiled as a whole; entered further inside, the frame would be back in the interpreter after each of its turns;
entered further outside, it would stay there for long.  Behind a long run of a region what is compiled already is entered at
once: the interpreter is there for a moment only.
"""

from framejit.runtime.codes import LONG
from framejit.tables.classes import one_of

SCALARS = (int, float)


def loop_to_enter(state, unit, locals, globals, module, count=1, iterations=0):
    """The header to enter: `unit`, or that of a loop around it, whose jump has to be awaited.  `count`: 0 for a look that
    follows another at once; `iterations`: of the region that has just left."""
    loops = state.bytecode.loops
    around = sorted([header for header in loops if unit in loops[header]], key=lambda header: len(loops[header])) or [unit]
    if state.awaited is not None:
        state.evasions[state.awaited] = state.evasions.get(state.awaited, 0) + (state.awaited != unit)
        state.awaited = None
    chosen = unit if unit in around else around[0]      # a handler's jump back into the middle of a loop
    for header in around:
        state.samples[header] = state.samples.get(header, 0) + count
    for inner, header in zip(around, around[1:]):
        seen = stored(state, header, inner, locals, globals, module)
        changed = state.progress.get(header, seen) != seen
        state.progress[header] = seen
        if changed and state.worth_awaiting(header):
            chosen = header
    compiled = [header for header in around if state.variants.get(header) and state.worth_awaiting(header)]
    return compiled[-1] if compiled and iterations >= LONG else chosen


def consumed_in(state, unit):
    """The header of the innermost loop around a place where a generator expression is consumed; below zero: there is none.  If a jump has been
    awaited before, it hasn't come in time."""
    if state.awaited is not None:
        state.evasions[state.awaited] = state.evasions.get(state.awaited, 0) + 1
        state.awaited = None
    loops = state.bytecode.loops
    return min([header for header in loops if unit in loops[header]], key=lambda header: len(loops[header]), default=-1)


def compiled_around(state, unit, otherwise):
    """The outermost loop around the jump that is compiled already, or the other one."""
    loops = state.bytecode.loops
    found = [header for header in loops if unit in loops[header] and state.variants.get(header) and state.worth_awaiting(header)]
    return max(found, key=lambda header: len(loops[header]), default=otherwise)


def stored(state, header, inner, locals, globals, module):
    """What the loop's own variables are now: numbers by value, all else by identity; nothing of the program's is kept."""
    key = (header, inner)
    if key not in state.variables:
        state.variables[key] = own_variables(state.bytecode, header, inner)
    slots, names = state.variables[key]
    values = [locals[slot] for slot in slots] + [dict.get(globals, name) for name in names if module]
    return [hash(value) if one_of(type(value), SCALARS) else id(value) for value in values]


def own_variables(bytecode, header, inner):
    """(slots, names) that the loop stores outside the inner one: those that the inner one doesn't store too, if there are any."""
    inside = stores(bytecode, bytecode.loops[inner])
    outside = stores(bytecode, bytecode.loops[header] - bytecode.loops[inner])
    own = (outside - inside) or outside
    return [sorted(arg for kind, arg in own if kind == wanted) for wanted in ("slot", "name")]


STORES = {"STORE_FAST": "slot", "STORE_NAME": "name", "STORE_GLOBAL": "name"}


def stores(bytecode, units):
    """("slot" or "name", what is stored) of the instructions at these units."""
    return {(STORES[instruction.op], instruction.arg) for instruction in bytecode.instructions
            if instruction.unit in units and instruction.op in STORES}


__all__ = ["compiled_around", "consumed_in", "loop_to_enter"]
