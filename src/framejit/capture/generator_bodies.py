"""What walks over an iterable for a generator expression and does a builtin's part: the routine's request and its machine (capture/generators.py).

It changes nothing but the list that is collected; where it leaves, nothing has happened.
"""

from framejit.capture import shapes, values as v
from framejit.capture.ends import BlockEnds, NotNative
from framejit.capture.handlers.arithmetic import apart
from framejit.capture.lending import LENT, LendingMachine, with_examples
from framejit.capture.machine import Machine
from framejit.capture.routine_regions import CONSUMER, RoutineRegion
from framejit.capture.routines import RoutineMachine
from framejit.graph.nodes import Exit
from framejit.tables.effects import draws

COLLECTING = {"fj_raw_append", "fj_raw_append_bool", "fj_list_room", "fj_list_append"}


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
        machine.emit("calm", attr=CONSUMER, exit=machine.exit("waiting"))
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
    names_rows = True       # which nobody sees: where it leaves it has been in vain

    def __init__(self, routines, routine, region, key):
        super().__init__(routines, routine, region, key)
        self.consumer = key[0][1]
        self.lent = self.consumer.asks
        self.comprehends = region.code.co_name == "<listcomp>"
        self.homes = False
        self.empty = False      # whether it has left where there are no values, for want of knowing what others come to

    def emit(self, op, *args, attr=None, type=None, exit=None):
        if self.consumer.collects and (op in ("own", "own_tuple", "own_list") or op == "write_call" and attr[0] in COLLECTING):
            return Machine.emit(self, op, *args, attr=attr, type=type, exit=exit)       # nobody else knows the list
        if op in ("store", "nest_into", "whole_call_into", "invoke_changing", "own", "home_take", "home_append") or op == "write_call" or draws(op, attr):
            raise NotNative(f"changes something: {op}")
        return super().emit(op, *args, attr=attr, type=type, exit=exit)

    def pairs_are_real(self, unit):
        """Where the iterator comes from outside, too."""
        super().pairs_are_real(unit)
        self.routines.machine.pairs_are_real(unit)

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
        self.emit("calm", attr=CONSUMER, exit=self.exit("waiting"))

    def routine_of(self, runs, arguments, fresh, likely):
        if not self.lent:
            return super().routine_of(runs, arguments, fresh, likely)
        return self.routines.found((runs, LENT), runs, arguments, (LendingMachine, RoutineRegion), fresh, likely)

    def received(self, routine, value):
        return with_examples(value, routine.example) if self.lent else value

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
        if wanted is not None and shapes.join_tuples(wanted, value.shape()) is None:
            if breadth(value.shape()) <= breadth(wanted):       # a sum that nothing was added to
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

    def given(self, value, inside=False):
        return value if self.consumer.lends else super().given(value, inside)

    def give_if_expected(self, value):
        """What comes of no values at all: it leaves where other generators of this kind come to something else, or may."""
        wanted = self.wanted()
        if wanted is None:
            self.empty = True
        if wanted is None or shapes.join_tuples(wanted, value.shape()) is None:
            self.leave("raise")
        else:
            super().give(value, self.instruction)
        raise BlockEnds


def breadth(shape):
    """Which of two kinds a sum comes to: Python's int gives way to its float, and both to NumPy's numbers."""
    return {"int": 0, "bool": 0, "float": 1}.get(shape[1], 2) if shape[0] == "num" else 0


__all__ = ["GeneratorMachine", "GeneratorRegion"]
