"""Routines: Python functions that a region calls natively, each captured for the shapes of its arguments.

    fib(n - 1) with an unboxed int   ->   a graph of its own that takes an i64 and gives one; it calls itself

A routine has no frame while it runs, so nothing may look: what could makes the call a call-out.  One that changes no object
needs no homes, for nothing can be freed in it.  One that stores items or attributes lets go of numbers only; its homes lie on
the C stack.  Where it leaves, ext/callees.c makes the frames, by real calls with the arguments that the caller's stack holds:
a parameter that was never assigned is in its home there.
"""

from framejit.capture import state as states, switched_off, value_parts, values as v
from framejit.capture.cells import contents
from framejit.capture.components import part_types
from framejit.capture.ends import Again, BlockEnds, NotNative
from framejit.capture.expressions import LONG
from framejit.capture.giving import Giving
from framejit.capture.machine import Machine
from framejit.capture.routine_lists import Mark, reached_from
from framejit.capture.routine_regions import LOOP, RoutineRegion
from framejit.capture.seen_parameters import Seen
from framejit.tables.changes import CHANGES
from framejit.tables.effects import draws
from framejit.tables.operations import OPERATIONS

MOST_ROUTINES = 40      # of one region
MOST_FORMS = 4          # of one code, where kinds of numbers are told apart
HOMES = {"home_set", "home_swap", "home_take", "home_append"}       # what keeps objects alive where something may be freed
STORES = {"store", "nest_into", "whole_call_into", "write_call", "invoke_changing"}
ARRAYS_QUIET = "fj_is_plain_or_array"    # what may be let go of where an array takes its place
ELEMENTS = {"store", "nest_into", "whole_call_into"}       # what changes elements of arrays


class Routine:
    """A function for arguments of certain shapes: `graph` is number `number` of the region's routines; `stores`: whether it may
    change something, be it elements of arrays.

    `result`: the shape that it gives, None while nothing is known; `seen`: the parameters whose identity may be (~place: a tuple's own);
    `early`: whether it has been called before all of that was known; `changes`: whether it changes objects; `owned`: whether it gives a new
    reference; `fresh`: whether it initialises an instance that was just made; `teaches`: whether it always leaves, for some type in it isn't known yet."""

    __slots__ = ("graph", "number", "loops", "result", "seen", "done", "teaches", "early", "changes", "stores", "owned", "fresh", "example", "likely")

    def __init__(self, graph, number, loops, result, seen):
        self.graph = graph
        self.number = number
        self.loops = loops
        self.result = result
        self.seen = set(seen)
        self.done = self.teaches = self.early = self.changes = self.stores = self.owned = self.fresh = False
        self.example = None     # an object that it gives, if one is at hand
        self.likely = {}        # of one that initialises: names of attributes -> values of the types that they get


class Routines:
    """Those of one attempt at a region."""

    def __init__(self, machine):
        self.machine = machine       # the region's
        self.known = {}          # (what is run, shapes of the arguments, is the first an instance that was just made?) -> Routine
        self.undecided = False   # whether a call of a routine had to leave, for nothing is known of its result

    def of(self, runs, arguments, fresh=False, likely=None):
        """The routine for these arguments (values), or None.  `fresh`: the first is an instance that was just made, with attributes that are `likely`."""
        return self.found(runs, runs, arguments, (RoutineMachine, RoutineRegion), fresh, likely)

    def found(self, what, runs, arguments, classes, fresh=False, likely=None):
        """The same, of what the key begins with, for a machine and a request of these classes."""
        hints = self.machine.hints
        key = key_of(what, arguments, fresh)
        if key in hints.unfit:
            return None
        if len(self.known) >= MOST_ROUTINES and key not in self.known:
            self.forget_unused()
        if len(self.known) >= MOST_ROUTINES and key not in self.known:
            if hints.tell_no_longer():
                self.machine.restart()      # most are for other kinds of numbers
            return None
        found = self.known.get(key)
        return found or self.captured(runs, key, [value_parts.example_of(argument) for argument in arguments], likely or {}, *classes)

    def forget_unused(self):
        """Those that nothing calls any more, since what called them was begun anew."""
        whole = self.machine.graph
        roots = [whole, *[routine.graph for routine in self.known.values() if not routine.done]]
        reached = reached_from(roots, whole.routines)
        for key in [key for key, routine in self.known.items() if routine.done and routine.number not in reached]:
            del self.known[key]

    def many_forms(self, runs, arguments, fresh):
        """Whether this would be one more of many shapes of arguments that it is called for."""
        if key_of(runs, arguments, fresh) in self.known or self.forms_of(runs.code) < MOST_FORMS:
            return False
        self.forget_unused()
        return self.forms_of(runs.code) >= MOST_FORMS

    def forms_of(self, code):
        return sum([what.__class__ is not tuple and what.code is code for what, _, _ in self.known])

    def captured(self, runs, key, examples, likely, machine_class, region_class):
        """The routine, once nothing about it has to be begun anew; None: it can't be called natively, and nothing of it stays."""
        region, hints, code = self.machine, self.machine.hints, runs.code
        region.region.codes[id(code)] = code
        mark, number = Mark(self), None
        while key not in hints.unfit:
            routine = self.begun(runs, key, likely, number)
            machine = machine_class(self, routine, region_class(runs, key[1], examples, region), key)
            try:
                machine.run()
                self.ended(routine, machine, key)
                return routine
            except NotNative as error:
                hints.unfit[key] = str(error)
            except Again:
                region.count_restart(len(routine.graph.blocks))
                if not routine.early:       # what it calls doesn't call it, and stays
                    number = routine.number
                    continue
            finally:
                machine.forget()
            mark.go_back(self)
            number = None
        return None

    def begun(self, runs, key, likely, number):
        """`number`: of the one whose place it takes, or None."""
        region, hints, code = self.machine, self.machine.hints, runs.code
        graph, before = region.graph.routine(code.co_qualname, number), hints.seen.get(key, frozenset())
        bytecode, learned = hints.bytecode(code), hints.callee(code)
        loops, stores = bool(bytecode.loops), any([one.op == "STORE_ATTR" for one in bytecode.instructions])
        routine = self.known[key] = Routine(graph, len(region.graph.routines) - 1 if number is None else number, loops, hints.results.get(key), before)
        routine.changes, routine.owned, routine.fresh = stores or learned.changes or known_of(key, hints.changing), learned.owns or known_of(key, hints.owning), key[2]
        routine.likely.update(likely)
        if routine.result is not None:          # which callers rely on, also where every way leaves this time
            graph.gives = (*part_types(routine.result), *("i64",) * loops)
        return routine

    def ended(self, routine, machine, key):
        """What has been captured may not say enough."""
        hints = self.machine.hints
        routine.teaches = routine.result is None and machine.teaches
        if routine.result is None and not routine.teaches:
            raise NotNative("never returns")
        if routine.early and routine.seen != hints.seen.get(key, frozenset()):
            hints.seen[key] = frozenset(routine.seen)
            raise Again
        routine.done = True

    def allowed(self, code):
        """Whether nobody has asked to leave this code to the interpreter."""
        return self.machine.region.allows(code)

    def uses(self, function, runs, taken):
        """The region relies on what the function runs, on its defaults if any were taken, and on the class that super() means in it."""
        callees = self.machine.region.callees
        _, _, known, _, named = callees.get(id(function), (None, None, None, None, ()))
        kind = None if runs.means is None else contents(runs.means)
        for one in (function, kind):
            if one is not None:
                self.machine.graph.constant(one)
        defaults = known if taken.defaults is None else taken.defaults
        callees[id(function)] = function, runs.code, defaults, kind, (*named, *taken.named)


def known_of(key, known):
    """Whether this is known of what runs, with these or other arguments."""
    return key in known or any([other[0] is key[0] for other in known])


def key_of(what, arguments, fresh):
    return what, tuple(parameters(arguments)), fresh


def parameters(arguments):
    """Shapes of parameters; one that is the same value as an earlier one is ("=", its place)."""
    first = {}
    for place, value in enumerate(arguments):
        same = first.setdefault(id(value), place)
        yield ("=", same) if same != place and value.__class__ is not v.Const else kept_by_caller(value)


def kept_by_caller(value):
    """The shape of an argument in the routine."""
    if value.__class__ is v.Tup:
        return "tuple", tuple([kept_by_caller(item) for item in value.items])
    return KEPT_BY_CALLER.get(value.__class__, lambda shape: shape)(value.shape())


# A caller keeps whatever it passes: in the routine nothing is borrowed.
KEPT_BY_CALLER = {
    v.Num: lambda shape: (*shape[:3], "home", None),
    v.Obj: lambda shape: (*shape[:2], "home"),
    v.Array: lambda shape: (*shape[:5], "home", shape[6]),
}


class RoutineMachine(Giving, Seen, Machine):
    """Captures a routine."""

    quiet = "fj_is_plain"
    makes_tuple = False     # whether a tuple is being made; None where it may be anywhere

    def __init__(self, routines, routine, region, key):
        super().__init__(region, routines.machine.hints.callee(region.code), routines.machine.eager, routine.graph)
        self.routines = routines
        self.routine = routine
        self.fastmath = routines.machine.fastmath
        self.homes = routine.changes
        self.fresh = routine.fresh
        self.key = key
        self.parameters = []
        self.depth = None       # node: how many calls deeper the stack has room for
        self.on_stack = None    # node: a bit for each parameter that only the caller's stack keeps, where objects are changed

    def run(self):
        if any([place == LONG for _, place in self.hints.sites]):
            raise NotNative("computes with long arrays")
        return super().run()

    def quiet_for(self, value):
        return ARRAYS_QUIET if value.__class__ is v.Array else Machine.quiet

    def forget(self):
        super().forget()
        self.parameters, self.depth, self.on_stack = [], None, None

    def emit(self, op, *args, attr=None, type=None, exit=None):
        if op == "home_take":           # an object that was made here: what is read of it ends with it
            self.need_homes()
            self.give_references()
        if op == "home_append":
            self.need_homes()
        if op in HOMES and not self.homes:
            return None
        self.routine.stores |= op in STORES or draws(op, attr)
        if op == "own" or op == "write_call" and attr[0] in CHANGES:
            self.need_homes()
        elif op in ("own_list", "own_dict") or op == "own_tuple" and self.makes_tuple:
            self.need_homes()
        elif op == "own_tuple" or op not in ELEMENTS and op not in HOMES and OPERATIONS[op].effect in ("write", "world"):
            raise NotNative(f"changes objects: {op} {attr}")
        return super().emit(op, *args, attr=attr, type=type, exit=exit)

    def uses_routine(self, routine):
        """What it calls may store something, if it isn't known yet, too; itself apart."""
        self.routine.stores |= routine.stores or not routine.done and routine is not self.routine

    def need_homes(self):
        """Objects are changed here: from the beginning they are kept alive."""
        if not self.homes:
            self.routines.machine.hints.changing.add(self.key)
            self.hints.changes = True
            self.restart()

    def world(self, op, unit, attr, operands=0, kind="poll", observed=None, site=None):
        if kind != "poll":
            switched_off.leave(self)
            raise NotNative(f"calls out: {self.instruction.opname}, line {self.instruction.line}")
        self.emit("calm", attr=LOOP, exit=self.exit("waiting"))

    def secure(self):
        """Without homes nothing is freed: what is borrowed stays."""
        if self.homes:
            super().secure()

    def set_name(self, index, node):
        """It assigns no names: their objects are those that they were read with."""

    def levels(self):
        return self.depth

    def exit_of(self, frame, kind, snapshot, unit, observed, site):
        made = super().exit_of(frame, kind, snapshot, unit, observed, site)
        made.code = self.region.reference
        return made

    def stop(self, name, detail=""):
        raise NotNative(detail or name)

    def too_many(self, unit, state):
        self.tell_no_longer()
        raise NotNative("too many types")

    def restart(self):
        raise Again

    def boxed(self, value, made=None):
        """What becomes an object may be kept by others.  A tuple is made where that doesn't collect, which is asked before its items get objects."""
        self.note_seen(value)
        if value.__class__ is not v.Tup or self.makes_tuple is None:
            return super().boxed(value, made)
        if any([item.__class__ is v.Tup for item in value.items]):
            raise NotNative("makes a tuple of tuples")
        self.room_for_tuple(len(value.items))
        self.makes_tuple = True
        node = super().boxed(value, made)
        self.makes_tuple = False
        return node

    def room_for_tuple(self, size):
        self.guard(self.emit("read_call", self.int(size), attr=("fj_can_make_tuple", "i1"), type="i1"), "collection")

    def kept_together(self, *nodes):
        before, self.makes_tuple = self.makes_tuple, self.makes_tuple is not None
        node = super().kept_together(*nodes)
        self.makes_tuple = before
        return node


__all__ = ["Routines"]
