"""One handler per normal operation: what the instruction does to the symbolic frame."""

HANDLERS = {}


def handler(*names):
    """Register a function (machine, instruction) for these operations."""

    def register(function):
        for name in names:
            HANDLERS[name] = function
        return function

    return register


from framejit.capture.handlers import arithmetic, comprehensions, containers, control, calls, matching, names, raising, slicing, spreading, stack, subscripting  # noqa: E402,F401
