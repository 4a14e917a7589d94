"""Methods of objects of a union of classes: calls by ways, one for each function that the classes have, which meet behind the call.

    task.step(by)       ->   is it a Worker?  Worker.step : is it a Device or a Clock?  Device.step : Handler.step

The stack has a value Methods in the function's place meanwhile, whose object is the function of the object's class.
"""

from framejit.capture import alternatives, unions, values as v
from framejit.capture.ends import BlockEnds


def put(machine, value, ways):
    """The stack's top gives way to its methods and itself.  `ways`: [(function, its classes)]."""
    found = machine.emit("field", value.node, attr="object_type", type="ptr")
    node = machine.object(ways[-1][0])
    for function, kinds in ways[:-1]:
        for kind in kinds:
            node = machine.emit("select", machine.emit("icmp_eq", found, machine.object(kind)), machine.object(function), node)
    machine.state.stack[-1:] = [v.Methods(tuple([(v.Same(function), tuple(kinds)) for function, kinds in ways]), node), value]


def called(machine, instruction, base, call):
    """The call of the methods that lie at `base`, by ways: `call` does it in each, with a function and an object of known class."""
    if not alternatives.may_split(machine, instruction) or machine.splits(instruction):
        machine.state.stack[base] = v.Obj(None, machine.state.stack[base].function, "item")
        machine.secure()
        machine.begin(machine.state.copy())
        call(machine, instruction)
        return
    methods, receiver = machine.state.stack[base:base + 2]
    before, snapshot = machine.state, machine.snapshot
    for function, kinds in methods.ways:
        others = None
        if kinds is not methods.ways[-1][1]:
            own, others = machine.graph.block(), machine.graph.block()
            machine.end("branch", (unions.is_one_of(machine, receiver, kinds),), [(own, []), (others, [])])
            machine.block = own
        machine.state = before.copy()
        machine.state.stack[base] = v.Const(function.value)
        machine.state.replace(receiver, unions.narrowed(machine, receiver, kinds))
        machine.begin(snapshot.copy())
        one_way(machine, instruction, receiver, call)
        machine.block = others
    raise BlockEnds


def one_way(machine, instruction, receiver, call):
    """The call, and what comes then: the object is of any of the classes again."""
    try:
        call(machine, instruction)
    except BlockEnds:
        return
    if machine.block.end is not None:
        return
    machine.state.change(lambda leaf: as_before(leaf, receiver))
    machine.jump(instruction.next)


def as_before(leaf, receiver):
    if leaf.__class__ is v.Obj and leaf.node is receiver.node and unions.contains(receiver.type, leaf.type):
        return v.Obj(receiver.type, leaf.node, leaf.owner, receiver.example)
    return leaf


__all__ = ["called", "put"]
