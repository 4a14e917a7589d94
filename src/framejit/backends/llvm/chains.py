"""Nests and reductions that feed one another row by row (capture/chains.py), as the runtime sees them (ext/nest_chain.h)."""

from framejit.backends.llvm import arrays, described_nests
from framejit.tables.types import ELEMENTS

OPERAND = described_nests.OPERAND
VALUE = "{ i32, i32, i32, i32, i32, i32 }"
STAGE = "{ ptr, ptr, ptr, i32, i32, i64 }"


def nest_chain(low, node):
    """Its results are handed over in words behind those of its operands."""
    words = low.words[node.id] = arrays.words_of(low, node.args, len(node.attr[4]))
    low.declare(f"fj_nest_chain{low.held}", "i64", ["ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call i64 @fj_nest_chain{low.held}(ptr %ctx, ptr {described(low, node.attr)}, ptr {words})")


def described(low, attr):
    """The constant that describes a chain."""
    rank, operands, values, stages, results = attr
    count, name = len(operands), f"@chain{len([one for one in low.declarations if one.startswith('@chain') and '.' not in one])}"
    nests = [low.graph.nests[what] for what, *_ in stages if what.__class__ is int]
    constants(low, f"{name}.operands", OPERAND, [f"i32 {ELEMENTS[kind].size if axes else 0}, i32 {ELEMENTS[kind].number}, i32 0, i32 0" for kind, axes in operands])
    constants(low, f"{name}.values", VALUE, list(described_values(low.graph.nests, attr)))
    lines = []
    for number, (what, takes, gives, single) in enumerate(stages):
        taken = ", ".join([f"i32 {one if one >= 0 else count + ~one}" for one in takes])
        low.declarations.setdefault(f"{name}.takes{number}", f"{name}.takes{number} = internal constant [{len(takes)} x i32] [{taken}]")
        nest = f"@nest{what}" if what.__class__ is int else "null"
        reduction = "null" if what.__class__ is int else arrays.described_reduction(low, values[gives[0]][0], *what[:2])
        lines.append(f"ptr {nest}, ptr {reduction}, ptr {name}.takes{number}, i32 {count + gives[-1]}, i32 {int(single)}, i64 {0 if what.__class__ is int else what[2]}")
    constants(low, f"{name}.stages", STAGE, lines)
    threads = 1 if any([described_nests.asks_python(nest) for nest in nests]) else low.graph.threads
    numbers = (rank, count, len(values), len(stages), len(results), sum([len(nest.steps) for nest in nests]) + len(stages) - len(nests), threads)
    low.declarations[name] = (f"{name} = internal constant {{ ptr, ptr, ptr, {', '.join(['i32'] * len(numbers))} }} "
                              f"{{ ptr {name}.operands, ptr {name}.values, ptr {name}.stages, {', '.join([f'i32 {one}' for one in numbers])} }}")
    return name


def constants(low, name, kind, parts):
    low.declarations[name] = f"{name} = internal constant [{len(parts)} x {kind}] [{', '.join([f'{kind} {{ {part} }}' for part in parts])}]"


def described_values(nests, attr):
    """Of each value: bytes of an element, NumPy's number of its kind, whether each row has one, whether whole rows of it are read, its number among what is given, the operands
    that it depends on."""
    _, operands, values, stages, results = attr
    masks = [int(axes > 0) << number for number, (_, axes) in enumerate(operands)]
    found = [0] * len(values)
    for what, takes, gives, _ in stages:
        taken = [masks[one] if one >= 0 else found[~one] for one in takes]
        for place, mask in zip(gives, masks_of(nests[what], taken) if what.__class__ is int else taken):
            found[place] = mask
    read = {~one for what, takes, _, single in stages for one in takes if one < 0 and not single}
    for place, (kind, single) in enumerate(values):
        mask = found[place] if found[place] < 1 << 31 else found[place] - (1 << 32)
        yield f"i32 {ELEMENTS[kind].size}, i32 {ELEMENTS[kind].number}, i32 {int(single)}, i32 {int(single and place in read)}, i32 {results.index(place) if place in results else -1}, i32 {mask}"


def masks_of(nest, masks):
    """Of what a nest gives, from those of its operands."""
    masks = list(masks)
    for step in nest.steps:
        masks.append(0)
        for one in step.args:
            masks[-1] |= masks[one]
    return [*[masks[value] for value in nest.results], masks[-1]]


ROWS = {"nest_chain": nest_chain}

__all__ = ["ROWS"]
