"""Generator expressions that a builtin consumes on the spot.

    sum(x * c for x in values if x)   ->   a routine that walks over `values` and adds up itself

Neither the function nor the generator is ever made.  The routine changes nothing, so where it would leave it has been in vain,
but nothing has happened: the region leaves before the instruction that makes the function, and the interpreter begins anew
there.  ORDER EXITS: up to the call of the builtin nothing but reads may be emitted (`Machine.held`).
"""

from framejit.capture import shapes, state as states, tuples, value_parts, values as v, walked_tables
from framejit.capture.collectors import COMPREHENSION, Form, made_list
from framejit.capture.consumers import CONSUMERS
from framejit.capture.ends import BlockEnds, NotNative
from framejit.capture.handlers.arithmetic import apart
from framejit.capture.iterators import is_range, iterator_of, of_range_object, walkable
from framejit.capture.machine import Machine
from framejit.capture.routine_regions import ENTRY, RoutineRegion
from framejit.capture.routines import RoutineMachine
from framejit.capture.several import Several
from framejit.capture.walked_slices import Part
from framejit.graph.nodes import Exit
from framejit.tables.classes import one_of

COLLECTING = {"fj_raw_append", "fj_raw_append_bool", "fj_list_room", "fj_list_append"}
ABANDONED = -2          # in an exit's place of the number of arguments: of routines that have left nothing goes on (ext/callees.c)
BETWEEN = {"LOAD_FAST", "LOAD_CONST", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_ATTR", "LOAD_METHOD", "PUSH_NULL", "CALL", "BINARY",
           "UNARY", "SUBSCR", "BINARY_SLICE", "BUILD_SLICE", "FUNCTION_ATTRIBUTE", "NOP"}


class Body(v.Value):
    """The function of a generator expression or a comprehension, and the generator once it has its iterator."""

    __slots__ = ("code", "cells", "iterator")
    virtual = True

    def __init__(self, code, cells=()):
        self.code, self.cells, self.iterator, self.example = code, cells, None, None


def begun(machine, instruction):
    """Whether the function of a generator expression lies on the stack now, which a builtin is about to consume, or that of a comprehension."""
    stack, flags = machine.state.stack, instruction.arg
    code = stack[-1].value
    if code.co_name not in CALLED or flags & ~8 or code.co_cellvars or instruction.unit in machine.hints.real_generators or machine.held is not None:
        return False
    closure = code.co_freevars != ()
    cells = stack[-2].items if closure and stack[-2].__class__ is v.Tup else ()
    if len(cells) != len(code.co_freevars) or any([cell.__class__ is not v.Obj for cell in cells]):
        return False
    if not CALLED[code.co_name](machine, len(stack) - 1 - closure):
        return False
    cells = walked_is_object(machine, cells)
    machine.held = instruction.unit
    machine.popn(1 + flags.bit_count())
    machine.push(Body(code, cells))
    return True


def walked_is_object(machine, cells):
    """What will be walked over, if it is a local that is only known by its items, becomes an object first; the cells as they are then."""
    following = machine.code.instructions[machine.index + 1:machine.index + 3]
    slot = next((one.arg for one in following if one.op == "LOAD_FAST"), None)
    value = None if slot is None else machine.state.locals[slot]
    if value.__class__ is not v.Tup:
        return cells
    places = machine.state.places(cells)
    tuples.real(machine, value)
    machine.begin(machine.state.copy())
    return machine.state.at(places, cells)


def comprehended_next(machine, depth):
    """Whether what follows makes an iterator and calls the function, at this depth of the stack, with it."""
    return called_next(machine) is not None


def consumed_next(machine, depth):
    """Whether what follows makes an iterator, the generator, and calls a builtin with it, without leading anywhere else."""
    base, stack = depth - 2, machine.state.stack
    if base < 0 or v.NULL not in stack[base:depth]:
        return False
    callee = stack[base] if machine.code.null_above or stack[base] is not v.NULL else stack[base + 1]
    consumer = consumer_of(callee.value) if callee.__class__ is v.Const else None
    index = called_next(machine)
    if consumer is None or index is None:
        return False
    instructions, depths = machine.code.instructions, machine.code.depth
    index = beyond(machine, index, lambda one: one.op == "CALL" and depths[one.unit] == depth + one.arg[0])
    count, keywords = instructions[index].arg if instructions[index].op == "CALL" else (0, ())
    return 1 <= count <= 1 + consumer.most and not keywords


def called_next(machine):
    """The place behind the call that a generator expression's function is made for, or None."""
    instructions = machine.code.instructions
    index = beyond(machine, machine.index + 1, lambda one: False)
    called = [(one.op, one.arg) for one in instructions[index:index + 2]] == [("GET_ITER", None), ("CALL", (0, ()))]
    return index + 2 if called else None


def beyond(machine, index, found):
    """The place of the first instruction that is found, or that may lead elsewhere or do anything."""
    instructions = machine.code.instructions
    while instructions[index].op in BETWEEN and instructions[index].unit not in machine.code.stops and not found(instructions[index]):
        index += 1
    return index


CALLED = {"<genexpr>": consumed_next, "<listcomp>": comprehended_next}


def consumer_of(function):
    return next((row for known, row in CONSUMERS if known is function), None)


def walked(machine, value):
    """What the iterator of a generator expression is, which nobody else knows."""
    if value.__class__ is Part:
        return value
    table = walked_tables.of_value(machine, value)
    if table is not None:
        return table
    if value.__class__ is v.Pairs or value.__class__ is v.Range:
        return iterator_of(machine, value, None)
    found = of_range_object(machine, value) if is_range(value) else walkable(machine, value)
    if found is None:
        machine.give_up_holding()
    return found if found.__class__ is v.RangeIter else v.SeqIter(found, machine.int(0))


def consumed(machine, consumer, body, base, more=()):
    """What the builtin gives for this generator and what else it is called with: the stack's entries from `base` on."""
    arguments = [body.iterator, *body.cells, *[states.lift(value, machine.graph) for value in more]]
    hidden = consumer.itself and value_parts.lists_in([body.iterator])      # who is an item isn't followed into a routine
    if hidden or any([not consumer.takes(value) for value in arguments[1 + len(body.cells):]]):
        machine.give_up_holding()
    consumer, routine = captured(machine, consumer, body.code, arguments)
    if routine is None or routine.result is None:
        machine.give_up_holding()
    exit = machine.exit("generator")
    exit.call = (ABANDONED, 0, -1, -1, 0, -1)
    levels = machine.levels()
    machine.guard(machine.emit("icmp_sgt", levels, machine.int(0)), "recursion")
    machine.held = None
    from framejit.capture.invoking import parts_of, received
    target = made_list(machine, consumer.form, base) if consumer.collects else None
    values = [*arguments, *[one for one in (target,) if one is not None]]
    op = "invoke_changing" if consumer.collects else "invoke"
    node = machine.emit(op, machine.emit("isub", levels, machine.int(1)), *parts_of(values), attr=routine.number, exit=exit)
    given = received(machine, routine, node)
    return collected(machine, consumer, routine, target, base) if consumer.collects else given


def collected(machine, consumer, routine, target, base):
    """What the builtin gives of the list; it holds what the routine has shown."""
    made = consumer.finish(machine, consumer.form, target.node, base)
    if made.__class__ is v.Obj and made.example is None and not one_of(type(routine.example), (type(None), Several)):
        made.example = made.type([routine.example])
    return made


def captured(machine, consumer, code, arguments):
    """(the consumer, the routine for it and a generator of this code, or None)."""
    if not machine.routines.allowed(code):
        return consumer, None
    from framejit.capture.callees import Runs
    region = machine.region
    runs, classes = Runs(code, region.globals, region.builtins), (GeneratorMachine, GeneratorRegion)
    if not consumer.collects:
        return consumer, machine.routines.found((runs, consumer), runs, arguments, classes)
    known = machine.routines.machine.hints.callee(code).form
    if known is None:
        machine.routines.found((runs, consumer), runs, arguments, classes)      # which learns it from the first item
        return consumer, None
    raw, kind = known
    form = Form(raw and machine.routine is None, kind)
    consumer = consumer.of(form)
    return consumer, machine.routines.found((runs, consumer), runs, [*arguments, form.value(None)], classes)


class GeneratorRegion(RoutineRegion):
    """The request for the body of a generator expression; its consumer's numbers lie behind the frame's slots."""

    def enter(self, machine):
        from framejit.capture.state import State
        machine.block = machine.graph.block(self.unit)
        self.no_writes()
        self.scan()
        (iterator, *others), _ = self.arguments(machine)
        consumer, count, more = machine.consumer, len(self.code.co_freevars), self.code.co_argcount - 1
        unbound = [v.UNBOUND] * (self.count - 1 - count - more)
        locals = [iterator, *others[:more], *unbound, *others[more:more + count], *consumer.begin(machine, *others[more + count:])]
        machine.state = State(locals, [True] * self.count + [False] * consumer.places, [], [], [], machine.int(0))
        machine.begin(machine.state.copy())
        machine.emit("calm", attr=ENTRY, exit=machine.exit("waiting"))
        machine.cells = [cell for cell, _ in self.typed]
        self.see_live(machine)
        changed = machine.exit("type")
        machine.state.names = [self.cell(machine, cell, example, changed) for cell, example in self.typed]
        machine.state.clean = [True] * len(machine.cells)
        machine.jump(self.unit)

    def see_live(self, machine):
        """The consumer's numbers are read up to the end."""
        always = (1 << machine.consumer.places) - 1 << self.count
        live = machine.hints.live(self.bytecode, self.count + machine.consumer.places, [self.cells[cell][2] for cell in machine.cells])
        machine.live = {unit: mask | always for unit, mask in live.items()}

    def has_function(self):
        return False


class GeneratorMachine(RoutineMachine):
    """Captures the body of a generator expression together with its consumer."""

    catches = False
    tags_results = False    # consumers expect one shape
    makes_tuple = None

    def __init__(self, routines, routine, region, key):
        super().__init__(routines, routine, region, key)
        self.consumer = key[0][1]
        self.comprehends = region.code.co_name == "<listcomp>"
        self.homes = False
        self.empty = False      # whether it has left where there are no values, for want of knowing what others come to

    def emit(self, op, *args, attr=None, type=None, exit=None):
        if self.consumer.collects and (op in ("own", "own_tuple", "own_list") or op == "write_call" and attr[0] in COLLECTING):
            return Machine.emit(self, op, *args, attr=attr, type=type, exit=exit)       # nobody else knows the list
        if op in ("store", "nest_into", "invoke_changing", "own", "home_take", "home_append") or op == "write_call":
            raise NotNative(f"changes something: {op}")
        return super().emit(op, *args, attr=attr, type=type, exit=exit)

    def restart(self):
        """What is learned of a consumer is known where its arguments are made."""
        self.routines.machine.restart()

    def learn_form(self, form):
        """What is collected is kept in another way: the next attempt knows."""
        self.hints.form = (form.raw, form.kind)
        self.restart()

    def collect(self, value):
        """A comprehension appends to its list."""
        self.state.locals[self.region.count:] = self.consumer.step(self, value, self.numbers())

    def world(self, op, unit, attr, operands=0, kind="poll", observed=None, site=None):
        if kind != "poll":
            raise NotNative(f"calls out: {self.instruction.opname}, line {self.instruction.line}")
        self.emit("calm", attr=ENTRY, exit=self.exit("waiting"))

    def uses_routine(self, routine):
        if routine.stores or routine.changes or not routine.done:
            raise NotNative("calls what may change something")

    def note_seen(self, value):
        """Its parameters are iterators and cells."""

    def edge(self, unit, state, shape, version, nodes):
        return Machine.edge(self, unit, state, shape, version, nodes)

    def begin(self, state):
        super().begin(state)
        self.frame = [], [], []         # nothing goes on where it leaves

    def make_exit(self, kind, snapshot, unit, observed=None, site=None):
        return self.exit_of(self.frame, kind, snapshot, unit, observed, site)

    def exit_of(self, frame, kind, snapshot, unit, observed, site):
        made = Exit(kind, unit, [], [], [], [], snapshot.iterations, observed, site, self.line())
        made.code = self.region.reference
        return made

    def numbers(self):
        """What the consumer has so far."""
        return self.state.locals[self.region.count:]

    def stop(self, name, detail=""):
        """A value that is yielded is consumed; None is what the generator is sent."""
        if detail != "YIELD_VALUE":
            super().stop(name, detail)
        apart(self, -1, self.instruction)
        found = self.consumer.step(self, self.pop(), self.numbers())
        self.state.locals[self.region.count:] = found
        self.push(v.Const(None))

    def give(self, value, instruction):
        self.given_by_consumer(self.consumer.end(self, self.numbers()), instruction)

    def given_by_consumer(self, value, instruction):
        wanted = self.wanted()
        if wanted is not None and shapes.join(wanted, value.shape()) is None:
            if value.shape()[:2] != ("num", "float"):       # a sum that nothing was added to
                self.leave("raise")
                raise BlockEnds
            self.routines.machine.hints.results[self.key] = value.shape()
            self.restart()
        if self.empty and wanted is None:
            self.routines.machine.hints.results[self.key] = value.shape()
            self.restart()
        super().give(value, instruction)

    def wanted(self):
        """The shape that it gives, as far as it is known."""
        return self.routine.result or self.routines.machine.hints.results.get(self.key)

    def give_if_expected(self, value):
        """What comes of no values at all: it leaves where other generators of this kind come to something else, or may."""
        wanted = self.wanted()
        if wanted is None:
            self.empty = True
        if wanted is None or shapes.join(wanted, value.shape()) is None:
            self.leave("raise")
        else:
            super().give(value, self.instruction)
        raise BlockEnds


__all__ = ["Body", "COMPREHENSION", "begun", "consumed", "consumer_of", "walked"]
