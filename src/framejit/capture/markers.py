"""Values that are one of their kind, and what all values have in common (capture/values.py)."""


class Value:
    __slots__ = ("example",)
    virtual = False

    def parts(self):
        return ()


class Marker(Value):
    """One of its kind."""

    __slots__ = ()

    def shape(self):
        return (self.__class__.__name__.lower(),)


class Null(Marker):
    """The NULL that calls have on the stack."""

    __slots__ = ()


class Unbound(Marker):
    __slots__ = ()


class Collected(Marker):
    """The list of a comprehension, inside it: what it holds is the consumer's (capture/collectors.py)."""

    __slots__ = ()


NULL = Null()
UNBOUND = Unbound()
COLLECTED = Collected()
COLLECTED.example = None
