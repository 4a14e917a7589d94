"""Methods that a variable holds only to be called, of an instance that a parameter holds for as long as the frame runs: no object exists for them.

    getrandbits = self.getrandbits
    r = getrandbits(k)          ->  the method, called with self; where native code leaves, the object is made
"""

from framejit.capture.values import Const, Obj, Value

CHANGES = ("STORE_FAST", "DELETE_FAST", "LOAD_FAST_AND_CLEAR")


class HeldMethod(Value):
    """What is called, the instance's node, its class if that is known."""

    __slots__ = ("function", "node", "type")
    virtual = True

    def __init__(self, function, node, type, example=None):
        self.function, self.node, self.type, self.example = function, node, type, example

    def shape(self):
        return ("held method", self.function, self.type)

    def parts(self):
        return (self.node,)

    def unpacked(self, machine):
        """The function, and what it is bound to, which no home of the stack keeps."""
        return [Const(self.function), Obj(self.type, machine.emit("address", self.node, machine.int(0)), "item", self.example)]


def may_be_held(machine):
    """Whether the attribute that the instruction at hand reads goes to such a variable."""
    instructions, target = machine.code.instructions, machine.following()
    source = instructions[machine.index - 1]
    if source.op != "LOAD_FAST" or target is None or target.op != "STORE_FAST" or source.arg not in machine.code.parameters:
        return False
    if changes(instructions, source.arg) or len(changes(instructions, target.arg)) > 1 or machine.state.stack[-1] is not machine.state.locals[source.arg]:
        return False
    return all([only_called(machine.code, place) for place, one in enumerate(instructions) if one.op == "LOAD_FAST" and one.arg == target.arg])


def changes(instructions, slot):
    return [one for one in instructions if one.op in CHANGES and one.arg == slot]


def only_called(bytecode, place):
    """Whether the variable that is loaded here is called."""
    return bytecode.instructions[place + (1 if bytecode.null_above else -1)].op == "PUSH_NULL"


__all__ = ["HeldMethod", "may_be_held"]
