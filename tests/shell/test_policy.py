"""What is compiled when: whole functions only, limits, checks, and what is given back."""

import json
import math
import operator
import time
from types import SimpleNamespace

import framejit
import pytest
from framejit import pipeline
from framejit.capture.hints import Hints
from framejit.runtime import compiling, review, screen
from framejit.runtime.codes import CALL, Code
from framejit.runtime.budget import FINISH, Budget
from framejit.runtime.compilation import Compilation
from framejit.runtime.controller import controller
from framejit.runtime.running import Running
from framejit.tables import settings
from process import framejit as command
from process import python


effects = []


def test_fullgraph_raises_before_the_first_effect():
    @framejit.jit(fullgraph=True)
    def broken(n):
        effects.append(n)
        for _ in range(n):
            class Local:
                effects.append(0)

    for arguments in ((3,), (3,)):
        with pytest.raises(framejit.GraphBreakError) as caught:
            broken(*arguments)
        assert effects == [] and caught.value.breaks[0].filename == __file__


def test_fullgraph_raises_where_there_is_no_room_for_records(monkeypatch):
    monkeypatch.setitem(settings.ROWS, "records", settings.ROWS["records"]._replace(default=0))

    @framejit.jit(fullgraph=True)
    def broken(n):
        for _ in range(n):
            class Local:
                effects.append(0)

    for _ in range(2):
        with pytest.raises(framejit.GraphBreakError) as caught:
            broken(3)
        assert effects == [] and caught.value.breaks[0].filename == __file__


def test_fullgraph_does_not_mind_calls():
    @framejit.jit(fullgraph=True)
    def total(n):
        s = 0
        for k in range(n):
            s += abs(k)
            print(end="")
        return s

    assert [total(10), total(20)] == [45, 190]


def test_fullgraph_of_a_generator():
    def numbers(n):
        yield n

    with pytest.raises(framejit.GraphBreakError):
        framejit.jit(numbers, fullgraph=True)


CHECKED = """if True:
    import framejit
    from framejit.runtime import check
    @framejit.jit
    def fill(n, values):
        s = 0.0
        for k in range(n):
            s += k * 0.5
            values[k] = s
        return s
    print(fill(4, [0.0] * 4), fill(4, [0] * 4))
    try:
        fill(5, [0] * 4)
    except IndexError as error:
        print(error)
    from framejit.runtime.controller import controller
    print(controller().checker.calls, controller().checker.differences)
    outcomes, plain = [0], check.outcome
    def wrong(function, arguments):
        value, error, after = plain(function, arguments)
        outcomes[0] += 1
        return value + outcomes[0], error, after
    check.outcome = wrong
    print(fill(4, [0.0] * 4))
"""


def test_check_compares_each_call():
    process = python("-c", CHECKED, FRAMEJIT_CHECK="1")
    assert process.stdout == "3.0 3.0\nlist assignment index out of range\n3 0\n3.0\n"
    assert "native code differs in fill" in process.stderr and "interpreter  4.0" in process.stderr and "native       5.0" in process.stderr


CHECKED_ARRAYS = """if True:
    import framejit
    import numpy as np
    @framejit.jit
    def softmax(x):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)
    from framejit.runtime.controller import controller
    for _ in range(4):
        softmax(np.ones((3, 5)))
    print(controller().checker.calls > 0, controller().checker.differences)
"""


def test_check_makes_code_at_once():
    process = python("-c", CHECKED_ARRAYS, FRAMEJIT_CHECK="1")
    assert process.stdout == "True 0\n" and not process.stderr


GIVEN_BACK = """if True:
    import framejit, time
    @framejit.jit
    def scale(x):
        for _ in range(1):
            x = x * x
        return x
    framejit.enable()
    end = time.process_time() + 20
    while not framejit.stats()["given_back"] and time.process_time() < end:
        for _ in range(1000):
            scale(2**40)
    print(framejit.stats()["given_back"], scale(2**40) == 2**80, [place.code for place in framejit.explain().breaks if place.function == "scale" and place.count > 100])
"""


def test_what_always_leaves_is_given_back():
    process = python("-c", GIVEN_BACK)
    assert process.stdout == "1 True ['FJ009']\n", process.stdout + process.stderr


OUTWEIGHED = """if True:
    import framejit, operator, time
    def touched(n):
        touch, s = operator.length_hint, 0
        for k in range(n):
            touch(k)
            touch(s)
            touch(n)
            s = (s * 3 + (k ^ s)) & 1023
        return s
    plain = touched(30_001)
    framejit.enable()
    end, before = time.process_time() + 20, -1
    while (framejit.stats()["callouts"] != before or not framejit.stats()["given_back"]) and time.process_time() < end:
        for _ in range(5):
            before = framejit.stats()["callouts"]
            touched(200_000)
    print(framejit.stats()["given_back"] > 0, before > 1000, touched(30_001) == plain, framejit.stats()["callouts"] == before)
"""


def test_what_its_call_outs_outweigh_is_given_back():
    process = python("-c", OUTWEIGHED)
    assert process.stdout == "True True True True\n", process.stdout + process.stderr


DIFFERENT = """import sys
if "framejit" in sys.modules:
    from framejit.tables import operations
    import framejit.capture.numbers, framejit.backends.llvm.lower as lower
    plain = lower.lower
    import framejit.pipeline as pipeline
    def wrong(graph, layout):
        text, spills = plain(graph, layout)
        return (text.replace("fsub", "fadd") if graph.name == "second" else text), spills
    pipeline.lower = wrong

def first(n):
    s = 0.0
    for k in range(n):
        s += k
    return s

def second(n):
    s = 0.0
    for k in range(n):
        s -= k
    return s

import framejit
first, second = framejit.jit(first), framejit.jit(second)
print(first(10))
print(second(10))
"""


def test_bisect_finds_the_region(tmp_path):
    script = tmp_path / "different.py"
    script.write_text(DIFFERENT, encoding="utf-8")
    process = command("bisect", script)
    assert process.returncode == 1, process.stdout + process.stderr
    assert "makes the difference: second" in process.stdout and "'-45.0'" in process.stdout


IMPORTS = """if True:
    import sys
    import framejit
    before = set(sys.modules)
    framejit.enable()
    heavy = ("framejit.pipeline", "llvmlite", "dis", "ctypes", "logging", "threading", "sysconfig")
    print([name for name in heavy if name in sys.modules])
    path, finders, filters = list(sys.path), list(sys.meta_path), len(sys.modules["warnings"].filters) if "warnings" in sys.modules else None
    @framejit.jit
    def total(n):
        s = 0
        for k in range(n):
            s += k
        return s
    print(total(10), framejit.stats()["native_entries"])
    print([name for name in ("threading", "subprocess", "tempfile", "logging", "random", "numpy") if name in sys.modules])
    print(path == sys.path, finders == sys.meta_path)
    import string
    print(string.own)
"""


def test_the_compiler_is_a_guest(tmp_path):
    (tmp_path / "string.py").write_text("own = 'the program own module'\n", encoding="utf-8")
    (tmp_path / "ctypes.py").write_text("raise SystemExit('the wrong module')\n", encoding="utf-8")
    script = tmp_path / "program.py"
    script.write_text(IMPORTS.replace("if True:\n", "if True:\n", 1), encoding="utf-8")
    process = python("-W", "error", script)
    assert process.stdout == "[]\n45 1\n[]\nTrue True\nthe program own module\n", process.stdout + process.stderr


HALFWAY = """if True:
    import sys
    from types import ModuleType, SimpleNamespace
    import framejit
    half = ModuleType("importlib.resources")
    half.__spec__ = SimpleNamespace(_initializing=True)
    sys.modules["importlib.resources"] = half
    @framejit.jit
    def total(n):
        s = 0
        for k in range(n):
            s += k
        return s
    print(total(10), framejit.stats()["native_entries"], sys.modules["importlib.resources"] is half, "threading" in sys.modules)
"""


def test_the_program_may_be_importing_what_the_compiler_imports(tmp_path):
    script = tmp_path / "program.py"
    script.write_text(HALFWAY, encoding="utf-8")
    process = python(script)
    assert process.stdout == "45 1 True False\n", process.stdout + process.stderr


def spelled(x):
    for text in (f"{x:>8}", f"{x!r}"):
        text.encode("ascii", errors="strict").decode()
    return x


@pytest.mark.parametrize("calls, compiled", [("spelled(k)", False), ("if k == 7: spelled(k)", True), ("math.floor(k * 0.5)", True), ("print(end='')", True)])
def test_a_loop_around_calls_of_functions_that_stay_interpreted_is_not_compiled(calls, compiled):
    """Calls of builtin functions take as long from native code as from the interpreter; for others it needs a new evaluator."""
    namespace = {"spelled": spelled, "math": math}
    exec(f"def f(n):\n s = 0\n for k in range(n):\n  {calls}\n  s += k * 2 - 1\n return s", namespace)
    f = framejit.jit(namespace["f"])
    assert f(20) == 360 and f(20) == 360
    assert bool(controller().code_of(f.__code__).known_variants()) == compiled


@pytest.mark.parametrize("spent, looks, won, affordable", [
    (0.04, 3, 0, False), (0.04, 5, 0, True),            # as long as it has been compiled
    (0.4, 100, 0, False), (0.4, 401, 0, True),          # much was spent and nothing won: ten times as long
    (0.4, 100, 400_000_000, True),                      # instructions
])
def test_compiling_in_vain_gets_rare(spent, looks, won, affordable):
    def hot():
        pass

    state = Code(hot.__code__)
    region = SimpleNamespace(won=won, entries=1, callouts=0, news=False)
    state.spent, state.ran, state.hints, state.variants = spent, looks * 0.01, {8: ()}, {8: [SimpleNamespace(region=region)]}
    policy = Compilation()
    policy.limit = lambda name, state=None: {"eager": False, "fullgraph": False}[name]
    policy.budget, policy.enabled = SimpleNamespace(allows=lambda *asked, unfinished: True), object()
    assert policy.affordable(state, 8) == affordable
    assert policy.affordable(state, 20)                 # never tried
    policy.budget.allows = lambda *asked, unfinished: False
    assert policy.affordable(state, 20) == (won > 0)     # too much has been compiled in vain, but for code that has won its own
    policy.enabled = None
    assert policy.affordable(state, 20)                 # in a block


def test_what_was_refused_is_asked_for_rarely():
    """A code as a whole, a loop of it, and its loops where the whole was."""
    state, policy = Code(spelled.__code__), Compilation()
    policy.limit = lambda name, state=None: False
    policy.enabled = None
    state.spent, state.ran, state.hints = 0.02, 0.1, {8: ()}
    policy.budget, policy.enabled = SimpleNamespace(allows=lambda *asked, unfinished: False), object()
    fresh = Code(test_what_was_refused_is_asked_for_rarely.__code__)
    fresh.variants = {CALL: []}
    assert not policy.affordable(fresh, CALL)           # what has neither cost nor won anything hasn't won
    policy.enabled = None
    assert policy.affordable(state, 8) and policy.affordable(state, 20)
    for refused in (8, CALL):
        state.refused = {refused: 1}
        assert not policy.affordable(state, 8) and policy.affordable(state, 20) == (refused == 8)
    state.ran = 0.21
    assert policy.affordable(state, 8) and policy.affordable(state, 20)
    state.refused = {8: 1}
    assert not policy.affordable(state, 8) and policy.affordable(state, 20)
    state.ran = 0.51
    assert policy.affordable(state, 8)


@pytest.mark.parametrize("spent, won, ran, allowed", [
    (0.2, 0.0, 0.0, True),                              # the beginning
    (0.6, 0.0, 0.0, False), (0.6, 0.0, 1.5, True),      # nothing won; what runs for long is compiled all the same
    (0.6, 1.0, 0.0, True),
    (0.6, -1.0, 0.0, False),                            # call-outs have lost it again
])
def test_a_process_compiles_what_it_can_afford(spent, won, ran, allowed, monkeypatch):
    monkeypatch.setattr("framejit.runtime.budget.ADVANCE", 0.25)        # tests/conftest.py
    budget = Budget(lambda: won)
    budget.spent = spent
    assert budget.allows(ran) == allowed
    assert budget.allows(ran, 5_000) == (allowed and won > 0)           # half a second more
    assert budget.allows(ran, 10, 0.0, 0.5) == (allowed and won > 0)    # the last attempt took that
    assert budget.allows(ran, 10, 0.1) == (allowed and ran == 0)        # others had taken as much
    assert budget.allows(20.0, 5_000)
    budget.began -= 60                                  # seconds of the process
    assert budget.allows(ran) or won < 0


def test_what_exits_have_taught_comes_before_what_was_never_tried(monkeypatch):
    monkeypatch.setattr("framejit.runtime.budget.ADVANCE", 0.25)
    budget = Budget(lambda: 0.0)
    budget.spent = 0.25 + FINISH / 2
    assert not budget.allows(0.1) and budget.allows(0.1, begun=True)
    budget.spent += FINISH
    assert not budget.allows(0.1, begun=True)
    state, policy, asked = Code(spelled.__code__), Compilation(), []
    policy.budget, policy.enabled = SimpleNamespace(allows=lambda *given, unfinished: asked.append((given[-1], unfinished))), object()
    for news, wanted in ((False, None), (True, None), (False, {0: int})):
        state.variants, state.wanted = {CALL: [SimpleNamespace(region=SimpleNamespace(news=news))]}, wanted
        policy.has_means(state)
    state.variants, state.wanted, state.hints = {}, None, {CALL: object()}
    policy.has_means(state)             # an attempt was given up
    assert asked == [(False, False), (True, False), (True, False), (False, True)]


def test_attempts_that_took_too_long_are_made_again_sooner(monkeypatch):
    monkeypatch.setattr("framejit.runtime.budget.ADVANCE", 0.25)
    budget = Budget(lambda: 0.0)
    budget.spent = 0.3
    assert not budget.allows(3.1, 500, 0.3, 0.3) and budget.allows(3.1, 500, 0.3, 0.3, unfinished=True)
    assert not budget.allows(2.9, 500, 0.3, 0.3, unfinished=True) and budget.allows(12.1, 500, 0.3, 0.3)


@pytest.mark.parametrize("news, means, waits", [(None, False, True), (True, False, True), (False, False, False), (None, True, False)])
def test_looks_at_what_the_process_has_no_means_for_are_only_counted(news, means, waits):
    """Not where something of it runs compiled, nor what somebody has asked for; and its function isn't prepared again and again."""
    state, policy = Code(spelled.__code__), Running()
    policy.limit = lambda name, state=None: False
    policy.budget, policy.enabled = SimpleNamespace(allows=lambda *asked, unfinished: means), object()
    region = SimpleNamespace(news=news, won=0, entries=1, callouts=1)
    state.variants = {8: []} if news is None else {8: [SimpleNamespace(region=region)]}
    assert policy.waits(state, 8) == waits
    found = []
    policy.find, state.owed = lambda *asked: not found.append(asked), True
    assert policy.is_over_soon(state, spelled) and len(found) == means
    state.settings = object()
    assert not policy.waits(state, 8)


def test_what_a_region_has_won_stays_won():
    """Its variant goes when exits have taught something; what its call-outs cost is taken off."""
    def hot():
        pass

    state = Code(hot.__code__)
    regions = [SimpleNamespace(region=SimpleNamespace(won=won, entries=0, callouts=0)) for won in (100_000_000, -200_000_000)]
    state.variants = {CALL: list(regions)}
    before = state.won()
    assert before < 0
    for variant in regions:
        state.let_go(variant)
    state.variants = {}
    assert state.won() == pytest.approx(before)


BODIES = {"return x": False, "return x + 1.0": False, "return (x * x + 1.0) * (x - 2.0) * (x + 3.0) - x * x": True, "return math.sqrt(x)": False,
          "for k in range(3):\n  x += k\n return x": True, "s[0] = x": False}


@pytest.mark.parametrize("body, wins", BODIES.items())
def test_what_costs_more_to_enter_than_it_saves_is_compiled_on_request_only(body, wins):
    space = {"math": math}
    exec(f"def f(x, s):\n {body}", space)
    state = controller().code_of(space["f"].__code__)
    for until in (None, time.thread_time() + 60):
        request = compiling.allowing(compiling.function_spec(state, space["f"], (1.5, [2.5])), controller().allows, until)
        if wins or until is None:
            assert pipeline.translate(request, Hints(), controller().layout).graph.blocks
        else:
            with pytest.raises(compiling.Unsupported, match="nothing_to_gain"):
                pipeline.translate(request, Hints(), controller().layout)


def test_what_call_outs_have_outweighed_isn_t_tried_loop_by_loop():
    """The loops that call out; others may win by themselves."""
    @framejit.jit
    def both(n):
        s = 0.0
        for k in range(n):
            operator.length_hint(k)
            s += k * 0.5
        for k in range(n):
            s += k * 1.5
        return s

    both(20)
    both(20)
    state = controller().code_of(both.__code__)
    (variant,) = state.known_variants()
    assert review.loops_called_out(state, variant) == [min(state.bytecode.loops)]


def given_back(state, entry, brief, outweighed):
    """The entry's only region is withdrawn."""
    region = SimpleNamespace(outweighed=outweighed, won=0, entries=9, iterations=9, callouts=9, unit=entry, exit_counts=[])
    compiled = SimpleNamespace(callouts=[(max(state.bytecode.loops), 0, "CALL")], name="region", breaks=[], exits=[])
    state.variants, state.brief = {entry: []}, brief
    policy = SimpleNamespace(machine=SimpleNamespace(original_code=lambda code: code), release=lambda state: None)
    review.withdraw(policy, state, entry, SimpleNamespace(entry=entry, region=region, compiled=compiled, counted=[], dtypes=frozenset()))


def looped(n):
    for i in range(n):
        for j in range(n):
            n -= 1
    for i in range(n):
        print(i)


@pytest.mark.parametrize("brief, outweighed", [(True, True), (False, True), (True, False)])
def test_short_calls_that_have_lost_have_no_loops_that_win(brief, outweighed):
    state = Code(looped.__code__)
    state.slot = None
    given_back(state, CALL, brief, outweighed)
    loops = set(state.bytecode.loops)
    assert state.returned == {CALL, *(loops if brief and outweighed else {max(loops)} if outweighed else ())}


@pytest.mark.parametrize("outweighed", [True, False])
def test_a_function_whose_loop_has_lost_isn_t_compiled_as_a_whole(outweighed):
    state = Code(looped.__code__)
    header = max(state.bytecode.loops)
    state.samples = {header: 5}
    given_back(state, header, False, outweighed)
    assert screen.loops_refused(state) == outweighed
    state.samples[min(state.bytecode.loops)] = 2        # another one was seen, and not tried yet
    assert screen.loops_refused(state) == outweighed


def test_stats_file_needs_no_module_of_the_programs(tmp_path):
    (tmp_path / "json.py").write_text("print('the program has one of its own')\n")
    (tmp_path / "program.py").write_text("import builtins, sys\ndel builtins.len\nsys.meta_path.clear()\n")
    result = command("program.py", cwd=tmp_path, FRAMEJIT_STATS_FILE=str(tmp_path / "stats"))
    assert (result.stdout, result.stderr) == ("", "")
    assert json.loads((tmp_path / "stats").read_text())["compiles"] is True


TURNS = {
    "for k in range(n):\n    if k % 2:\n        s += 1\n        s *= 2\n    else:\n        s -= 1": (10, 24),
    "for k in range(n):\n    for j in range(k):\n        s += j * k": (4, 12),
    "while s < n:\n    s += 1\n    if s % 3 == 0:\n        continue\n    if s > 100:\n        break": (14, 22),
}


@pytest.mark.parametrize("text", sorted(TURNS))
def test_a_turn_is_the_longest_way_through_the_loop(text):
    """Not all of its instructions: what a region can have won is told by it."""
    from framejit.bytecode import decode
    from framejit.runtime import compiling
    space = {}
    exec("def run(n):\n    s = 0\n    " + text.replace("\n", "\n    ") + "\n    return s\n", space)
    bytecode = decode(space["run"].__code__)
    whole = max(sum(one.part == 0 and one.unit in units for one in bytecode.instructions) for units in bytecode.loops.values())
    least, most = TURNS[text]
    assert least <= max(compiling.loops_of(SimpleNamespace(bytecode=bytecode, extent=None))["turns"]) <= min(most, whole - 2)
