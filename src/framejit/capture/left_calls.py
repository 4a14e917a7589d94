"""The exits of native calls: where a callee leaves, so does its caller, whose frame has to be where the interpreter's own call makes the callee's.

    return slow(v)          before the call, with the function and its arguments on the stack
    Point(x, y)             before the call of `__init__`, with the instance, which exists
    except KeyError:        while an exception is handled that nobody has seen, and that doesn't exist: before what raises.  The handler is entered
        return slow(v)      anew then, so the callee must have changed nothing.
"""

from framejit.capture.ends import ABANDONED


def left_by(machine, routine, instruction, way, constant):
    """The exit that is taken where the routine leaves."""
    if machine.unseen and routine.done and not (routine.changes or routine.stores):
        exit = machine.exit("again")
        exit.call = ABANDONED
        return exit
    exit = machine.make_exit("call", initialising(machine), machine.landing) if way.fresh else machine.exit("call")
    keywords = machine.graph.constant(way.keywords) if way.keywords else -1
    exit.call = (way.count, instruction.next, keywords, way.row, way.argument, constant)
    return exit


def initialising(machine):
    """The state before the instruction, but for the operands: native code has made an instance, which is one of them now."""
    state = machine.snapshot.copy()
    state.stack[:] = machine.state.stack
    return state


__all__ = ["left_by"]
