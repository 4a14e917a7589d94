"""What a call's operands are before a row of FUNCTIONS has them, and where they go behind it."""

from framejit.capture import values as v


def told_apart(machine, arguments, instruction, bound=False):
    """The arguments, which lie on top of the stack, but for what a method is `bound` to, as numbers of one kind each where their places have
    shown several kinds."""
    from framejit.capture.handlers.arithmetic import apart
    return [*arguments[:bound], *[apart(machine, depth, instruction) for depth in range(bound - len(arguments), 0)]]


def secured_arguments(machine, arguments):
    """The arguments as they are once the call can't be left for the sake of what dies with it: some rows change lists."""
    if not any([temporary(machine, argument) for argument in arguments]):
        return arguments
    places = machine.state.places(arguments)
    machine.secure()
    return machine.state.at(places, arguments)


def keep_chosen(machine, base, arguments, result):
    """A number that was chosen among numbers which only homes of the stack may keep has its object in a home of its own."""
    from framejit.capture.handlers.stack import is_loose
    if result.__class__ is v.Num and is_loose(machine, result) and any([is_loose(machine, argument) for argument in arguments]):
        machine.emit("home_set", result.box, attr=(len(machine.state.locals) + base, True), exit=machine.exit("home"))


def temporary(machine, value):
    from framejit.capture.handlers.stack import POINTERS, own_home
    return value.__class__ in POINTERS and own_home(machine, value)


def drop_arguments(machine, base, count):
    """Objects that only the stack kept die with the call."""
    for depth in range(base, base + count):
        if temporary(machine, machine.state.stack[depth]):
            slot = len(machine.state.locals) + depth
            machine.secure()
            machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))


__all__ = ["drop_arguments", "keep_chosen", "secured_arguments", "temporary", "told_apart"]
