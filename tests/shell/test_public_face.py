"""framejit.enable, disable, is_enabled, jit, skip, set_logs, explain, stats."""

import functools
import inspect

import framejit
import pytest
from framejit.tables import events
from process import python


@pytest.fixture(autouse=True)
def switched_off():
    yield
    framejit.disable()


def scale(x, factor=2.0, *, offset=1):
    """Scales."""
    return x * factor + offset


def test_everything_public_is_documented():
    for name in framejit.__all__:
        assert inspect.getdoc(getattr(framejit, name)), name


def test_enable_and_disable():
    assert not framejit.is_enabled()
    framejit.enable(fastmath=False, threads=None)
    framejit.enable()
    assert framejit.is_enabled()
    framejit.disable()
    framejit.disable()
    assert not framejit.is_enabled()


@pytest.mark.parametrize("call, name, options", [
    (framejit.enable, "enable", "fastmath, threads, log"),
    (framejit.jit, "jit", "fastmath, threads, fullgraph, log"),
    (functools.partial(framejit.jit, scale), "jit", "fastmath, threads, fullgraph, log"),
])
def test_unknown_option_lists_the_options(call, name, options):
    with pytest.raises(TypeError) as caught:
        call(nonsense=1)
    assert str(caught.value) == f"{name}() has no option 'nonsense'; its options are {options}"


def test_wrong_values_are_refused():
    with pytest.raises(TypeError):
        framejit.enable(fastmath="yes")
    with pytest.raises(TypeError):
        framejit.enable(fullgraph=True)
    with pytest.raises(ValueError):
        framejit.enable(log="nonsense")
    with pytest.raises(ValueError):
        framejit.set_logs(nonsense=True)


def test_jit_gives_a_new_plain_function():
    scale.note = ["kept"]
    made = framejit.jit(scale)
    assert type(made) is type(scale) and made is not scale and made.__wrapped__ is scale
    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__defaults__", "__kwdefaults__", "__annotations__"):
        assert getattr(made, name) == getattr(scale, name), name
    assert made.__globals__ is scale.__globals__ and made.note is scale.note
    assert inspect.signature(made) == inspect.signature(scale)
    made.__defaults__, made.__kwdefaults__["offset"] = (10.0,), 5
    assert (made(2), scale(2)) == (25.0, 5.0)
    assert "__wrapped__" not in scale.__dict__


def test_jit_shares_the_closure():
    count = 0

    def raise_count():
        nonlocal count
        count += 1
        return count

    made = framejit.jit(raise_count)
    assert (made(), raise_count(), made(), count) == (1, 2, 3, 3)


def test_forms_of_jit():
    @framejit.jit
    def first(x):
        return x + 1

    @framejit.jit(fastmath=True)
    def second(x):
        return x + 2

    class Shape:
        @framejit.jit
        def area(self, x):
            return x * 2

        @framejit.jit
        @staticmethod
        def static(x):
            return x * 3

        @framejit.jit
        @classmethod
        def name(cls, x):
            return cls.__name__ * x

    with framejit.jit() as block:
        assert first(1) == 2
    assert block is not None
    assert (second(1), framejit.jit(scale, threads=2)(1), framejit.jit(Shape().area)(4)) == (3, 3.0, 8)
    assert (Shape().area(2), Shape.static(2), Shape.name(2)) == (4, 6, "ShapeShape")
    assert framejit.jit(len) is len
    with pytest.raises(TypeError):
        framejit.jit(5)


def test_an_exception_passes_through_the_block():
    with pytest.raises(ZeroDivisionError):
        with framejit.jit():
            1 // 0


def test_skip_gives_the_function_back():
    assert framejit.skip(scale) is scale
    assert framejit.skip(len) is len
    assert framejit.jit(framejit.skip(scale))(1) == 3.0


def test_explain_calls_nothing():
    called = []

    def noisy(x):
        called.append(x)
        return x

    explanation = framejit.explain(noisy, 1.0)
    assert called == []
    assert "noisy" in str(explanation)
    for name in ("breaks", "guards", "graph", "llvm", "asm"):
        assert hasattr(explanation, name)
    assert [place.code for place in framejit.explain(len, []).breaks] == ["FJ026"]
    assert "regions_compiled" in str(framejit.explain())


def test_stats_has_the_keys():
    stats = framejit.stats()
    assert set(stats) >= {"regions_compiled", "variants", "native_entries", "native_iterations", "callouts", "exits",
                          "guard_misses", "breaks", "osr_entries", "given_back", "compile_seconds"}
    assert [row.name for row in events.COUNTERS] == list(stats)
    for row in events.COUNTERS:
        assert row.name in framejit.stats.__doc__.replace(",", " ").replace(".", " ").split()


def test_graph_break_error():
    assert issubclass(framejit.GraphBreakError, RuntimeError)
    assert framejit.GraphBreakError([]).breaks == []


def test_disabled_by_the_environment():
    code = "import framejit; framejit.enable(); f = framejit.jit(lambda x: x + 1); print(framejit.is_enabled(), f(1))"
    assert python("-c", code, FRAMEJIT_DISABLE="1").stdout == "False 2\n"


def test_wrong_log_kind_in_the_environment_is_one_warning():
    process = python("-c", "import framejit; framejit.enable(); print(1)", FRAMEJIT_LOG="nonsense")
    assert process.returncode == 0 and process.stdout == "1\n"
    assert process.stderr.count("\n") == 1 and "unknown log kind 'nonsense'" in process.stderr


def test_a_failure_of_our_own_is_a_record():
    code = """if True:
        import framejit
        from framejit.runtime import controller
        def broken(*arguments): raise RuntimeError("on purpose")
        controller.start = controller.prepare = broken
        framejit.enable()
        print(framejit.jit(lambda x: x + 1)(1), [place.code for place in framejit.explain().breaks])
    """
    assert python("-c", code).stdout == "2 ['FJ024']\n"


def polynomial(x, n):
    s = 0.0
    for _ in range(n):
        s = s * x + 0.1
        s = s * 0.7 - x
    return s


def test_fastmath():
    """Contracted only where that was asked for: two functions of one code don't share it."""
    exact, fast = framejit.jit(polynomial), framejit.jit(polynomial, fastmath=True)
    expected = polynomial(0.3, 1000)
    assert exact(0.3, 1000) == expected
    assert fast(0.3, 1000) == pytest.approx(expected, rel=1e-12)
    assert exact(0.3, 1000) == expected
    flags = "reassoc contract"
    assert flags in framejit.explain(fast, 0.3, 1000).llvm
    assert flags not in framejit.explain(exact, 0.3, 1000).llvm
    assert flags not in framejit.explain(polynomial, 0.3, 1000).llvm
