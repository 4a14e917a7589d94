"""Graph -> textual LLVM IR: a module with one function for the region (function.py) and one for each of its routines
(routines.py).

No fast-math flags but for `fastmath`, no addresses: constants come from the region's table, functions are symbols.
"""

from framejit.backends.llvm.cold import freed
from framejit.backends.llvm.early import EarlyLowering, early_blocks
from framejit.backends.llvm.function import Lowering, Whole
from framejit.backends.llvm.hasty import hasty_forms, hasty_routines
from framejit.backends.llvm.hasty_forms import HastyLowering, IntLowering, trying
from framejit.backends.llvm.inline import definitions
from framejit.backends.llvm.outlined import outlined
from framejit.backends.llvm.parted_nests import described
from framejit.backends.llvm.routines import RoutineLowering, early_name, forms, limits
from framejit.backends.llvm.spills import Spills, shared
from framejit.backends.llvm.text import ALIASES, metadata, relaxed, tag


def lower(graph, layout):
    """(IR text, list of Spills by exit number)."""
    spills, tails = shared(graph.exits)
    for routine in graph.routines:
        spills += [Spills(exit) for exit in routine.exits]
    graph.limits = limits(graph, spills)
    whole = Whole(graph, layout, spills, tails)
    early = {number: blocks for number, routine in enumerate(graph.routines) for blocks in [early_blocks(routine)] if blocks}
    whole.early = {number: early_name(number) for number in early}
    hasty = hasty_routines(graph.routines)
    lines = Lowering(graph, whole).run()
    for number, form in hasty_forms(graph.routines, sorted(set().union(*hasty.values()))):
        lines += HastyLowering(form, whole, number).run()
    if whole.hasty_int:
        lines += IntLowering(whole).run()
    for number, reached in hasty.items():
        lines += trying(number, whole, reached)
    for number, form in forms(graph, early, hasty):
        lines += RoutineLowering(graph.routines[number], whole, number, form).run()
    for number, blocks in early.items():
        lines += EarlyLowering(graph.routines[number], blocks, whole, number).run()
    for number, nest in enumerate(graph.nests):
        lines += described(nest, number, graph.threads, whole.declarations)
    lines = relaxed(lines) if graph.fastmath else lines
    tags = {alias: tag(alias) for alias in ALIASES}
    text = [*whole.declarations.values(), *outlined(definitions(whole.inlined, layout, tags), lines), *lines, *metadata()]
    return freed("\n".join(text) + "\n"), spills


__all__ = ["lower"]
