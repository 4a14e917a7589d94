"""A nest as the runtime sees it (ext/nests.h), and what its kernel shares with that: elements, inner loops of NumPy's."""

from framejit.loops import registers, ufuncs
from framejit.tables.elementwise import AS_TYPE, CASTS, REFUSING, SILENT, STRIDED
from framejit.tables.types import ELEMENTS

OPERAND = "{ i32, i32, i32, i32 }"
STEP = "{ ptr, i32, i32, i32, i32, i32, i32 }"


def inner_loop(name, kinds, declarations):
    """Texts of one of NumPy's inner loops and of what it is handed, often the function of one element that it calls."""
    symbol = ufuncs.symbol(name, kinds)
    declarations.setdefault(symbol, f"declare void @{symbol}(ptr, ptr, ptr, ptr)")
    _, handed = ufuncs.loop(name, kinds)
    if not handed:
        return f"@{symbol}", "null"
    data = symbol.replace(ufuncs.PREFIX, ufuncs.DATA, 1)
    declarations.setdefault(data, f"@{data} = external global i8")
    return f"@{symbol}", f"@{data}"


def function(name, declarations):
    """The text of one of NumPy's functions as an object."""
    symbol = f"@{ufuncs.FUNCTION}{name}"
    declarations.setdefault(symbol, f"{symbol} = external global i8")
    return symbol


def element(kind):
    """LLVM's type of an element in memory and in registers; bools are bytes."""
    return ELEMENTS[kind].llvm


def size(kind):
    return ELEMENTS[kind].size


def alignment(kind):
    """Of elements: NumPy's complex numbers lie as their parts do."""
    return min(size(kind), 8)


def step_of(nest, value):
    return nest.steps[value - len(nest.operands)]


def is_register(nest, value):
    """Whether a step is computed in registers."""
    step = step_of(nest, value)
    return registers.is_register(step.name, [nest.kind_of(one) for one in step.args], [one < len(nest.operands) and nest.operands[one].form == "scalar" for one in step.args])


def description(nest, number, calls, threads, declarations, parted, backwards):
    """Lines of the constants that describe a nest.  `threads`: that may compute it at most, 0 for as many as there are processors."""
    result, count = ELEMENTS[nest.kind], len(nest.operands)
    operands = [f"{OPERAND} {{ i32 {size(one.kind) if one.form != 'scalar' else 0}, i32 {ELEMENTS[one.kind].number}, i32 {int(one.either)}, i32 {arrays_of(nest, one.of) if one.form == 'result' else 0} }}" for one in nest.operands]
    steps = [described(nest, value, declarations) for value in range(count, count + len(nest.steps))]
    numbers = ", ".join([f"i32 {one}" for one in (nest.rank, count, len(steps), result.number, size(nest.kind), int(calls), raises(nest) + is_light(nest), 1 if asks_python(nest) else threads, len(nest.results))])
    yield f"@operands{number} = internal constant [{len(operands)} x {OPERAND}] [{', '.join(operands)}]"
    yield f"@steps{number} = internal constant [{len(steps)} x {STEP}] [{', '.join(steps)}]"
    yield (f"@nest{number} = internal constant {{ ptr, ptr, ptr, ptr, i32, i32, i32, i32, i32, i32, i32, i32, i32, ptr }} "
           f"{{ ptr @kernel{number}, ptr {backwards}, ptr @operands{number}, ptr @steps{number}, {numbers}, ptr {parted} }}")


def raises(nest):
    """Whether a step may raise flags of floating-point arithmetic."""
    count = len(nest.operands)
    return any([not is_register(nest, value) or step.name not in SILENT and is_floating(ELEMENTS[nest.kind_of(step.args[0])])
                for value, step in enumerate(nest.steps, count)])


LIGHT, FEW = {"add", "subtract", "multiply"}, 2


def is_light(nest):
    """Whether it is so little work that doing it twice is less than moving what it gives."""
    return raises(nest) and len(nest.steps) <= FEW and all([step.name in LIGHT for step in nest.steps])


def is_floating(element):
    return element.floating or element.part is not None


def asks_python(nest):
    """Whether a loop of NumPy's may raise a Python exception: it belongs to the thread that has the GIL otherwise."""
    return any([step.name in REFUSING and not ELEMENTS[step.kind].floating and ELEMENTS[step.kind].part is None for step in nest.steps])


def described(nest, value, declarations):
    step = step_of(nest, value)
    called = "null" if step.name in CASTS else function(step.name, declarations)
    args = (step.args[0], ELEMENTS[step.kind].number, int(step.name == AS_TYPE)) if step.name in CASTS else (*step.args, 0, 0)[:3]
    loop = 0 if is_register(nest, value) else 2 if step.name in STRIDED else 1
    numbers = ", ".join([f"i32 {one}" for one in (loop, len(step.args), *args, arrays_of(nest, value))])
    return f"{STEP} {{ ptr {called}, {numbers} }}"


def arrays_of(nest, value):
    """A bit for each array that a value depends on, as a signed number."""
    found = mask_of(nest, value)
    return found if found < 1 << 31 else found - (1 << 32)


def mask_of(nest, value):
    masks = [int(operand.form == "array") << number for number, operand in enumerate(nest.operands)]
    for step in nest.steps[:max(0, value + 1 - len(masks))]:
        mask = 0
        for one in step.args:
            mask |= masks[one]
        masks.append(mask)
    return masks[value]


__all__ = ["alignment", "description", "element", "function", "inner_loop", "is_register", "size"]
