"""What a log says of a nest: what is computed in one walk, which arrays are never made, how wide, by how many threads, and why not otherwise.

    float64, rank 1: multiply, subtract, sin; 2 arrays vanished; 8 at once, sin by NumPy's own loop over tiles; every processor
"""

from framejit.loops import vector_functions
from framejit.loops.registers import is_register
from framejit.tables.elementwise import CAST, REFUSING
from framejit.tables.types import ELEMENTS

VECTOR = vector_functions.VECTOR


def described(nest, threads):
    """One line.  `threads`: that may compute it, 0 for as many as there are processors."""
    count = len(nest.operands)
    computed = [(step, [nest.kind_of(one) for one in step.args], [one < count and nest.operands[one].form == "scalar" for one in step.args]) for step in nest.steps]
    names = [step.name for step, _, _ in computed if step.name != CAST]
    vanished = len([step for step in nest.steps[:-1] if step.name != CAST]) - len(nest.results)
    called = [step.name for step, kinds, scalars in computed if not is_register(step.name, kinds, scalars)
              and not vector_functions.symbol(step.name, [*kinds, step.kind])]
    lanes = VECTOR // max([ELEMENTS[nest.kind_of(one)].size for one in range(count + len(nest.steps))])
    parts = [f"{nest.kind.rstrip('_')}, rank {nest.rank}: {', '.join(names) or 'copy'}"]
    if nest.results:
        parts.append(f"{len(nest.results) + 1} arrays of several statements")
    if vanished > 0:
        parts.append(f"{vanished} {'array' if vanished == 1 else 'arrays'} vanished")
    parts.append(f"{lanes} at once" + (f", {', '.join(dict.fromkeys(called))} by NumPy's own loop over tiles" if called else ""))
    refusing = [step.name for step in nest.steps if step.name in REFUSING and not ELEMENTS[step.kind].floating and ELEMENTS[step.kind].part is None]
    parts.append(f"one thread, for {refusing[0]} may raise" if refusing else "every processor" if threads == 0 else f"{threads} {'thread' if threads == 1 else 'threads'}")
    return "; ".join(parts)


__all__ = ["described"]
