"""super(): methods of the classes behind one, called natively.

    super().deposit(x)   ->   the routine of the next class's deposit, for this very class of instances

The class that super() means is what the function's only free variable holds, which the machine looks at (FjCallee); the method is a
fact of the instance's class.
"""

from types import CellType

from framejit._machine import original_code
from framejit.capture import values as v
from framejit.capture.attributes import names_of
from framejit.capture.cells import contents
from framejit.capture.function_table import counted, function
from framejit.capture.handlers.stack import own_home
from framejit.capture.keeping import keepable
from framejit.capture.recipes import EXPRESSIONS
from framejit.tables.classes import mro_of, plain_class

OF_SUPER = 4            # FJ_OF_* in ext/machine.h


class Super(v.Value):
    """super(kind, value), whose method is asked for next: it never gets further."""

    __slots__ = ("kind", "value")
    virtual = True

    def __init__(self, kind, value):
        self.kind = kind
        self.value = value
        self.example = None


def expression(recipes, value):
    return "CALL", recipes.graph.constant(super), 2, ("CONST", recipes.graph.constant(value.kind)), recipes.expression(value.value)


EXPRESSIONS[Super] = expression


@function(object.__init__)
def nothing_initialised(machine, arguments, instruction):
    """What super().__init__() comes to in a class that inherits from object alone."""
    if len(arguments) != 1:
        return None
    counted(machine)
    return v.Const(None)


def means(function):
    """The cell of the class that super() means in this function, if that is its only free variable; or None."""
    names = original_code(function.__code__).co_freevars
    return function.__closure__[0] if names == ("__class__",) and plain_class(contents(function.__closure__[0])) else None


def super_called(machine, instruction, count):
    """Whether super() or super(kind, value) has been called (3.11): the object is made where something has to leave before its method is found."""
    following = machine.following()
    kind, value = machine.state.stack[-2:] if count else of_function(machine)
    known = kind.value if kind.__class__ is v.Const else None
    if value.__class__ is not v.Obj or own_home(machine, value):
        return False
    if following.op != "LOAD_METHOD" or following.unit in machine.code.stops or not plain_class(value.type) or not any([base is known for base in mro_of(value.type)]):
        return False
    machine.popn(2 + count)
    machine.push(Super(known, value))
    return True


def of_function(machine):
    """What super() takes without arguments: the cell of the class, and the first local."""
    locals = machine.state.locals
    cell = locals[-1] if machine.routine is not None and locals else None
    known = cell.__class__ is v.Const and type(cell.value) is CellType
    return v.Const(contents(cell.value) if known else None), locals[0] if locals else None


def super_method(machine, instruction, after, value, count):
    """Whether the method that super(after, value) has was found; `count` entries of the stack are what it was asked for."""
    if value.__class__ is not v.Obj or value.type is None or not plain_class(value.type) or not any([base is after for base in mro_of(value.type)]):
        return False
    mro = mro_of(value.type)
    row, number = machine.region.attribute_of(value.type, instruction.arg, OF_SUPER, after)
    if row == "object's":
        machine.graph.constant(value.type)
        machine.state.stack[-count:] = [v.Const(object.__init__), value]
        return True
    behind = mro[[base is after for base in mro].index(True) + 1:]
    function = next((names_of(base)[instruction.arg] for base in behind if instruction.arg in names_of(base)), None)
    if row != "method" or id(function) != number or not keepable(function):
        return False
    machine.graph.constant(value.type)
    machine.state.stack[-count:] = [v.Const(function), value]
    return True


__all__ = ["Super", "means", "super_called", "super_method"]
