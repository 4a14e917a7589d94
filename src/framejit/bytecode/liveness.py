"""Which variables may still be read from a place on: by native code, or by the interpreter behind an exit, in handlers too.

Backward data flow over instructions to a fixpoint; sets are bit masks.  What nobody reads any more is seen in a frame's
locals only.
"""

from bisect import bisect_left, bisect_right

READS = ("LOAD_FAST", "LOAD_FAST_AND_CLEAR", "DELETE_FAST", "LOAD_DEREF", "STORE_DEREF")
STORES = ("STORE_FAST",)
NAME_READS = ("LOAD_NAME", "LOAD_GLOBAL", "DELETE_NAME", "DELETE_GLOBAL")
NAME_STORES = ("STORE_NAME", "STORE_GLOBAL")
ENDS = ("RETURN", "RAISE", "JUMP")


def live_locals(bytecode):
    """unit -> mask of the slots that are live before the instruction there."""
    return live(bytecode, READS, STORES, {one.arg: one.arg for one in bytecode.instructions if one.op in READS})


def live_names(bytecode, names):
    """The same for global names: bits in the order of `names`.  Code that is called reads them, too."""
    return live(bytecode, NAME_READS, NAME_STORES, {name: bit for bit, name in enumerate(names)})


def live(bytecode, reads, stores, bits):
    """unit -> mask of the variables that are live there; `bits`: an instruction's argument -> its bit."""
    instructions, at = bytecode.instructions, bytecode.at
    count = len(instructions)
    before = [0] * (count + 1)
    caught = landings(bytecode)
    changed = True
    while changed:
        changed = False
        for index in range(count - 1, -1, -1):
            instruction = instructions[index]
            op = instruction.op
            live = 0 if op in ENDS else before[index + 1]
            if instruction.target is not None and instruction.target in at:
                live |= before[at[instruction.target]]
            if op in stores and instruction.arg in bits:
                live &= ~(1 << bits[instruction.arg])
            elif op in reads and instruction.arg in bits:
                live |= 1 << bits[instruction.arg]
            if index in caught:
                live |= before[caught[index]]
            if live != before[index]:
                before[index] = live
                changed = True
    return {instruction.unit: before[index] for index, instruction in reversed(list(enumerate(instructions)))}


def landings(bytecode):
    """Index of an instruction that a handler covers -> index of the handler's first one."""
    units = [instruction.unit for instruction in bytecode.instructions]
    found = {}
    for handler in bytecode.handlers:
        if handler.target in bytecode.at:
            first = bisect_left(units, units[bisect_right(units, handler.start) - 1])
            found.update(dict.fromkeys(range(first, bisect_left(units, handler.end)), bytecode.at[handler.target]))
    return found
