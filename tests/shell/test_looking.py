"""Which loop of a nest is entered: the outermost that gets on between two looks."""

import sys
import textwrap
from types import SimpleNamespace

import pytest
from framejit.runtime import entrances
from framejit.runtime.codes import CALL, EVASIONS, LONG, REFUSALS, TURNS, Code, Variant
from framejit.runtime.looking import compiled_around, loop_to_enter, own_variables
from framejit.runtime.running import Running
from tests.shell.process import framejit, python

NEST = """
def nest(n):
    for i in range(n):
        a = i
        for j in range(n):
            b = j
            for k in range(n):
                c = k
"""
TWICE = """
for turn in range(9):
    for i in range(9):
        s = i
    for i in range(9):
        s = -i
"""
HANDLED = """
def handled(n, seen):
    for i in range(n):
        try:
            if i % 3 == 0:
                raise KeyError(i)
        except KeyError as error:
            seen.append(error)
        else:
            seen.append(i)
        finally:
            last = i
"""
AT_THE_TOP = textwrap.dedent(NEST[NEST.index("\n", 1):])


def nest():
    space = {}
    exec(NEST, space)
    state = Code(space["nest"].__code__)
    state.alive = space         # it doesn't keep its code itself
    loops = state.bytecode.loops
    outer, middle, inner = sorted(loops, key=lambda header: -len(loops[header]))
    return state, outer, middle, inner


def look(state, unit, **values):
    """A look at a frame whose locals have these values."""
    names = state.code.co_varnames
    return loop_to_enter(state, unit, [values.get(name) for name in names], {}, False)


def test_own_variables():
    state, outer, middle, inner = nest()
    names = state.code.co_varnames
    found = [[names[slot] for slot in own_variables(state.bytecode, header, within)[0]] for header, within in ((outer, middle), (middle, inner))]
    assert found == [["i", "a"], ["j", "b"]]


def test_names_of_a_module():
    code = compile(AT_THE_TOP.replace("range(n)", "range(9)"), "<top>", "exec")
    state = Code(code)
    loops = state.bytecode.loops
    outer, middle, inner = sorted(loops, key=lambda header: -len(loops[header]))
    assert own_variables(state.bytecode, outer, middle) == [[], ["a", "i"]]
    assert loop_to_enter(state, inner, [], {"i": 3, "a": 3, "j": 0, "b": 0}, True) == inner
    assert loop_to_enter(state, inner, [], {"i": 4, "a": 4, "j": 0, "b": 0}, True) == outer


def test_variables_of_both():
    """What the inner loop stores, too, says nothing of the outer one, unless there is nothing else."""
    code = compile(TWICE, "<twice>", "exec")
    state = Code(code)
    loops = state.bytecode.loops
    outer, *inner = sorted(loops, key=lambda header: (-len(loops[header]), header))
    assert [own_variables(state.bytecode, outer, within)[1] for within in inner] == [["turn"], ["turn"]]
    code = compile("while True:\n    i = 0\n    while i < 9:\n        i += 1", "<while>", "exec")
    state = Code(code)
    inner, outer = sorted(state.bytecode.loops, key=lambda header: len(state.bytecode.loops[header]))
    assert own_variables(state.bytecode, outer, inner) == [[], ["i"]]


def test_behind_a_long_run():
    """What is compiled is entered, and the loop around it isn't for some time."""
    state, outer, middle, inner = nest()
    state.variants[middle] = ["compiled"]
    names = {"i": 1, "a": 1, "j": 1, "b": 1}
    for turn in range(TURNS):
        values = [dict(names, i=turn).get(name) for name in state.code.co_varnames]
        assert loop_to_enter(state, inner, values, {}, False, iterations=LONG) == middle
        assert state.costs_little(outer, LONG)
    assert not state.costs_little(outer, LONG) and not state.costs_little(middle, LONG) and not state.costs_little(outer, 300)
    assert look(state, inner, i=-1) == outer


def test_the_outermost_that_gets_on():
    state, outer, middle, inner = nest()
    assert look(state, inner, i=1, j=1, k=1) == inner                  # the first look: nothing is known
    assert look(state, inner, i=1, j=1, k=500) == inner
    assert look(state, inner, i=1, j=2, k=3) == middle
    assert look(state, inner, i=2, j=1, k=3) == outer
    assert state.samples == {outer: 4, middle: 4, inner: 4}


@pytest.mark.parametrize("value, other", [(2**70, 2**70 + 1), (0.5, 0.25), ([1], [1])])
def test_values_and_objects(value, other):
    state, outer, middle, inner = nest()
    look(state, inner, i=value)
    assert look(state, inner, i=value) == inner
    assert look(state, inner, i=other) == outer


def test_a_loop_that_never_comes():
    state, outer, middle, inner = nest()
    look(state, inner, i=0)
    for turn in range(EVASIONS):
        assert look(state, inner, i=turn + 1, j=turn) == outer
        state.awaited = outer
    assert look(state, inner, i=100, j=100) == middle
    state.awaited = middle
    assert look(state, middle, i=101, j=101) == middle                 # it came


def test_a_loop_that_was_refused():
    state, outer, middle, inner = nest()
    look(state, inner, i=0)
    state.refused[outer] = 1
    assert look(state, inner, i=1) == inner


def test_hopeless():
    state, outer, middle, inner = nest()
    state.refused[inner] = state.refused[middle] = state.refused[CALL] = REFUSALS
    assert not state.hopeless(inner) and not state.hopeless(-1)        # the outermost may still be compiled
    state.evasions[outer] = EVASIONS
    assert state.hopeless(inner) and not state.hopeless(outer)         # it never comes; if it does, it will do
    state.refused[outer] = REFUSALS
    assert state.hopeless(outer) and state.hopeless(-1)
    del state.refused[CALL]
    assert not state.hopeless(inner)                                   # the function's calls may


def test_a_jump_of_a_handler():
    """It leads back into the middle of a loop, whose header is waited for."""
    space = {}
    exec(HANDLED, space)
    state = Code(space["handled"].__code__)
    loops, targets = state.bytecode.loops, {one.target for one in state.bytecode.instructions if one.target is not None}
    for unit in sorted(target for target in targets if any(one.target == target <= one.unit for one in state.bytecode.instructions)):
        assert look(state, unit) in loops and state.samples[look(state, unit)]


JITTED = """
import pickle
import numpy as np
import framejit

def recurrence(n):
    u = pickle.loads(pickle.dumps(np.zeros((n, n))))        # whose type only the first call shows
    for i in range(1, n):
        for j in range(1, n):
            u[i, j] = 0.5 * (u[i - 1, j] + u[i, j - 1]) + 1.0
    return u

quick = framejit.jit(recurrence)

def until_native(f):
    for turn in range(200):
        result = f(300)
        if framejit.stats()["osr_entries"]:
            break
    return result

result = until_native(quick)
before = framejit.stats()["native_iterations"]
for turn in range(5):
    plain = recurrence(300)
print(before > 0, framejit.is_enabled(), result.tobytes() == plain.tobytes())
print("the plain one", framejit.stats()["native_iterations"] - before, framejit.stats()["regions_compiled"] > 1)
"""


def test_loops_of_jitted_functions():
    """What the call's own region leaves to the interpreter is found running, without enable(); its plain twin isn't."""
    done = python("-c", JITTED)
    assert (done.stdout, done.stderr) == ("True False True\nthe plain one 0 True\n", "")


PACE = """if True:
    from time import process_time
    import framejit
    from framejit.runtime.controller import controller
    framejit.enable()
    def spelled(n):
        text = ""
        for k in range(n):
            text = f"{k:>8}{text!r}"[:8].encode("ascii", errors="strict").decode()
        return text
    policy, until = controller(), process_time() + 20
    while not policy.slow and process_time() < until:
        spelled(1000)
    print(policy.slow)
    def fresh(n):
        s = 0
        for k in range(n):
            s += k * k
        return s
    until = process_time() + 5
    while policy.known(fresh.__code__) is None and process_time() < until:
        fresh(20_000)
    print(policy.slow)
"""


def test_looks_come_rarely_where_nothing_new_is_found():
    """And often again where something is."""
    process = python("-c", PACE, FRAMEJIT_CACHE="0")
    assert process.stdout.split() == ["True", "False"], process.stdout + process.stderr


def regions_of(entries, iterations):
    return [SimpleNamespace(region=SimpleNamespace(entries=entries, iterations=iterations, turn=9, callouts=0))]


@pytest.mark.parametrize("looks, entries, iterations, closed, expected", [
    (3, 3, 0, None, True),                  # always over within the first iteration
    (3, 3, 9, None, False), (20, 20, 60, None, True), (20, 20, 5_000, None, False),
    (20, 20, 600, None, True), (20, 20, 600, False, False),     # worth an entry, but not a look
    (20, 20, 60, False, False), (20, 20, 60, True, True),       # its header leads there, and is judged by itself
])
def test_loops_that_looks_enter_for_a_moment_are_given_back(looks, entries, iterations, closed, expected):
    state, outer, middle, inner = nest()
    state.entered[inner], state.variants[inner] = looks, regions_of(entries, iterations)
    if closed is not None:
        state.entrances[inner] = SimpleNamespace(entrance=SimpleNamespace(closed=closed))
    assert entrances.fruitless(state, inner, state.variants[inner][0].region) == expected


def test_what_is_compiled_is_entered_where_the_loop_around_it_costs_too_much():
    state, outer, middle, inner = nest()
    assert compiled_around(state, inner, outer) == outer
    state.variants[inner] = state.variants[middle] = regions_of(1, 100)
    assert compiled_around(state, inner, outer) == compiled_around(state, middle, outer) == middle
    state.evasions[middle] = EVASIONS       # its jump may come yet
    assert compiled_around(state, inner, outer) == middle
    state.returned.add(middle)
    assert compiled_around(state, inner, outer) == inner and compiled_around(state, middle, outer) == outer


@pytest.mark.parametrize("values, looks", [((1, 2.0), 4), ((1, 2), 1)])
def test_a_loop_is_compiled_again_for_other_values_only(values, looks):
    """What was compiled for such values is tried again: a signal, say, had kept the look from it.  If that goes on there is another reason."""
    region = SimpleNamespace(misses=0, entries=5)
    variant, policy = Variant(8, SimpleNamespace(types={0: int, 1: float, 7: object}), region), Running()
    assert not policy.missed(variant, values)
    for turn in range(3):
        region.misses, region.entries = region.misses + 1, region.entries + 1
        assert policy.missed(variant, values) == (looks == 1)
    tried = 0
    while True:
        region.misses, tried = region.misses + 1, tried + 1
        if policy.missed(variant, values):
            break
    assert tried == (looks if looks == 1 else looks - 1)


@pytest.mark.parametrize("news, led", [((), True), ((True,), True), ((False,), False), ((True, False), False)])
def test_headers_lead_to_native_code_where_the_whole_function_waits_for_means(news, led, monkeypatch):
    """What exits have taught its variants can't be used yet: calls run in the interpreter, and so do their loops but for looks."""
    state, outer, middle, inner = nest()
    found, policy = [], SimpleNamespace(limit=lambda name, state=None: False)
    monkeypatch.setattr(entrances, "lead", lambda controller, state, unit: found.append(unit))
    state.variants[inner], state.variants[CALL] = regions_of(1, 100), [SimpleNamespace(region=SimpleNamespace(news=one)) for one in news]
    for _ in range(entrances.LOOKS):
        entrances.entered(policy, state, inner, None)
    assert found == [inner] * led


def test_a_header_leads_nowhere_when_its_last_region_is_given_back():
    state, outer, middle, inner = nest()
    closed, machine = [], SimpleNamespace(lead_anew=lambda code: closed.append(code), original_code=lambda code: code)
    entrance = SimpleNamespace(closed=False, variants=[], close=lambda: closed.append("entrance"))
    state.entrances[inner] = entrances.Judged(entrance)
    state.variants[inner] = regions_of(1, 1)
    entrances.given_back(SimpleNamespace(machine=machine), state, inner)
    assert closed == [] and entrance.variants == [state.variants[inner][0].region]
    state.variants[inner] = []
    entrances.given_back(SimpleNamespace(machine=machine), state, inner)
    assert closed == ["entrance", state.code]


MADE = """
import framejit
class Made:
    def walk(self, n):
        def scaled(x):
            return x * self.factor
        total = 0.0
        for k in range(n):
            total += scaled(k)
        return total
made = Made()
made.factor = 0.5
print(made.walk(9), framejit.stats()["regions_compiled"])
"""


@pytest.mark.skipif(sys.version_info < (3, 12), reason="3.11 has no watchers of functions")
def test_eager_runs_hear_of_every_function():
    assert framejit("-c", MADE, FRAMEJIT_EAGER="1").stdout.split()[0] == "18.0"
    assert int(framejit("-c", MADE, FRAMEJIT_EAGER="1").stdout.split()[1]) >= 1
    assert framejit("-c", MADE).stdout.split() == ["18.0", "0"]
