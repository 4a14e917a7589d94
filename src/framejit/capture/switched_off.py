"""Branches that a global name which is False keeps the program out of: what can't be done natively there leaves, in routines, too.

    if tracing: print(task.number)      ->   a guard on nothing: the branch ends at the call-out, which no call has come to yet
"""

SITE = 402              # part of a site's key: a call has come by


def is_off(machine, unit):
    """Whether the instruction stands in a branch of which a name that is False now says that it isn't taken."""
    instructions = machine.code.instructions
    for index, one in enumerate(instructions):
        if one.op == "BRANCH" and one.arg == "false" and one.next <= unit < one.target and asks_name(machine, instructions, index):
            return True
    return False


def asks_name(machine, instructions, index):
    """Whether the branch at this index asks for the truth of a global name that is False now."""
    before = index - 1 if instructions[index - 1].op != "TRUTH" else index - 2
    read = instructions[before]
    return read.op == "LOAD_GLOBAL" and dict.get(machine.region.globals, read.arg) is False


__all__ = ["SITE", "is_off"]
