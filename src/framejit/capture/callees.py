"""Functions that may be called natively: what they run, what says that an object is one of them, how arguments are bound.

    integrate(lambda x: x * x, 0.0, 1.0, n)   ->   f is taken for any function that runs this code in this namespace

A function of a global name, a module or a class is known by its identity, and looked at at world points (`Region.callees`).
One that a variable holds is known by what it runs, and guarded at each call: functions that are made anew share that.
"""

import builtins
import sys
from types import FunctionType, ModuleType
from typing import NamedTuple

from framejit._machine import names_are_text, original_code
from framejit.capture import several, values as v
from framejit.capture.entry import MISSING
from framejit.capture.keeping import keepable, keeps

PLAIN = 0x3             # a function's flags: it has locals of its own;
REST = 0x4              # it takes *args;
KEYWORDS = 0x8          # it takes **kwargs;
OTHERS = 0x3A0          # it is a generator or coroutine
SITE = 500              # of a call's instruction: what its callee was
READS = ("LOAD_GLOBAL", "LOAD_NAME")
CLOSURE_ITEMS = 24      # bytes before the items of a tuple


class Runs:
    """What a function runs; the type of an object that is taken for such a function.  `defaults`: a tuple, None, or MISSING where
    nobody knows it yet; `cells`: those of the function at hand; `means`: of a function that is known by its identity the cell of the
    class that super() means in it, if it has no other free variable, else None; `left`: of one that is called the names of the arguments
    that are left over for **kwargs."""

    __slots__ = ("code", "globals", "builtins", "defaults", "kwdefaults", "cells", "means", "left")

    def __init__(self, code, globals, builtins, defaults=None, kwdefaults=None, cells=()):
        self.code = original_code(code)
        self.globals, self.builtins = globals, builtins
        self.defaults, self.kwdefaults, self.cells, self.means, self.left = defaults, kwdefaults, cells, None, ()

    def __eq__(self, other):
        return type(other) is Runs and other.code is self.code and other.globals is self.globals and other.means is self.means and other.left == self.left

    def __hash__(self):
        return hash((id(self.code), id(self.globals), id(self.means), self.left))

    def with_keywords(self, names):
        """The same, called with keyword arguments of these names that it has no parameters for."""
        if not names:
            return self
        made = Runs(self.code, self.globals, self.builtins, self.defaults, self.kwdefaults, self.cells)
        made.means, made.left = self.means, names
        return made

    def needs_function(self):
        """Whether it has to be passed the function itself, for the sake of its cells."""
        return self.code.co_freevars != () and self.means is None


def run_by(function):
    """What a function at hand runs."""
    return Runs(function.__code__, function.__globals__, function.__builtins__, function.__defaults__, function.__kwdefaults__, function.__closure__ or ())


def made(machine, instruction):
    """What the function runs that MAKE_FUNCTION makes of the operands on the stack."""
    parts, code = machine.state.stack[-1 - instruction.arg.bit_count():-1], machine.state.stack[-1].value
    region = machine.region
    runs = Runs(code, region.globals, region.builtins, cells=(None,) * len(code.co_freevars))
    for flag in (1, 2, 4, 8):
        if instruction.arg & flag:
            attribute(runs, flag, parts.pop(0))
    return runs


def attribute(runs, flag, value):
    """A function gets defaults (1), those of keyword-only parameters (2), or cells (8)."""
    known = value.value if value.__class__ is v.Const else MISSING
    if flag == 1:
        runs.defaults = known
    elif flag == 2:
        runs.kwdefaults = known
    elif flag == 8 and value.__class__ is v.Tup:
        runs.cells = [item.example for item in value.items]


def called(machine, value, instruction):
    """(what the callee runs, the node of the function), or None where nobody knows what is called."""
    if value.__class__ is v.Const and type(value.value) is FunctionType:
        return run_by(value.value), machine.object(value.value)
    if value.__class__ is not v.Obj or type(value.type) is not Runs and (value.type is not None or learned(machine, instruction)):
        return None
    if value.type is None and type(value.example) is several.Several:
        value = one_of_several(machine, value, instruction) or value
    if type(value.type) is Runs:
        return value.type, value.node
    runs = value.example if type(value.example) is Runs else run_by(value.example) if type(value.example) is FunctionType else None
    return None if runs is None else (runs, value.node)


def one_of_several(machine, value, instruction):
    """The callee as one of several functions; or None."""
    runs = [run_by(item) for item in value.example.items if type(item) is FunctionType]
    if len(runs) != len(value.example.items) or not all([plain(machine, one) and named(machine, one) for one in runs]):
        return None
    return several.narrowed(machine, value, instruction, runs, lambda one: runs_it(machine, one, value.node))


def learned(machine, instruction):
    """Whether more than one function has been called here."""
    return (instruction.unit, SITE) in machine.hints.sites


def expected(machine, value, miss, example):
    """An argument that is a function, as one that runs the same code; `miss` is the exit of others."""
    runs = run_by(example)
    if not plain(machine, runs) or not named(machine, runs):
        return value
    machine.emit("guard", runs_it(machine, runs, value.node), exit=miss)
    return v.Obj(runs, value.node, value.owner, example)


def take_arguments(machine, base, instruction):
    """Functions among the operands, from `base` on, are taken for any that run the same, so that what is called knows what it calls."""
    for depth in range(base, len(machine.state.stack)):
        value, site = machine.state.stack[depth], (instruction.unit, SITE + 1 + depth - base)
        if value.__class__ is not v.Obj or value.type is not None or type(value.example) is not FunctionType or site in machine.hints.sites:
            continue
        runs = run_by(value.example)
        if plain(machine, runs) and named(machine, runs):
            machine.guard(runs_it(machine, runs, value.node), "type", value.node, site)
            machine.state.replace(value, v.Obj(runs, value.node, value.owner, value.example))


def guard(machine, callee, runs, node, taken, instruction):
    """What the variable holds runs what it did, and has these defaults, if any were taken.  False where that can't be said."""
    if callee.__class__ is v.Const:
        machine.routines.uses(callee.value, runs, taken)
        return
    condition = runs_it(machine, runs, node, taken.defaults)
    if callee.type is None:
        machine.guard(condition, "type", node, (instruction.unit, SITE))
    else:
        machine.guard(condition, "type")


def runs_it(machine, runs, node, defaults=None):
    """i1: whether this is a function that runs that."""
    nothing = machine.const("ptr", None)
    names = [machine.object(runs.globals), machine.object(runs.builtins)] if reads_names(machine, runs) else [nothing, nothing]
    given = nothing if defaults is None else machine.object(defaults)
    return machine.emit("read_call", node, machine.object(runs.code), *names, given, attr=("fj_function_runs", "i1"), type="i1")


def reads_names(machine, runs):
    return any([one.op in READS for one in machine.hints.bytecode(runs.code).instructions])


def named(machine, runs):
    """Whether its namespace, if it reads names, is one that lasts as long as the region is entered: the region's own, or a module's."""
    whole = machine.region if machine.routine is None else machine.region.whole
    if runs.globals is whole.globals or not reads_names(machine, runs):
        return True
    module = sys.modules.get(dict.get(runs.globals, "__name__", ""))
    if type(module) is not ModuleType or vars(module) is not runs.globals or not keepable(module):
        return False
    machine.graph.constant(module)
    return True


def plain(machine, runs):
    """Whether functions that run this may be called natively at all."""
    code = runs.code
    if code.co_flags & PLAIN != PLAIN or code.co_flags & OTHERS:
        return False
    return runs.builtins is vars(builtins) and names_are_text(runs.globals) and machine.routines.allowed(code)


class Taken(NamedTuple):
    """What is taken of a function beside its code: its defaults, or None; names and values of keyword-only ones, by turns.  `left`: names
    of the arguments that are left over for **kwargs."""

    defaults: object
    named: tuple
    left: tuple = ()


class Rest(NamedTuple):
    """The arguments that are left over for *args: their numbers."""

    places: tuple


def binding(machine, runs, keywords, count):
    """(what is taken of defaults, per parameter the number of its argument, (default,) or Rest; behind them those of what is left over for
    **kwargs), or None: not a plain call."""
    return bound(runs, keywords, count) if plain(machine, runs) else None


def bound(runs, keywords, count):
    """The same of any function."""
    code = runs.code
    if runs.defaults is MISSING and count < code.co_argcount:
        return None
    names = code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]
    left = tuple([name for name in keywords if name not in names[code.co_posonlyargcount:]]) if code.co_flags & KEYWORDS else ()
    positional = min(count - len(keywords), code.co_argcount)
    rest = Rest(tuple(range(positional, count - len(keywords))))
    if rest.places and not code.co_flags & REST or any([names.count(name) != 1 or names.index(name) < positional for name in keywords if name not in left]):
        return None
    if any([names.index(name) < code.co_posonlyargcount for name in keywords if name not in left]):
        return None
    defaults = () if runs.defaults is MISSING else runs.defaults or ()
    first = code.co_argcount - len(defaults)
    order, named = [], ()
    for place, name in enumerate(names):
        if place < positional:
            order.append(place)
        elif name in keywords and name not in left:
            order.append(count - len(keywords) + keywords.index(name))
        elif first <= place < code.co_argcount:
            order.append((defaults[place - first],))
        elif place >= code.co_argcount and name in keyword_defaults(runs):
            order.append((runs.kwdefaults[name],))
            named += name, runs.kwdefaults[name]
        else:
            return None
    taken = any([place.__class__ is tuple for place in order[:code.co_argcount]])
    if taken and not keeps(defaults) or not keeps(named):
        return None
    order += [rest] * bool(code.co_flags & REST)
    return Taken(defaults if taken else None, named, left), order + [count - len(keywords) + keywords.index(name) for name in left]


def keyword_defaults(runs):
    """Names of the keyword-only parameters that are known to have defaults."""
    return runs.kwdefaults if type(runs.kwdefaults) is dict and names_are_text(runs.kwdefaults) else ()


def free_variables(machine, runs, node):
    """The cells of a function's free variables, as values."""
    if runs.means is not None:
        return [v.Const(runs.means)]
    count = len(runs.code.co_freevars)
    if count == 0:
        return []
    items = machine.emit("address", machine.emit("field", node, attr="function_closure", type="ptr"), machine.int(CLOSURE_ITEMS))
    return [v.Obj(None, machine.emit("item", items, machine.int(place)), "home", runs.cells[place]) for place in range(count)]


__all__ = ["Runs", "attribute", "made", "binding", "called", "expected", "free_variables", "guard", "named", "take_arguments"]
