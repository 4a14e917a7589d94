"""Checks nests (graph/nests.py) independently of what made them, and computes them with NumPy itself."""

from framejit.loops import ufuncs
from framejit.tables.elementwise import AS_TYPE, CAST, CASTS, PAIR, WHERE
from framejit.tables.types import ELEMENTS, KINDS

MOST_RANK = 8           # ext/nests.h: FJ_MOST_AXES, FJ_MOST_OPERANDS, FJ_MOST_STEPS
MOST_OPERANDS = 32
MOST_STEPS = 64
FROM_FLOATS = ("int64", "int32", "int16", "int8", "uint16", "uint8")
HALF, WIDER, NARROWER = "float16", ("float32", "float64"), ("bool_", "int8", "uint8")


class Malformed(Exception):
    """The nest breaks a rule; the message names the value."""


def verify(nest):
    """Raise Malformed unless every step's operands come before it and have the kinds that its loop takes."""
    def need(condition, text):
        if not condition:
            raise Malformed(text)

    need(nest.steps and 0 < nest.rank <= MOST_RANK and len(nest.operands) <= MOST_OPERANDS and len(nest.steps) <= MOST_STEPS, "no steps, no array, or too many operands")
    for number, operand in enumerate(nest.operands):
        need(operand.form in ("array", "scalar", "result") and operand.kind in ELEMENTS, f"%{number} is no operand")
        need((operand.form != "scalar") == (operand.rank > 0), f"%{number} has a wrong rank")
    results, last = nest.results, len(nest.operands) + len(nest.steps) - 1
    for value, number in results.items():
        need(len(nest.operands) <= value < last and nest.kind_of(value) == nest.operands[number].kind, f"%{number} is no result")
    need([one.form for one in nest.operands[len(nest.operands) - len(results):]] == ["result"] * len(results), "results that aren't behind the operands")
    for number, step in enumerate(nest.steps, len(nest.operands)):
        need(all(0 <= one < number and one not in results.values() for one in step.args), f"%{number} comes before its operands")
        kinds = [nest.kind_of(one) for one in step.args]
        if step.name == CAST:
            need(len(kinds) == 1 and castable(kinds[0], step.kind), f"%{number}: no cast from {kinds} to {step.kind}")
        elif step.name == AS_TYPE:
            need(len(kinds) == 1 and (castable(kinds[0], step.kind) or narrowable(kinds[0], step.kind)), f"%{number}: no conversion from {kinds} to {step.kind}")
        elif step.name == WHERE:
            need(kinds == ["bool_", step.kind, step.kind], f"%{number}: no choice between {kinds[1:]} by {kinds[0]}")
        elif step.name == PAIR:
            need(kinds == [ELEMENTS[step.kind].part] * 2, f"%{number}: no complex number of {kinds}")
        else:
            need(ufuncs.loop(step.name, [*kinds, step.kind]) is not None, f"%{number}: no loop for {kinds} that gives {step.kind}")
    used = {one for step in nest.steps for one in step.args} | {*results, *results.values()}
    need(used == set(range(last)), "a value that nobody reads")
    return nest


def castable(source, target):
    """Whether a conversion between elements is one instruction that NumPy's gives the same bits as."""
    if source == target:
        return True
    part = ELEMENTS[target].part
    if part is not None:
        return source in (*KINDS, HALF) and castable(source, part)
    if HALF in (source, target):
        return (target in WIDER or source in NARROWER) and ufuncs.processor_has("F16C")
    if source not in KINDS or target not in KINDS:
        return False
    source, target = KINDS[source], KINDS[target]
    if source.machine == "i1":
        return True
    if source.floating:
        return target.machine == "f64"
    return target.floating or width(target) > width(source) or width(target) == width(source) and target.signed == source.signed


def narrowable(source, target):
    """Whether a conversion that may lose something is made of instructions that give NumPy's bits and flags: of floats to integers, whose processor's
    instruction has 32 bits for the small ones, to narrower floats, of integers to narrower ones or those with another sign, of numbers to whether they aren't zero."""
    if source not in KINDS or target not in KINDS or castable(source, target):
        return False
    return target == "bool_" or not KINDS[source].floating or KINDS[target].floating or target in FROM_FLOATS


def width(kind):
    return int(kind.memory[1:])



def run(nest, values):
    """The result as NumPy computes it, operation by operation; `values`: arrays and NumPy scalars of the operands' kinds."""
    return run_all(nest, values)[-1]


def run_all(nest, values):
    """The same with the other results before it."""
    values = list(values)
    for step in nest.steps:
        args = [values[number] for number in step.args]
        values.append(args[0].astype(ufuncs.dtype_of(step.kind)) if step.name in CASTS else ufuncs.function(step.name)(*args))
    return [*[values[number] for number in nest.results], values[-1]]


__all__ = ["MOST_OPERANDS", "MOST_RANK", "MOST_STEPS", "Malformed", "castable", "narrowable", "run", "run_all", "verify"]
