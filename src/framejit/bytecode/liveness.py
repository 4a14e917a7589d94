"""Which locals may still be read from a place on, along normal control flow (handlers are the interpreter's).

Backward data flow over instructions to a fixpoint; sets are bit masks of local slots.
"""

READS = ("LOAD_FAST", "LOAD_FAST_AND_CLEAR", "DELETE_FAST")
ENDS = ("RETURN", "RAISE", "OTHER")


def live_locals(bytecode):
    """unit -> mask of the slots that are live before the instruction there."""
    instructions, at = bytecode.instructions, bytecode.at
    count = len(instructions)
    before = [0] * (count + 1)
    changed = True
    while changed:
        changed = False
        for index in range(count - 1, -1, -1):
            instruction = instructions[index]
            op = instruction.op
            live = 0 if op in ENDS else before[index + 1]
            if op == "JUMP":
                live = 0
            if instruction.target is not None and instruction.target in at:
                live |= before[at[instruction.target]]
            if op == "STORE_FAST":
                live &= ~(1 << instruction.arg)
            elif op in READS:
                live |= 1 << instruction.arg
            if live != before[index]:
                before[index] = live
                changed = True
    return {instruction.unit: before[index] for index, instruction in reversed(list(enumerate(instructions)))}
