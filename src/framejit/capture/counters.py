"""collections.Counter: a dictionary that says 0 where it has no such key, as long as its class does nothing else about that.

    counts[word] += 1   ->   the table is probed as a dictionary's is; what is found or 0; the sum is stored
"""

from collections import Counter

from framejit.capture import callees, values as v

OF_TABLES = 9           # FJ_OF_* in ext/machine.h
LIKE_TABLES = ("__getitem__", "__setitem__", "__contains__")


def is_counter(machine, value):
    """Whether this is likely to be a Counter whose class is as it should be, which is relied on from now on."""
    if value.__class__ is not v.Obj or value.type is not Counter and (value.type is not None or type(value.example) is not Counter):
        return False
    region = machine.region
    if any([region.attribute_of(Counter, name, OF_TABLES)[0] != "dict's" for name in LIKE_TABLES]):
        return False
    missing = vars(Counter).get("__missing__")
    row, number = region.attribute_of(Counter, "__missing__", OF_TABLES)
    if row != "method" or id(missing) != number or not machine.routines.allowed(missing.__code__) or not gives_zero(machine, missing):
        return False
    machine.graph.constant(Counter)
    machine.routines.uses(missing, callees.run_by(missing), callees.Taken(None, ()))
    return True


def gives_zero(machine, function):
    """Whether the function says `return 0`."""
    done = [(one.op, one.arg) for one in machine.hints.bytecode(function.__code__).instructions if one.op != "NOP"]
    return done == [("LOAD_CONST", 0), ("RETURN", None)] and type(done[0][1]) is int


def missing_is_zero(machine):
    """What stands for a key that there isn't; the interpreter calls a function for it."""
    machine.guard(machine.emit("icmp_sgt", machine.levels(), machine.int(0)), "recursion")
    return machine.object(0)


__all__ = ["Counter", "is_counter", "missing_is_zero"]
