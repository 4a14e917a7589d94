"""What compiled regions turned out to be worth: exits become records, and what doesn't pay is given back."""

from framejit.report import logs
from framejit.report.records import RECORDS
from framejit.runtime import entrances
from framejit.runtime.codes import CALL
from framejit.tables import breaks, exits, settings
from framejit.tables.classes import name_of, numpys

KINDS = ("graph", "llvm", "asm")


def count_exits(states):
    """Every exit that was taken since the last time is put on record where its kind has one."""
    for state in list(states):
        if state.code is None:
            continue
        if state.slot is not None and state.slot.recursive and "recursion" not in state.noted:
            state.noted.add("recursion")
            RECORDS.break_(state.code, 0, "recursion")
        for variant in state.known_variants():
            count_exits_of(state, variant)


def count_exits_of(state, variant):
    """The same for one variant."""
    counts = variant.region.exit_counts
    if counts == variant.counted:
        return
    before, variant.counted = variant.counted or [0] * len(counts), counts
    broken = {unit: breaks.named(name, str(detail), variant.dtypes) for name, unit, _, detail in variant.compiled.breaks}
    sites = {unit: breaks.named("unknown_call", str(kind), variant.dtypes) for unit, _, kind in variant.compiled.callouts}
    for exit, count, earlier in zip(variant.compiled.exits, counts, before):
        fresh = count - earlier
        code = state.code if exit.code is None else exit.code()
        if not fresh or exit.kind == "call" or code is None:
            continue
        row = exits.BY_KIND.get(exit.kind)
        name = row.record if row is not None else "unsupported_opcode"
        if exit.kind == "callout":
            known = exit.unit in sites and RECORDS.place(state.code, exit.unit, sites[exit.unit]) is not None
            name = sites[exit.unit] if known else ""
        if exit.kind == "break":
            name = broken.get(exit.unit, name)
        hints = state.hints[variant.entry] if exit.code is None else state.hints[variant.entry].callee(code)
        if exit.kind == "type" and len(hints.sites.get(exit.site, ())) >= settings.ROWS["types_per_site"].default:
            name = "too_many_types"
        if name:
            RECORDS.break_(code, exit.unit, name, "", fresh)
        if row is not None and exit.kind != "callout":
            RECORDS.event("exit_taken", region=variant.compiled.name, line=exit.line, reason=row.sentence, count=fresh)


def give_back(controller):
    """Withdraws regions that are entered again and again to leave at once, by exits that teach nothing more."""
    if controller.gone:
        forget_the_dead(controller)
    for state in list(controller.compiled.values()):
        judge(controller, state, state.code)
        controller.call_in(state)
        entrances.abandon(controller, state)


def judge(controller, state, code):
    """The same for the regions of one code object, which is held until that is done: where nobody else has it, it may end as soon as it isn't."""
    if code is None:
        return
    entrances.judge(controller, state, code)
    for entry, variants in state.variants.items():
        for variant in [variant for variant in variants if worthless(controller, state, variant)]:
            variants.remove(variant)
            withdraw(controller, state, entry, variant)


def forget_the_dead(controller):
    """The records hear of code objects that are gone, and machine code in memory goes."""
    while controller.gone:
        RECORDS.gone(controller.gone.pop())
    controller.machine.free_code()


def worthless(controller, state, variant):
    """Whether most entries left in the middle, after too few iterations to win anything, or call-outs cost more than that."""
    region = variant.region
    if region.outweighed:
        return True
    entries = region.entries
    if entrances.fruitless(state, variant.entry, region) and not controller.limit("eager", state):
        return True
    if region.news or entries < controller.limit("entries_before_review", state):
        return False
    left = sum(count for exit, count in zip(variant.compiled.own_exits, region.exit_counts)
               if exit.kind not in ("callout", "loop done", "return"))
    return left >= 0.9 * entries and region.iterations < entries * controller.limit("iterations_to_pay", state)


def withdraw(controller, state, entry, variant):
    """The interpreter runs this entry again."""
    count_exits_of(state, variant)
    state.let_go(variant)
    state.returned.add(entry)
    if variant.region.outweighed:
        state.outweighed.update(loops_called_out(state, variant))
        state.returned.update(state.bytecode.loops if entry == CALL and state.brief else state.outweighed)      # short calls have short loops
    state.withdrawn += entry == CALL
    entrances.given_back(controller, state, entry)
    RECORDS.break_(state.code, max(variant.region.unit, 0), "given_back")
    RECORDS.event("region_given_back", region=variant.compiled.name,
                  reason=f"{variant.region.entries:,} entries, {variant.region.iterations:,} iterations, {variant.region.callouts:,} call-outs")
    if entry == CALL and state.slot is not None:
        state.slot.variants = [other.region for other in state.variants[CALL]]
        if not state.variants[CALL]:
            state.refused[CALL] = 99
            controller.release(state)


def landing(bytecode, at):
    """The unit of the instruction at this one: on 3.11 a call-out's is that of the CALL, in front of which PRECALL stands."""
    return max([unit for unit in bytecode.at if unit <= at])


def loops_called_out(state, variant):
    """The loops whose call-outs have cost more than the region has won: entered by themselves they would lose, too."""
    units = {landing(state.bytecode, at) for at, _, _ in variant.compiled.callouts}
    return [header for header, inside in state.bytecode.loops.items() if not units.isdisjoint(inside)]


def foreign_dtypes(values):
    """Which arrays among these values have elements that aren't compiled: "object", "other", or nothing."""
    array = numpys("ndarray")
    found = set()
    for value in values:
        if array is not None and type(value) is array:
            if value.dtype.hasobject:
                found.add("object")
            elif value.dtype.kind not in "biuf" or not value.dtype.isnative:
                found.add("other")
    return frozenset(found)


def types_of(variant):
    """The types that a variant was compiled for, as one word each."""
    return ", ".join(name_of(type) for type in variant.compiled.types.values()) or "no arguments"


def write_texts(compiler, state, variant):
    """What the logs guards, loops, graph, llvm and asm show of a new region; `compiler()` loads it."""
    compiled, name = variant.compiled, variant.compiled.name
    if logs.on("guards"):
        RECORDS.event("guard_list", region=name, guards="; ".join(compiler().guards(state.code, compiled)) or "none")
    if logs.on("loops"):
        for block in compiled.graph.blocks:
            if block.header:
                line = next((node.line for node in block.nodes if node.line), 0)
                RECORDS.event("loop_found", region=name, line=line, description=f"header at unit {block.unit}, {len(block.params)} values carried")
        for number, description in enumerate(compiler().nests_of(compiled)):
            RECORDS.event("nest_found", region=name, number=number, description=description)
    wanted = [kind for kind in KINDS if logs.on(kind)]
    if wanted:
        for kind, text in compiler().texts(compiled, wanted).items():
            fields = {"stage": "after its passes"} if kind == "graph" else {}
            RECORDS.event(f"{kind}_made", region=name, text=text, **fields)


def place_of(code, entry):
    """A text that names an entry of a code object in every run alike."""
    loop = "" if entry < 0 else f", loop at unit {entry}"
    return f"{code.co_qualname} ({code.co_filename}:{code.co_firstlineno}{loop})"
