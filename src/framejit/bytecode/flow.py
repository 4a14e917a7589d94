"""Where control goes in decoded bytecode: depths of the value stack, blocks, loops.

Everything is computed when it is first asked for.  Units are always landing units, the `unit` of an instruction.
A unit that control cannot reach (or reaches with different depths, which no compiler emits) has no depth.
"""

from functools import cached_property
from types import CodeType

from .exceptions import handlers
from .natural_loops import natural_loop
from .operations import effect, other_effect
from .versions import NULL_ABOVE, TABLE
from .whiles import first_tests

STORES = ("STORE_FAST", "DELETE_FAST", "LOAD_FAST_AND_CLEAR")
LOADS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_METHOD", "LOAD_ATTR")
EXPRESSIONS = ("<genexpr>", "<listcomp>")
JUMPS = ("JUMP", "BRANCH", "NOP")
NAME_STORES = ("STORE_NAME", "DELETE_NAME", "STORE_GLOBAL", "DELETE_GLOBAL")
_ENDS = frozenset(row.opname for row in TABLE if row.ends)


class Bytecode:
    """Decoded instructions of one code object, and what follows from them."""

    def __init__(self, code, instructions, raw):
        self.name = code.co_name
        self.slots = len({*code.co_varnames, *code.co_cellvars}) + len(code.co_freevars)
        self.parameters = [slot for slot in range(code.co_argcount + code.co_kwonlyargcount) if code.co_varnames[slot] not in code.co_cellvars]
        self.instructions = instructions
        self.null_above = NULL_ABOVE
        self.handlers = handlers(code.co_exceptiontable) if code.co_exceptiontable else ()
        self.at = {instruction.unit: index for index, instruction in enumerate(instructions) if not instruction.part}
        self._raw = raw

    @cached_property
    def first(self) -> int:
        """The unit behind the RESUME at the function's entry; 0 if there is none."""
        return next((one.next for one in self.instructions if one.opname == "RESUME"), 0)

    @cached_property
    def expressions(self) -> set:
        """Units where the code of a generator expression, or of a comprehension that is one, is loaded, and of calls with a key function."""
        return {one.unit for one in self.instructions if one.op == "LOAD_CONST" and type(one.arg) is CodeType and one.arg.co_name in EXPRESSIONS or one.op == "CALL" and "key" in one.arg[1]}

    @cached_property
    def successors(self) -> dict:
        """unit -> the units that control goes to from there, exceptions left aside."""
        edges = {}
        for one in self.instructions:
            behind = () if one.opname in _ENDS or one.next not in self.at else (one.next,)
            edges[one.unit] = behind if one.target is None else (*behind, one.target)
        return edges

    @cached_property
    def depth(self) -> dict:
        """unit -> the stack's depth before the instruction there, for units that control reaches."""
        return self._reached[0]

    @cached_property
    def leaders(self) -> set:
        """Units that start a block, among those that control reaches."""
        found = {0, self.first} | {handler.target for handler in self.handlers}
        for one in self.instructions:
            if one.target is not None:
                found.add(one.target)
            if one.target is not None or one.opname in _ENDS:
                found.add(one.next)
        return found & self.depth.keys()

    @cached_property
    def doomed(self) -> frozenset:
        """Leaders from which every way raises an exception: what is computed there is its message."""
        return self._doomed([one.unit for one in self.instructions if one.op == "RAISE"])

    def lost(self, extent) -> frozenset:
        """The same of those whose exception has no handler among these units (None: all)."""
        raising = [one.unit for one in self.instructions if one.op == "RAISE"]
        return self._doomed([unit for unit in raising if self._handler_of(unit) is None or extent is not None and self._handler_of(unit) not in extent])

    def _doomed(self, work):
        if not work:
            return frozenset()
        found = set()
        while work:
            unit = work.pop()
            if unit not in found and all(one in found for one in self.successors[unit]):
                found.add(unit)
                work += self.plain_predecessors.get(unit, ())
        return frozenset(found & self.leaders)

    @cached_property
    def stops(self) -> set:
        """Leaders but for those that do nothing but jump back: 3.11 has one for all ways there, later versions one for each."""
        return self.leaders - {one.unit for one in self.instructions if one.op == "JUMP" and one.target <= one.unit}

    @cached_property
    def loop_headers(self) -> dict:
        """header unit -> the units of the backward jumps to it, in order."""
        return {header: self._backward_jumps[header] for header in self.loops}

    @cached_property
    def loops(self) -> dict:
        """header unit -> the units of its natural loop, the header among them, and the exception handlers that lead back to it."""
        tests = set(self.first_tests.values())
        return {header: self._natural_loops[self.first_tests.get(header, header)] for header in self._natural_loops if header not in tests}

    @cached_property
    def first_tests(self) -> dict:
        """header unit -> where its test stands before it, for `while` loops with a `continue`, see whiles.py."""
        return first_tests(self, self._natural_loops)

    @cached_property
    def _natural_loops(self):
        found = {header: natural_loop(self, header, jumps) for header, jumps in sorted(self._backward_jumps.items())}
        return {header: loop for header, loop in found.items() if loop}

    def loops_within(self, extent) -> list:
        """The units of each loop in these units; of all loops without an extent."""
        return [units for units in self.loops.values() if not extent or units <= extent]

    def in_every_turn(self, unit: int) -> bool:
        """Whether each turn of the smallest loop around the unit comes by there; outside of loops, yes."""
        header, units = min([loop for loop in self.loops.items() if unit in loop[1]], key=lambda loop: len(loop[1]), default=(unit, ()))
        seen, work = {unit}, [header]
        while work and header != unit:
            for successor in self.successors.get(work.pop(), ()):
                if successor == header:
                    return False
                if successor in units and successor not in seen:
                    seen.add(successor)
                    work.append(successor)
        return True

    def with_body(self, unit: int) -> frozenset:
        """The units of the body of a with statement whose first unit this is, handlers inside it among them:
        those whose exceptions go to its handler, maybe by way of these, and jumps, which may have no handler (3.12)."""
        handler, found, work = self._handler_of(unit), set(), [unit]
        while work and handler is not None:
            one = work.pop()
            if one not in found and one in self.depth and (self._leads_to(one, handler) or self.instructions[self.at[one]].op in JUMPS):
                found.add(one)
                inner = self._handler_of(one)
                work += [*self.successors[one], *([] if inner in (None, handler) else [inner])]
        return frozenset(found)

    def handler_of(self, unit: int):
        """The row of the exception table for this unit, or None."""
        return next((handler for handler in self.handlers if handler.start <= unit < handler.end), None)

    def handles(self, unit: int) -> bool:
        """Whether only exceptions lead there."""
        return unit not in self._reached[1]

    def _handler_of(self, unit):
        """The unit of the handler of this one, or None."""
        found = self.handler_of(unit)
        return found and found.target

    def _leads_to(self, unit, handler):
        """Whether an exception here comes to that handler, if those on the way don't end it."""
        seen = set()
        while unit is not None and unit not in seen and unit != handler:
            seen.add(unit)
            unit = self._handler_of(unit)
        return unit == handler

    def stored_in(self, header: int) -> set:
        """Local slots that the loop stores or deletes."""
        return self._arguments_in(header, STORES)

    def names_stored_in(self, header: int) -> set:
        """Names that the loop stores or deletes in a namespace."""
        return self._arguments_in(header, NAME_STORES)

    @cached_property
    def called(self) -> set:
        """Local slots whose values are called as plain functions."""
        near = ((one, other) for pair in zip(self.instructions, self.instructions[1:]) for one, other in (pair, pair[::-1]))
        return {one.arg for one, other in near if one.op == "LOAD_FAST" and other.op == "PUSH_NULL"}

    @cached_property
    def calls_itself(self) -> bool:
        """Whether the code loads something of its own name, as what walks over trees does."""
        return any([one.op in LOADS and one.arg == self.name for one in self.instructions])

    @cached_property
    def counters(self) -> dict:
        """header unit -> local slot of the variable, for loops over what looks like a range."""
        found = {}
        for index, one in enumerate(self.instructions[:-1]):
            behind = self.instructions[index + 1]
            if one.op == "FOR_ITER" and behind.op == "STORE_FAST" and self._over_range(index - 1):
                found[one.unit] = behind.arg
        return found

    def _over_range(self, index):
        """Whether the iterator that is made there comes from an expression with `range`."""
        while index > 0 and self.instructions[index].op not in STORES:
            index -= 1
            one = self.instructions[index]
            if one.op == "LOAD_GLOBAL" and one.arg == "range":
                return True
        return False

    def parts(self, unit: int) -> list:
        """The instructions that the opcode at this unit stands for."""
        index = self.at[unit]
        end = index + 1
        while end < len(self.instructions) and self.instructions[end].part:
            end += 1
        return self.instructions[index:end]

    def _arguments_in(self, header, ops):
        loop = self.loops[header]
        return {one.arg for one in self.instructions if one.op in ops and one.unit in loop}

    def _effects(self):
        """unit -> (effect when control goes on, effect when it jumps) of all parts together."""
        effects = {}
        for one in self.instructions:
            fall, jump = effects.get(one.unit, (0, 0))
            if one.op == "OTHER":
                opcode, argument = self._raw.get(one.at, (0, 0))
                fall += other_effect(opcode, argument)
                jump += other_effect(opcode, argument, True)
            else:
                change = effect(one.op, one.arg)
                fall += change
                jump += change if one.target is None else effect(one.op, one.arg, True)
            effects[one.unit] = fall, jump
        return effects

    @cached_property
    def _reached(self):
        """(depth of each unit, the units that control reaches without an exception)"""
        effects = self._effects()
        depth, conflicts = {}, set()
        self._spread([(0, 0)], depth, conflicts, effects)
        plainly = frozenset(depth)
        waiting = list(self.handlers)
        while True:
            reached = [one for one in waiting if any(unit in depth for unit in range(one.start, one.end))]
            if not reached:
                break
            self._spread([(one.target, one.entry_depth) for one in reached], depth, conflicts, effects)
            waiting = [one for one in waiting if one not in reached]
        for unit in conflicts:
            del depth[unit]
        return depth, plainly - conflicts

    def _spread(self, work, depth, conflicts, effects):
        instructions, at, successors = self.instructions, self.at, self.successors
        while work:
            unit, height = work.pop()
            known = depth.get(unit)
            if known is not None or unit not in at:
                if known not in (None, height):
                    conflicts.add(unit)
                continue
            depth[unit] = height
            fall, jump = effects[unit]
            target = instructions[at[unit]].target
            for successor in successors[unit]:
                work.append((successor, height + (jump if successor == target else fall)))

    @cached_property
    def _backward_jumps(self):
        jumps = {}
        for one in self.instructions:
            if one.target is not None and one.target <= one.unit and one.unit in self.depth:
                jumps.setdefault(one.target, []).append(one.unit)
        return {header: tuple(units) for header, units in jumps.items()}

    @cached_property
    def plain_predecessors(self):
        return self._edges_back(self._reached[1])

    @cached_property
    def predecessors(self):
        before = self._edges_back(self.depth)
        for handler in self.handlers:
            covered = [unit for unit in range(handler.start, handler.end) if unit in self.depth]
            before.setdefault(handler.target, []).extend(covered)
        return before

    def _edges_back(self, units):
        before = {}
        for unit in units:
            for successor in self.successors[unit]:
                before.setdefault(successor, []).append(unit)
        return before
