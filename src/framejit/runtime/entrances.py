"""Loops that are entered again and again, in code that isn't compiled as a whole: their headers lead to native code by themselves.

Which ones: those that looks have entered before, and whose runs are worth an entry.  Frames of such code go on in a copy of it once they have
been through the gate, and in the original again where nothing fits.
"""

from framejit.report.records import RECORDS
from framejit.runtime.codes import CALL, OPTIMIZED, living, with_function

LOOKS = 2           # entries by looks, before a header leads to native code
PAYS = 50           # instructions of a run that are worth an entry,
LOOKED = 2_000      # and a look, which takes 10 to 100 microseconds
FRUITLESS = 3       # entries of a loop by looks without one whole iteration, after which it is given back: it ends at a break in each turn
OFTEN = 20          # entries by looks, after which one whose runs aren't worth these is given back, too
STEPS = {"FOR_ITER": -1, "NOP": -2, "LOAD_FAST": None}
HANDED = 3          # stack entries above the header's depth that the stub hands over, FJ_HANDED of entrances.c
SEEN = 64           # entries before an entrance is judged


def entered(controller, state, unit, function):
    """A look enters this loop."""
    count = state.entered[unit] = state.entered.get(unit, 0) + 1
    if state.led is not None and function is not None and state.code.co_flags & OPTIMIZED and id(function) not in state.leading:
        state.leading = with_function(state.leading, function)
        controller.machine.lead_calls(function)
    if unit in state.entrances or compiled_as_a_whole(state) or not state.variants[unit]:
        return
    if count >= LOOKS and pays(*runs_of(state, unit)) or controller.limit("eager", state):
        lead(controller, state, unit)
        lead_calls(controller, state)


def compiled_as_a_whole(state):
    """Whether its calls run compiled; not where what exits have taught all variants waits for the means to use it."""
    return any([not variant.region.news for variant in state.variants.get(CALL, ())])


def lead_calls(controller, state):
    """New frames of its functions begin in the copy that there is."""
    for function in living(state.leading) if state.led is not None else ():
        if controller.machine.original_code(function.__code__) is state.code:
            controller.machine.lead_calls(function)


def lead(controller, state, unit):
    """The header leads to native code from now on, where that can be."""
    bytecode, code = state.bytecode, state.code
    done = where_done(state, unit)
    made = controller.machine.lead(code, unit, bytecode.depth[unit], room_at(bytecode, unit), done, bytecode.depth.get(done, -1),
                                   *steps_of(bytecode, unit))
    state.entrances[unit] = Judged(made) if made is not None else None
    if made is not None:
        state.led = controller.machine.slot_of(code)
        renew(state, unit)


class Judged:
    """An entrance, and what had been counted when it was judged last."""

    __slots__ = ("entrance", "entries", "runs")

    def __init__(self, entrance):
        self.entrance, self.entries, self.runs = entrance, 0, (0, 0)

    def close(self):
        self.entrance.close()


def renew(state, unit):
    """The entrance tries the variants that there are."""
    judged = state.entrances.get(unit)
    if judged is not None and not judged.entrance.closed:
        judged.entrance.variants = [variant.region for variant in state.variants.get(unit, ())]


def judge(controller, state, code):
    """Entrances that don't pay are closed."""
    for unit, judged in state.entrances.items():
        if judged is None or judged.entrance.closed or judged.entrance.entries < judged.entries + SEEN:
            continue
        entries, instructions = runs_of(state, unit)
        if not controller.limit("eager", state) and not pays(entries - judged.runs[0], instructions - judged.runs[1]):
            close(controller, state, judged)
            RECORDS.break_(code, unit, "given_back")
        judged.entries, judged.runs = judged.entrance.entries, (entries, instructions)


def abandon(controller, state):
    """A copy that nobody needs goes, and the code object with it."""
    if state.led is not None and state.code is not None and controller.machine.is_abandoned(state.led):
        controller.machine.lead_no_longer(state.led)


def close(controller, state, judged):
    """Nothing is entered there any more: frames begin in a copy without it, or in the original."""
    judged.close()
    controller.machine.lead_anew(state.code)
    lead_calls(controller, state)


def given_back(controller, state, unit):
    """A region has been given back, and isn't made again: without another the header leads nowhere."""
    judged = state.entrances.get(unit)
    if judged is not None and not judged.entrance.closed and not state.variants.get(unit):
        close(controller, state, judged)
    renew(state, unit)


def rest(controller, state):
    """Frames begin in the original, and nothing is entered from those that are in a copy."""
    if state.led is None:
        return
    for judged in opened(state):
        judged.entrance.variants = ()
    controller.machine.lead_no_longer(state.led)
    state.led = None
    for function in living(state.leading):
        if controller.machine.original_code(function.__code__) is state.code:
            controller.machine.release(function)


def wake(controller, state):
    """The opposite."""
    if not opened(state):
        return
    for unit in state.entrances:
        renew(state, unit)
    controller.machine.lead_anew(state.code)
    state.led = controller.machine.slot_of(state.code)
    lead_calls(controller, state)


def opened(state):
    """The entrances that have not been closed."""
    return [judged for judged in state.entrances.values() if judged is not None and not judged.entrance.closed]


def runs_of(state, unit):
    """How often the loop's regions were entered, and how many instructions they have run in the interpreter's stead, less what their call-outs cost."""
    regions = [variant.region for variant in state.variants.get(unit, ())]
    return sum([region.entries for region in regions]), sum([instructions_of(region) for region in regions])


def instructions_of(region):
    """The same of one region."""
    return region.won if region.callouts else region.iterations * max(region.turn, 1)


def fruitless(state, unit, region):
    """Whether looks have entered it again and again, and it has always left within its first iteration; or where its header doesn't lead there,
    so soon that looks aren't worth it."""
    looks, judged = state.entered.get(unit, 0), state.entrances.get(unit)
    if looks >= FRUITLESS and region.iterations == 0 and not region.callouts:
        return True
    return looks >= OFTEN and (judged is None or judged.entrance.closed) and not pays(region.entries, instructions_of(region), LOOKED)


def pays(entries, instructions, price=PAYS):
    """Whether so many entries were worth it."""
    return instructions >= price * entries


def worth_a_look(state, unit):
    """Whether the loop's runs so far were worth what the looks take that lead there."""
    return pays(*runs_of(state, unit), LOOKED)


def where_done(state, unit):
    """The unit where native code has mostly gone on behind the loop, with little more on the stack than at its header; -1: nowhere."""
    depth, found, most = state.bytecode.depth, -1, 0
    for variant in state.variants[unit]:
        for exit, count in zip(variant.compiled.own_exits, variant.region.exit_counts):
            if count > most and exit.kind != "callout" and depth.get(exit.unit, depth[unit] + HANDED + 1) <= depth[unit] + HANDED and exit.unit != unit:
                found, most = exit.unit, count
    return found


def steps_of(bytecode, unit):
    """What the header does, one step after the other, as far as that can be done beside the interpreter, and where it goes at its iterator's end."""
    steps, behind = [], -1
    instructions = bytecode.instructions[bytecode.at[unit]:]
    for one, following in zip(instructions, instructions[1:]):
        if one.op not in STEPS:
            break
        steps.append((one.arg if STEPS[one.op] is None else STEPS[one.op], one.unit if following.part else one.next))
        if one.op == "FOR_ITER":
            behind = one.target
            break
    return steps, behind


def room_at(bytecode, unit):
    """Units from the header on that belong to one line and one handler, and that nobody jumps into."""
    borders = bytecode.leaders | {edge for handler in bytecode.handlers for edge in (handler.start, handler.end)}
    index = bytecode.at[unit]
    line, end = bytecode.instructions[index].line, unit
    for one in bytecode.instructions[index:]:
        if one.unit != unit and (one.unit in borders or one.line != line):
            break
        end = one.next
    return end - unit


__all__ = ["abandon", "entered", "fruitless", "given_back", "judge", "lead_calls", "renew", "rest", "wake", "worth_a_look"]
