"""What `disable` leaves to the interpreter, and `enable` gives its native code back to without compiling anything.

What was asked for in another way stays as it is: functions that `jit` made, blocks, and what these call by name.
"""

from framejit.runtime import entrances
from framejit.runtime.codes import CALL


def rest(controller):
    """New calls and new turns of loops are the interpreter's; what runs natively goes on to its end."""
    for state in list(controller.codes.values()):
        if state.settings is not None or state.called_by_block or state.code is None:
            continue
        if state.slot is not None:
            state.rests, state.functions = state.functions, {}
            release(controller, state, state.rests)
            state.slot = None
        if state.led is not None:
            entrances.rest(controller, state)
            release(controller, state, state.leading)


def release(controller, state, functions):
    """These functions get their own entry back."""
    for function in [reference() for reference in functions.values()]:
        if function is not None and controller.machine.original_code(function.__code__) is state.code:
            controller.machine.release(function)


def wake(controller):
    """The opposite."""
    for state in list(controller.codes.values()):
        functions, state.rests = [reference() for reference in state.rests.values()], {}
        for function in functions:
            if function is not None and controller.machine.original_code(function.__code__) is state.code:
                controller.prepare(function, seen=False)
                state.slot.variants = [variant.region for variant in state.variants.get(CALL, ()) if not variant.region.dead]
        if state.code is not None and state.led is not None and state.settings is None:
            entrances.wake(controller, state)


__all__ = ["rest", "wake"]
