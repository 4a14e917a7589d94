"""Nests and reductions that feed one another row by row (capture/chains.py), as the runtime sees them (ext/nest_chain.h)."""

from framejit.backends.llvm import arrays, described_nests
from framejit.loops.nests import MOST_RANK
from framejit.tables.reductions import PRODUCT
from framejit.tables.types import ELEMENTS

OPERAND = described_nests.OPERAND
VALUE = "{ i32, i32, i32, i32, i32, i32, i32 }"
STAGE = "{ ptr, ptr, ptr, ptr, i32, i32, i64 }"
MULTIPLIED = f"{{ ptr, ptr, [{MOST_RANK} x i32], [{MOST_RANK} x i32], i32, i32, i32, i32 }}"
SHAPED = (1 << 32) - 1      # of what depends on a product (FJ_SHAPED, ext/nest_chain.h)


def nest_chain(low, node):
    """Its results are handed over in words behind those of its operands."""
    words = low.words[node.id] = arrays.words_of(low, node.args, len(node.attr[4]))
    low.declare(f"fj_nest_chain{low.held}", "i64", ["ptr", "ptr", "ptr"])
    low.out(f"%n{node.id} = call i64 @fj_nest_chain{low.held}(ptr %ctx, ptr {described(low, node.attr)}, ptr {words})")


def described(low, attr):
    """The constant that describes a chain."""
    rank, operands, values, stages, results, moving = attr
    count, name = len(operands), f"@chain{len([one for one in low.declarations if one.startswith('@chain') and '.' not in one])}"
    nests = [low.graph.nests[what] for what, *_ in stages if what.__class__ is int]
    constants(low, f"{name}.operands", OPERAND, [f"i32 {ELEMENTS[kind].size if axes > 0 else 0}, i32 {ELEMENTS[kind].number}, i32 0, i32 0" for kind, axes in operands])
    constants(low, f"{name}.values", VALUE, list(described_values(low.graph.nests, attr)))
    lines = []
    for number, (what, takes, gives, single) in enumerate(stages):
        taken = ", ".join([f"i32 {one if one >= 0 else count + ~one}" for one in takes])
        low.declarations.setdefault(f"{name}.takes{number}", f"{name}.takes{number} = internal constant [{len(takes)} x i32] [{taken}]")
        lines.append(f"{described_stage(low, name, number, what, values[gives[0]][0])}, ptr {name}.takes{number}, i32 {count + gives[-1]}, i32 {int(single)}, i64 {what[2] if is_reduction(what) else 0}")
    constants(low, f"{name}.stages", STAGE, lines)
    threads = 1 if any([described_nests.asks_python(nest) for nest in nests]) else low.graph.threads
    numbers = (rank, count, len(values), len(stages), len(results), sum([len(nest.steps) for nest in nests]) + len(stages) - len(nests), threads, moving)
    low.declarations[name] = (f"{name} = internal constant {{ ptr, ptr, ptr, {', '.join(['i32'] * len(numbers))} }} "
                              f"{{ ptr {name}.operands, ptr {name}.values, ptr {name}.stages, {', '.join([f'i32 {one}' for one in numbers])} }}")
    return name


def is_reduction(what):
    return what.__class__ is not int and what[0] != PRODUCT


def described_stage(low, name, number, what, kind):
    """Which nest, reduction or product it is; the others are NULL."""
    if what.__class__ is int:
        return f"ptr @nest{what}, ptr null, ptr null"
    if is_reduction(what):
        return f"ptr null, ptr {arrays.described_reduction(low, kind, *what[:2])}, ptr null"
    _, left, right, *numbers = what
    loop, data = described_nests.inner_loop("matmul", [kind] * 3, low.declarations)
    axes = ", ".join([f"[{MOST_RANK} x i32] [{', '.join([f'i32 {axis}' for axis in [*some, *[-1] * (MOST_RANK - len(some))]])}]" for some in (left, right)])
    low.declarations[f"{name}.product{number}"] = f"{name}.product{number} = internal constant {MULTIPLIED} {{ ptr {loop}, ptr {data}, {axes}, {', '.join([f'i32 {int(one)}' for one in numbers])} }}"
    return f"ptr null, ptr null, ptr {name}.product{number}"


def constants(low, name, kind, parts):
    low.declarations[name] = f"{name} = internal constant [{len(parts)} x {kind}] [{', '.join([f'{kind} {{ {part} }}' for part in parts])}]"


def described_values(nests, attr):
    """Of each value: bytes of an element, NumPy's number of its kind, whether each row has one, whether whole rows of it are read, its number among what is given, the operands
    that it depends on, whether all rows of a block are kept."""
    _, operands, values, stages, results, _ = attr
    masks = [int(axes > 0) << number for number, (_, axes) in enumerate(operands)]
    found = [0] * len(values)
    for what, takes, gives, _ in stages:
        taken = [masks[one] if one >= 0 else found[~one] for one in takes]
        for place, mask in zip(gives, masks_of(nests[what], taken) if what.__class__ is int else taken if is_reduction(what) else [SHAPED]):
            found[place] = mask
    lasting = lasting_values(stages)
    read = {~one for what, takes, _, single in stages for one in takes if one < 0 and not single}
    for place, (kind, single) in enumerate(values):
        mask = found[place] if found[place] < 1 << 31 else found[place] - (1 << 32)
        yield f"i32 {ELEMENTS[kind].size}, i32 {ELEMENTS[kind].number}, i32 {int(single)}, i32 {int(single and place in read)}, i32 {results.index(place) if place in results else -1}, i32 {mask}, i32 {int(place in lasting)}"


def lasting_values(stages):
    """Those that products give or take, and those that are read behind a product and made before it."""
    found, made, products = set(), {}, 0
    for what, takes, gives, _ in stages:
        product = what.__class__ is not int and what[0] == PRODUCT
        products += product
        found |= {~one for one in takes if one < 0 and (product or made.get(~one, products) < products)}
        found |= {*gives} if product else set()
        made |= dict.fromkeys(gives, products)
    return found


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
