"""Branches that no call has taken yet: what can't be done natively there leaves, in routines, too.

    if tracing: print(task.number)              tracing is False: the branch ends at the call-out, which no call has come to yet
    if not done: print("there is a cycle")      the interpreter has specialised what stands before, and no name that is read in the branch
"""

from framejit._machine import specialised_texts
from framejit.bytecode import specialised
from framejit.capture.ends import BlockEnds

SITE = 402              # part of a site's key: a call has come by
NAMES = ("LOAD_GLOBAL_MODULE", "LOAD_GLOBAL_BUILTIN")
WARM = (*NAMES, "LOAD_ATTR_", "LOAD_METHOD_", "STORE_ATTR_", "COMPARE_OP_", "BINARY_OP_", "BINARY_SUBSCR_")        # as names of what has run often begin


def leave(machine):
    """What such a name keeps the program out of, and nothing has come to, leaves: an exit teaches that a call has come by."""
    site = machine.instruction.unit, SITE
    if site not in machine.hints.sites and is_off(machine, machine.instruction.unit) and not (machine.unseen or machine.pending or machine.held is not None):
        machine.leave("type", machine.object(None), site)
        raise BlockEnds


def is_off(machine, unit):
    """Whether the instruction stands in a branch of which a name that is False now says that it isn't taken, or in which the interpreter has run nothing."""
    instructions = machine.code.instructions
    branches = [index for index, one in enumerate(instructions) if one.op == "BRANCH" and one.target is not None and one.next <= unit < one.target]
    asked = any([instructions[index].arg == "false" and asks_name(machine, instructions, index) for index in branches])
    return asked or bool(branches) and never_run(machine, instructions, branches[-1], unit)


def asks_name(machine, instructions, index):
    """Whether the branch at this index asks for the truth of a global name that is False now."""
    before = index - 1 if instructions[index - 1].op != "TRUTH" else index - 2
    read = instructions[before]
    return read.op == "LOAD_GLOBAL" and dict.get(machine.region.globals, read.arg) is False


def never_run(machine, instructions, index, unit):
    """Whether nothing between the branch at this index and this unit has run often, though names are read there, and something before it has."""
    texts = specialised_texts(machine.region.code)
    inside = [one for one in instructions[index + 1:] if one.unit <= unit]
    reads = [one for one in inside if one.op == "LOAD_GLOBAL"]
    return bool(reads) and not any([is_warm(texts, one, NAMES) for one in reads]) and any([is_warm(texts, one, WARM) for one in instructions[:index]])


def is_warm(texts, instruction, names):
    """Whether the interpreter has made one of these of an instruction."""
    found = [specialised.name(text, unit) for text in texts for unit in {instruction.unit, instruction.at}]
    return any([name.startswith(names) and not name.endswith("ADAPTIVE") for name in found])


__all__ = ["leave"]
