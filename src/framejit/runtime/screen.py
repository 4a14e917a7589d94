"""What isn't worth loading the compiler for: the interpreter's own specialised instructions say so.

    for account in accounts:                LOAD_ATTR_METHOD_WITH_VALUES, CALL_PY_EXACT_ARGS ...
        account.deposit(step)               two certain call-outs in nine instructions: capture would refuse it

The rule is `pipeline.worthwhile`'s, from below: only what is certain to be a call-out counts as one.
"""

from functools import cache
from types import BuiltinFunctionType, CellType, FunctionType, MethodType, ModuleType

from framejit.runtime.codes import CALL, compilable
from framejit.tables.classes import from_numpy, known_class, one_of
from framejit.tables.specialised import BUILTIN_CALLS, BUILTIN_METHODS, CALL_OUTS, CALLED, CERTAIN, COMPUTED, EXPRESSION, METHODS, OPERATION, PLAIN_MODULES


def certain_callouts(state, entry, look, values, globals):
    """[(unit, kind)] of the call-outs for which a region is refused; empty when it has to be captured.  `look(code)`: what is
    known of a code object, and the specialised bytecode of it and of its copy; `values`: the first locals."""
    _, texts = look(state.code)
    bytecode = state.bytecode
    extent = state.extent(entry)
    loops = bytecode.loops_within(extent)
    expressions = bytecode.expressions
    found, whole, lost, owed, waived = [], 0, 0, 0, 0       # owed: calls of what is known to be called out; waived: of methods that may be compiled
    for index, instruction in enumerate(bytecode.instructions):
        if instruction.op == "PUSH_NULL" and (extent is None or instruction.unit in extent):
            value = value_of(callee(bytecode, index), values, globals)
            cost = 0 if may_be_skipped(bytecode, instruction.unit) else cost_of_calling(value, look)
            waived += cost == 0 and type(value) is MethodType
            owed, lost = owed + (cost > 0), lost + weight_of(instruction, loops) * max(0, cost - CALLED)
        if instruction.part or extent is not None and instruction.unit not in extent:
            continue
        weight = weight_of(instruction, loops)
        whole += weight * (EXPRESSION if instruction.unit in expressions else 1)
        kind, cost = kind_of(instruction, texts)
        if waived and kind == "CALL" and cost == CERTAIN["CALL"]:
            kind, waived = None, waived - 1
        if kind is None and owed and instruction.op == "CALL":
            kind, cost = "CALL", CALLED
        if kind is None or kind == "YIELD_VALUE" and may_be_skipped(bytecode, instruction.unit) or kind == "FOR_NEXT" and walks_expression(bytecode, index):
            continue
        owed += (kind == "LOAD_METHOD") - (kind == "CALL" and owed > 0)
        found.append((instruction.at, kind))
        lost += weight * cost
    return found if not loops and not expressions or whole <= lost else []


def walks_expression(bytecode, index):
    """Whether the loop at this instruction may be over a generator expression."""
    return [(one.op, one.arg) for one in bytecode.instructions[max(index - 3, 0):index]] == [("GET_ITER", None), ("CALL", (0, ())), ("GET_ITER", None)]


def weight_of(instruction, loops):
    return 10 ** sum([instruction.unit in units for units in loops]) if loops else 1


def computes_nothing(state, entry, values):
    """Whether a call without a loop, or an expression that is one, has nothing to compute with: no argument is a number, or can hold some; to code that
    calls itself, as the nodes of a tree are walked over, each but None can."""
    kinds = [type(contents(value)) for value in values]
    if entry != CALL or not kinds or any([one_of(kind, COMPUTED) or from_numpy(kind) for kind in kinds]) or state.bytecode.loops or state.bytecode.expressions:
        return False
    return not (state.bytecode.calls_itself and any([kind is not type(None) for kind in kinds]))


def contents(value):
    """What a variable holds, which may be a cell."""
    if type(value) is not CellType:
        return value
    try:
        return value.cell_contents
    except ValueError:          # nothing yet
        return None


def loops_refused(state):
    """Whether every loop of a function that has been tried was refused, or has lost: then its calls are not worth it either."""
    tried = [unit for unit in state.samples if unit in state.bytecode.loops and (unit in state.refused or unit in state.outweighed)]
    return bool(tried) and not any(state.variants.get(unit) for unit in state.bytecode.loops)


class Refusal:
    """What the pipeline's own refusal says, without the pipeline."""

    name, detail, unit = "nothing_to_gain", "", 0

    def __init__(self, found):
        self.callouts = [(unit, 0, kind) for unit, kind in found]


def may_be_skipped(bytecode, unit):
    """Whether the innermost loop gets round, or the function to its end, without this unit."""
    header = min([header for header in bytecode.loops if unit in bytecode.loops[header]], key=lambda each: len(bytecode.loops[each]), default=None)
    extent = bytecode.depth if header is None else bytecode.loops[header]
    waiting, seen = [bytecode.first if header is None else header], {unit}
    while waiting:
        one = waiting.pop()
        if one in seen or one not in extent:
            continue
        seen.add(one)
        following = bytecode.successors[one]
        if not following or header in following:
            return True
        waiting += following
    return False


def callee(bytecode, index):
    """The instructions that load what is called, beside the PUSH_NULL at this index."""
    instructions, first = bytecode.instructions, index + 1
    if bytecode.null_above:
        first = index - 1
        while instructions[first].op == "LOAD_ATTR":
            first -= 1
        return instructions[first:index]
    last = first + 1
    while instructions[last].op == "LOAD_ATTR":
        last += 1
    return instructions[first:last]


def value_of(loads, values, globals):
    """What a local or a global holds, or an attribute of a module that it holds; else None."""
    head, *attributes = loads
    value = None
    if head.op == "LOAD_FAST":
        value = values[head.arg] if head.arg < len(values) else None
    elif head.op in ("LOAD_GLOBAL", "LOAD_NAME"):
        value = dict.get(globals, head.arg)
    for attribute in attributes:
        value = dict.get(vars(value), attribute.arg) if type(value) is ModuleType else None
    return value


def called(bytecode, index, values, globals):
    """What is called where this index of the instructions prepares a call, or None."""
    one = bytecode.instructions[index]
    if one.op == "PUSH_NULL":
        return value_of(callee(bytecode, index), values, globals)
    owner = type(value_of(bytecode.instructions[index - 1:index], values, globals))
    return next((vars(kind)[one.arg] for kind in type.mro(owner) if one.arg in vars(kind)), None) if type(owner) is type else None


def cost_of_calling(value, look):
    """In interpreted instructions; 0: it may be compiled."""
    bound = type(value) is MethodType
    function = value.__func__ if bound and known_class(type(value.__self__)) else value
    if type(function) is FunctionType and not opaque(*look(function.__code__)) or bound and type(value.__func__) is not FunctionType:
        return 0
    if one_of(type(value), (FunctionType, MethodType)):
        return CERTAIN["CALL"]
    plain = type(value) is BuiltinFunctionType and type(value.__module__) is str and value.__module__ not in PLAIN_MODULES
    return CALLED if plain else 0


def opaque(state, texts):
    """Whether calls of functions with this code are certain to be call-outs: some instruction of it is."""
    return compilable(state.code) is not None or any([kind_of(one, texts)[0] is not None for one in state.bytecode.instructions if not one.part])


@cache
def specialised_name():
    from framejit.bytecode import specialised
    return specialised.name


def kind_of(instruction, texts):
    """(the call-out that an instruction certainly is, what it costs); (None, 0): it may be compiled."""
    name_at = specialised_name()
    for text in texts:
        for unit in (instruction.unit, instruction.at) if instruction.at != instruction.unit else (instruction.unit,):
            name = name_at(text, unit)
            if name in METHODS and instruction.arg in BUILTIN_METHODS:
                return "LOAD_METHOD", OPERATION
            if name in CALL_OUTS:
                return CALL_OUTS[name], CALLED if name in BUILTIN_CALLS else CERTAIN.get(CALL_OUTS[name], OPERATION)
    return None, 0
