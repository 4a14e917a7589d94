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


class Methods(Value):
    """What an object of a union of classes calls (capture/method_ways.py): ((Same of a function, its classes), ...), and a node of its own class's function."""

    __slots__ = ("ways", "function")

    def __init__(self, ways, function):
        self.ways, self.function, self.example = ways, function, None

    def shape(self):
        return ("methods", self.ways)

    def parts(self):
        return (self.function,)
