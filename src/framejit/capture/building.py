"""Building the graph: nodes, exits, guards, and the ends of blocks."""

from framejit.capture import expressions, recipes, values as v
from framejit.capture.ends import BlockEnds
from framejit.capture.raw_lists import realised, unslotted
from framejit.graph.nodes import Exit, Node, Terminator
from framejit.tables.operations import OPERATIONS, evaluate
from framejit.tables.types import KINDS


class Builder:
    """What adds to the block at hand.  ORDER EXITS: a node that may leave carries the state before its instruction."""

    def emit(self, op, *args, attr=None, type=None, exit=None):
        row = OPERATIONS[op]
        if self.pending:
            expressions.guarded(self, op, row.effect)
        if type is None:
            type = row.result
            if type in ("I", "F"):
                type = args[0].type
            elif type == "T2":
                type = args[1].type
            elif type == "attr3":
                type = attr[1]
            elif type == "":
                type = None
        if row.compute is not None and row.effect == "pure" and all([arg.op == "const" for arg in args]):
            return self.fold(row, args, type)
        node = Node(op, args, type, attr, exit, self.line())
        self.block.nodes.append(node)
        if row.effect in ("world", "write"):
            self.graph.framed = True
        return node

    def fold(self, row, args, type):
        return recipes.constant(type, evaluate(row.name, [arg.attr for arg in args], [arg.type for arg in args], type))

    def const(self, type, value):
        return recipes.constant(type, value)

    def int(self, value):
        return recipes.constant("i64", value)

    def object(self, value):
        return Node("object", (), "ptr", self.graph.constant(value))

    # ---- exits

    def exit(self, kind, observed=None, site=None):
        """The exit of the current instruction for this reason."""
        key = (kind, observed, site)
        found = self.exits.get(key)
        if found is None:
            if self.frame is None:
                self.frame = self.framed(self.snapshot)
            found = self.exits[key] = self.exit_of(self.frame, kind, self.snapshot, self.landing, observed, site)
        return found

    def make_exit(self, kind, snapshot, unit, observed=None, site=None):
        return self.exit_of(self.framed(snapshot), kind, snapshot, unit, observed, site)

    def framed(self, snapshot):
        """(locals, stack, names) expressions of a state; of an attempt that another will follow nobody reads them."""
        return ((), [("NULL",)] * len(snapshot.stack), ()) if self.learned else self.recipes.frame(snapshot, self.cells)

    def exit_of(self, frame, kind, snapshot, unit, observed, site):
        """An exit with this frame; its lists are its own."""
        locals, stack, names = frame
        names = [(cell, expression) for cell, expression in zip(self.cells, names) if expression is not None]
        self.stored += len(locals) + len(stack) + len(names)
        return Exit(kind, unit, [*locals], [*stack], names, [], snapshot.iterations, observed, site, self.line())

    def line(self):
        return self.instruction.line if self.instruction else 0

    def after(self, kind, unit, state=None):
        """An exit that goes on at `unit` with the state as it is now."""
        return self.make_exit(kind, (state or self.state).copy(), unit)

    def guard(self, condition, kind, observed=None, site=None):
        if condition.op == "const":
            if condition.attr:
                return
            self.leave(kind, observed, site)
            raise BlockEnds
        self.emit("guard", condition, exit=self.exit(kind, observed, site))

    # ---- objects

    def pairs_are_real(self, unit):
        """What this call of zip or enumerate makes has to be an object."""
        self.hints.real_pairs.add(unit)

    def room_for_tuple(self, size):
        """A tuple of so many items is going to be made: leaves where that can't be now."""

    def kept_together(self, *nodes):
        """A tuple that keeps these objects, of which only native code knows."""
        return self.emit("own_tuple", *[self.emit("own", node, attr=("OBJECT", 0)) for node in nodes])

    def boxed(self, value, made=None):
        """A new reference to this value as an object, or None where only an exit can build it.

        `made`: what has been built already for the same container (one value is one object)."""
        made = {} if made is None else made
        value = unslotted(self, value)
        if value in made:
            return self.emit("own", made[value], attr=("OBJECT", 0))
        node = None
        if value.__class__ is v.Num:
            kind = KINDS[value.kind]
            args = (value.node,) if value.box is None else (value.node, value.box)
            node = self.emit("own", *args, attr=(kind.word, kind.number))
        elif value.__class__ is v.Const:
            node = self.emit("own", self.object(value.value), attr=("OBJECT", 0))
        elif value.__class__ is v.Tup:
            items = [self.boxed(item, made) for item in value.items]
            node = None if None in items else self.emit("own_tuple", *items)
        elif value.__class__ is v.Raw:
            realised(self, value)
            node = self.emit("own", value.node, attr=("OBJECT", 0))
        elif value.__class__ in (v.Obj, v.Array) and value.node is not None:
            node = self.emit("own", value.node, attr=("OBJECT", 0))
        made[value] = node
        return node

    # ---- ending blocks

    def leave(self, kind, observed=None, site=None):
        """The block ends here: the interpreter does this instruction."""
        self.end("leave", exit=self.exit(kind, observed, site))

    def stop(self, name, detail=""):
        """A graph break at this instruction, on the record."""
        self.breaks.append((name, self.instruction.at, self.instruction.line, detail))
        self.leave("break")
        raise BlockEnds

    def end(self, op, args=(), targets=(), exit=None, iterations=None):
        self.block.end = Terminator(op, args, targets, exit, self.line(), iterations)

    # ---- the stack

    def push(self, value):
        self.state.stack.append(value)

    def pop(self):
        return self.state.stack.pop()

    def popn(self, count):
        stack = self.state.stack
        if count == 0:
            return []
        values = stack[-count:]
        del stack[-count:]
        return values
