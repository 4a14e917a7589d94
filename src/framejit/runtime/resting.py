"""What `disable` leaves to the interpreter, and `enable` gives its native code back to without compiling anything.

What was asked for in another way stays as it is: functions that `jit` made, blocks, and what these call by name.
"""

from framejit.runtime import entrances
from framejit.runtime.codes import CALL, living


def rest(controller):
    """New calls and new turns of loops are the interpreter's; what runs natively goes on to its end."""
    for state in list(controller.codes.values()):
        if state.settings is not None or state.called_by_block or state.code is None:
            continue
        entrances.rest(controller, state)
        if state.slot is not None:
            state.rests = dict(state.functions)
            controller.release(state)


def wake(controller):
    """The opposite."""
    for state in list(controller.codes.values()):
        functions, state.rests = living(state.rests), {}
        for function in functions:
            if controller.machine.original_code(function.__code__) is state.code:
                controller.prepare(function, seen=False)
                state.slot.variants = [variant.region for variant in state.variants.get(CALL, ()) if not variant.region.dead]
        if state.code is not None and state.led is None:
            entrances.wake(controller, state)


__all__ = ["rest", "wake"]
