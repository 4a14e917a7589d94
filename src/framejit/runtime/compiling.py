"""The only module of the runtime that knows the compiler: requests to the pipeline, and regions out of its answers.

It is loaded by `guest.imports` when the first region is compiled; until then nothing of the compiler is imported.
"""

import builtins
from types import CellType, ModuleType

from framejit import _machine, pipeline
from framejit.bytecode.siblings import subscripts_alike, subscripts_beside
from framejit.capture.ends import NotYet, Unsupported
from framejit.capture.entry import MISSING
from framejit.capture.hints import Hints
from framejit.capture.keeping import keeps
from framejit.capture.region import Region
from framejit.capture.surroundings import as_outermost
from framejit.runtime import imaging
from framejit.runtime.codes import CALL
from framejit.runtime.images import machine_region
from framejit.tables.classes import lasting_type, name_of

LOOPS = 250         # of a region that are told apart when it is weighed


def hints_for(state, entry):
    """What exits have taught about this entry."""
    return state.hints.setdefault(entry, Hints())


def function_spec(state, function, args):
    """A request for the whole function, for arguments like these."""
    bytecode, code = state.bytecode, state.code
    locals = locals_at_entry(function, code, bytecode, as_outermost(code, args))
    space = builtins_of(function.__globals__)

    def make():
        spec = Region(bytecode, code.co_qualname, bytecode.first, locals, [], function.__globals__, space)
        spec.can_return, spec.code = True, code
        return spec

    return make


def locals_at_entry(function, code, bytecode, args):
    """What the frame's slots hold behind RESUME: arguments, and cells, which there are already where all slots are given."""
    locals = [MISSING if value is _machine.MISSING else value for value in args]
    if len(locals) == bytecode.slots:
        return locals
    locals += [MISSING] * (bytecode.slots - len(code.co_freevars) - len(locals))
    own = [*code.co_varnames, *[name for name in code.co_cellvars if name not in code.co_varnames]]
    for slot in [own.index(name) for name in code.co_cellvars]:
        locals[slot] = CellType() if locals[slot] is MISSING else CellType(locals[slot])
    return locals + list(function.__closure__ or ())


def loop_spec(state, unit, locals, stack, globals, module, absent):
    """A request for the loop at `unit`, for a frame like this; `absent` stands for an unbound local."""
    extent = state.bytecode.loops.get(unit, frozenset())
    return running_spec(state, f"{state.code.co_qualname}@{unit}", unit, extent, (locals, stack, globals, module, absent), True)


def body_spec(state, unit, extent, *found):
    """A request for the body of a with statement, for a frame like this."""
    line = state.bytecode.instructions[state.bytecode.at[unit]].line
    return running_spec(state, f"{state.code.co_qualname}@with, line {line}", unit, extent, found, False)


def running_spec(state, name, unit, extent, found, iterates):
    """A request for these units of a frame that runs."""
    locals, stack, globals, module, absent = found
    bytecode, space = state.bytecode, builtins_of(globals)
    locals, stack = ([MISSING if value is absent else value for value in values] for values in (locals, stack))

    def make():
        spec = Region(bytecode, name, unit, list(locals), list(stack), globals, space, module, extent, iterates)
        spec.can_return = False
        return spec

    return make


def builtins_of(globals):
    """The builtins, which last; those of a namespace of its own would not."""
    if not _machine.names_are_text(globals):
        raise Unsupported("unsupported_opcode", -1, "names that aren't text")
    space = dict.get(globals, "__builtins__", builtins)
    space = vars(space) if type(space) is ModuleType else space
    if space is not vars(builtins):
        raise Unsupported("unsupported_opcode", -1, "builtins of its own")
    return space


def learn(state, variant):
    """What the exits of a variant saw; True if something is new."""
    hints = hints_for(state, variant.entry)
    news = False
    for exit, seen in zip(variant.compiled.exits, variant.region.exit_seen):
        code = state.code if exit.code is None else exit.code()
        if seen is None or exit.site is None or code is None:
            continue
        for known in (hints.callee(code), hints) if code is state.code else (hints.callee(code),):      # which may call itself
            news |= known.taught(exit.site, seen)
            for site in beside(known, code, exit.site) if seen is int or seen is float else ():
                known.saw(site, seen)
            for site in alike(known, code, exit.site, seen):
                known.saw(site, seen)
    return news


def alike(hints, code, site, seen):
    """The sites of the subscripts that are of the same variable's items, where nothing is known yet, or numbers are."""
    unit, place = site
    others = [(other, place) for other in subscripts_alike(hints.bytecode(code), unit)] if place == 0 else ()
    return [other for other in others if not hints.sites.get(other) or is_number(seen) and all([is_number(known) for known in hints.sites[other]])]


def is_number(type):
    return type is int or type is float


def beside(hints, code, site):
    """The sites of the other numbers in the tuple, where this is one's."""
    unit, place = site
    others = [(other, place) for other in subscripts_beside(hints.bytecode(code), unit)] if site in hints.of_numbers else ()
    return [other for other in others if other in hints.of_numbers]


def allowing(make_spec, allows, until=None):
    """The same requests, with `allows(code)`: whether functions with that code may be called natively, and the time `until` which to capture."""
    def make():
        spec = make_spec()
        spec.allows, spec.until = allows, until
        return spec

    return make


def compiled_region(state, entry, make_spec, allows, until, layout, eager, levels, options, kept, later):
    """What the pipeline makes of a request; raises Unsupported and NotYet.  `until`: of this thread's time, or None; `levels`: of LLVM's code
    generation, at least; `kept`: code on disk; `later`: whether the worker makes the code, or None."""
    return pipeline.compile_region(allowing(make_spec, allows, until), hints_for(state, entry), layout, eager, levels, options, kept, later)


def parts_of(machine, compiled, eager):
    """What the machine's region is made of, but for the machine code: arguments of its class."""
    graph, spec = compiled.graph, compiled.spec
    homes = {exit.id: routine.homes() for routine in graph.routines for exit in routine.exits}
    exits = [(spills.words, spills.observed, exit.call, exit.code and exit.code(), homes.get(exit.id, ()))
             for spills, exit in zip(compiled.spills, graph.every_exit())]
    cells = [(space, fallback, name, machine.MISSING if expected is MISSING else expected)
             for space, fallback, name, expected in spec.cells]
    most = max([len(spills.nodes) for spills in compiled.spills], default=1) + 1
    return {"unit": graph.unit, "depth": graph.depth, "framed": graph.framed, "spill": most, "consts": tuple(graph.constants), "cells": cells,
            "exits": exits, "name": spec.name, **(loops_of(spec, graph.called, graph.called_turn) if not eager else {"turns": (), "loops": b""}), "callees": list(spec.callees.values()),
            "codes": list(spec.codes.values()), "classes": relied_on(spec), "level": graph.limits,
            "internals": sorted(spec.internals)}


def leave(state, entry, compiled, parts, image, kept):
    """Another process finds what has been captured; this one knows better."""
    state.images.add(image.key)
    made = imaging.image(state, compiled, parts, image, hints_for(state, entry), kept)
    if made is not None:
        kept.write(compiled.name, image.key, made, compiled.seconds["capture"])


def leave_refusal(state, entry, error, image, kept):
    """Another process finds that it isn't worth its while, unless that was learned at exits."""
    if not hints_for(state, entry).sites:
        kept.write(state.code.co_qualname, image.key, imaging.refusal(state, error, image), 0.0)


def leave_slow(state, entry, seconds, image, kept):
    """Another process finds how long it took to no end."""
    state.images.add(image.key)
    if not hints_for(state, entry).sites:
        kept.write(state.code.co_qualname, image.key, imaging.slow(state, seconds, image), 0.0)


def relied_on(spec):
    """[(class, [(name, use, class or None, row of the machine's attributes, number)])]."""
    rows = {name: number for number, name in enumerate(_machine.ATTRIBUTES)}
    return [(kind, [(name, use, after, rows[row], number) for (name, use, _), (after, row, number) in names.items() if row != "unknown"]) for kind, names in spec.classes.values()]


def loops_of(spec, calls={}, called=0):
    """turns: of each loop the instructions of the longest way through one, with `calls` (by units) and without the loops in it, and of those in routines; loops: per unit the number of the
    innermost loop around it, from one on."""
    bytecode = spec.bytecode
    within = bytecode.loops_within(spec.extent)
    sizes = dict(calls)
    for one in bytecode.instructions:
        sizes[one.unit] = sizes.get(one.unit, 0) + (one.part == 0)
    loops = sorted([(header, units) for header, units in bytecode.loops.items() if units in within], key=lambda loop: -len(loop[1]))[:LOOPS]
    inside = bytearray(max([0, *[unit + 1 for _, units in loops for unit in units]]))
    for number, (_, units) in enumerate(loops):         # the larger ones first
        for unit in units:
            inside[unit] = number + 1
    turns = tuple([longest_way(bytecode, header, units, [inner for inner in within if inner < units], sizes) for header, units in loops])
    return {"turns": (*turns, called) if called else turns, "loops": bytes(inside)}


def longest_way(bytecode, header, units, inside, sizes):
    """Instructions on the longest way from a loop's header round to it; where two ways meet the longer one counts, and what jumps back ends a way."""
    longest = {header: 0}
    for unit in sorted(units):
        if unit not in longest:
            continue
        far = longest[unit] + (0 if any([unit in inner for inner in inside]) else sizes.get(unit, 0))
        for following in bytecode.successors[unit]:
            if following in units and following > unit:
                longest[following] = max(longest.get(following, 0), far)
        longest[unit] = far
    return max(longest.values())


def worker_parts():
    """What the machine's worker needs to know before its first job."""
    return pipeline.engine().worker_parts()


def worker_text(compiled, level):
    """The worker's job for a region."""
    return pipeline.engine().whole(compiled.ir, level).encode()


def linked(compiled, code, level, kept):
    """The worker's object file, loaded."""
    return pipeline.linked(compiled, code, level, kept)


def computes_arrays(compiled):
    """Whether a region computes with whole arrays, in each of its loops, too."""
    return pipeline.computes_arrays(compiled.graph)


def nests_of(compiled):
    """One line per expression over whole arrays, and one of what NumPy's code computes."""
    from framejit.loops.described import lines
    return lines(compiled.graph)


def guards(code, compiled):
    """One line per fact that the region was compiled under."""
    names = code.co_varnames
    lines = [f"{names[slot]}: {name_of(type)}" for slot, type in compiled.types.items() if slot < len(names)]
    for _, _, name, expected in compiled.cells:
        lines.append(f"global {name}" + ("" if expected is MISSING else f" is {short(expected)}"))
    return lines


def short(value):
    """An object's kind and name; nothing of the program's is called."""
    name = getattr(value, "__qualname__", None) if lasting_type(type(value)) else None
    return f"{name_of(type(value))} {name}" if type(name) is str else name_of(type(value))


def texts(compiled, kinds):
    """The texts of these kinds: graph, llvm, asm."""
    from framejit.graph.show import show
    made = {"graph": lambda: show(compiled.graph), "llvm": lambda: pipeline.engine().optimised_text(compiled.ir),
            "asm": lambda: pipeline.engine().assembly(compiled.ir)}
    return {kind: made[kind]() for kind in kinds}


def translated(state, make_spec, allows, layout, options):
    """For explaining: graph and LLVM text, nothing loaded."""
    return pipeline.translate(allowing(make_spec, allows), hints_for(state, CALL), layout, True, options)


__all__ = ["NotYet", "Unsupported", "body_spec", "compiled_region", "computes_arrays", "function_spec", "guards", "learn", "leave", "leave_refusal", "leave_slow", "linked", "loop_spec", "machine_region", "nests_of", "parts_of",
           "texts", "translated", "worker_parts", "worker_text"]
