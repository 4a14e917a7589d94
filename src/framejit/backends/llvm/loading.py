"""Object files -> functions in memory, without LLVM: the machine's own linker (ext/linker.c) and the addresses that it needs.

    load(object)        ->   Loaded with the address of @region
"""

from framejit import _machine
from framejit.tables.classes import SMALL_INTS

_addresses = {}         # of what generated code has asked for


class Loaded:
    """Machine code in memory: `address`; `keep` must live as long as the code may run.  `plain`: it needed no LLVM to be loaded."""

    __slots__ = ("address", "keep", "ir", "object", "plain")

    def __init__(self, address, keep, ir, object, plain=False):
        self.address = address
        self.keep = keep
        self.ir = ir
        self.object = object
        self.plain = plain


def load(text, code):
    """A `Loaded` out of an object file that was made of `text`; raises ValueError where it has something unknown."""
    made = _machine.Code(code, [symbol(name) for name in _machine.object_imports(code)])
    return Loaded(made.address, made, text, code, True)


def nothing(text):
    """What stands for code that is to come."""
    return Loaded(0, None, text, b"")


def symbol(name):
    """Address of something that generated code refers to; raises ValueError."""
    address = _addresses.get(name)
    if address is None:
        address = SPECIAL[name]() if name in SPECIAL else _machine.symbol(name.encode()) or of_numpy(name)
        if not address:
            raise ValueError(f"no {name}")
        _addresses[name] = address
    return address


def small_ints():
    """Address of the object -5: the ints up to 256 follow it, 32 bytes each."""
    base = id(SMALL_INTS[0])
    if any(id(number) != base + 32 * place for place, number in enumerate(SMALL_INTS)):
        raise RuntimeError("small ints are laid out otherwise")
    return base


def of_numpy(name):
    """Address of one of NumPy's loops, or of a function that these call, or None."""
    from framejit.loops import ufuncs, vector_functions
    return ufuncs.address_of(name) or vector_functions.address_of(name)


SPECIAL = {"fj_small_ints": small_ints}

__all__ = ["Loaded", "load", "nothing", "symbol"]
