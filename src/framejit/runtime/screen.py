"""What isn't worth loading the compiler for: the interpreter's own specialised instructions say so.

    for account in accounts:                LOAD_ATTR_METHOD_WITH_VALUES, CALL_PY_EXACT_ARGS ...
        account.deposit(step)               two certain call-outs in nine instructions: capture would refuse it

The rule is `pipeline.worthwhile`'s, from below: only what is certain to be a call-out counts as one.
"""

from types import FunctionType, MethodType

from framejit.runtime.codes import CALL
from framejit.tables.specialised import CALL_OUT, CALL_OUTS, COSTS, LIST_METHODS, METHODS


def certain_callouts(state, entry, texts, values):
    """[(unit, kind)] of the call-outs for which a region is refused; empty when it has to be captured.  `texts`: the
    specialised bytecode of the code object, and of its copy; `values`: the first locals."""
    bytecode = state.bytecode
    extent = None if entry == CALL else bytecode.loops.get(entry)
    loops = [units for units in bytecode.loops.values() if extent is None or units <= extent]
    found, whole, lost, owed = [], 0, 0, 0       # owed: calls of what is known to be called out
    for before, instruction, behind in in_threes(bytecode.instructions):
        if instruction.part or extent is not None and instruction.unit not in extent:
            continue
        weight = 10 ** sum(instruction.unit in units for units in loops)
        whole += weight
        kind = kind_of(instruction, texts)
        if instruction.op == "PUSH_NULL" and (calls_python(before, values) or calls_python(behind, values)):
            owed, lost = owed + 1, lost + weight * (COSTS["CALL"] - 1)
        cost = COSTS.get(kind, 1)
        if kind is None and owed and instruction.op == "CALL":
            kind = "CALL"
        if kind is None:
            continue
        owed += (kind == "LOAD_METHOD") - (kind == "CALL" and owed > 0)
        found.append((instruction.at, kind))
        lost += weight * cost
    return found if not loops or whole <= CALL_OUT * lost else []


def loops_refused(state):
    """Whether every loop of a function that has been tried was refused: then its calls are not worth it either."""
    tried = [unit for unit in state.samples if unit in state.bytecode.loops and unit in state.refused]
    return bool(tried) and not any(state.variants.get(unit) for unit in state.bytecode.loops)


class Refusal:
    """What the pipeline's own refusal says, without the pipeline."""

    name, detail, unit = "nothing_to_gain", "", 0

    def __init__(self, found):
        self.callouts = [(unit, 0, kind) for unit, kind in found]


def in_threes(instructions):
    """Each instruction with its neighbours."""
    return zip([None, *instructions], instructions, [*instructions[1:], None])


def calls_python(instruction, values):
    """Whether an instruction loads a local that holds a function of Python's."""
    return instruction is not None and instruction.op == "LOAD_FAST" and instruction.arg < len(values) \
        and type(values[instruction.arg]) in (FunctionType, MethodType)


def kind_of(instruction, texts):
    """The call-out that an instruction certainly is; None: it may be compiled."""
    from framejit.bytecode import specialised
    for text in texts:
        for unit in {instruction.unit, instruction.at}:
            name = specialised.name(text, unit)
            if name in METHODS and instruction.arg not in LIST_METHODS:
                return "LOAD_METHOD"
            if name in CALL_OUTS:
                return CALL_OUTS[name]
    return None
