"""Long nests computed by several threads: the same bits and flags, forks, ends of the process, signals, nothing left behind."""

import os
import subprocess
import sys
import textwrap
import warnings

import numpy as np
import pytest

import framejit
from framejit.graph.memory import function
from tests.arrays.programs import seen

PIECE = 8192
SIZES = [3 * PIECE + more for more in (-9, -1, 0, 1, 2, 7, 8, 9)] + [k * PIECE + more for k in (4, 5, 11) for more in (-1, 0, 3)] + [200_003]


def bound(nanoseconds):
    function("fj_pool_bound", None, ("i64",))(nanoseconds)


@pytest.fixture
def always():
    """Others are called for whatever has three pieces."""
    bound(0)
    yield
    bound(-1)


def arithmetic(a, b):
    return (a * b + 1.5) / (abs(b) + 2) - a ** 2 * 0.001


def functions(a, b):
    return np.exp(-a * a) + np.sin(b) * 0.5


def chosen(a, b):
    return np.where(a > b, a, b * 2) + (a < 1)


def powers(a, b):
    return a ** b * 2


FUNCTIONS = (arithmetic, functions, chosen)


@pytest.mark.parametrize("plain", FUNCTIONS)
@pytest.mark.parametrize("kind", ("float64", "float32", "int16", "complex128"))
def test_same_as_one_thread(plain, kind, always):
    jitted = framejit.jit(plain, threads=4)
    numbers = np.random.default_rng(7)
    for size in SIZES:
        a, b = [(numbers.random(size + 3) * 9).astype(kind) for _ in range(2)]
        for first, second in ((a, b), (a[3:], b[:-3]), (a[1::2], b[1::2])):
            with np.errstate(all="ignore"):
                assert seen(jitted(first, second)) == seen(plain(first, second)), (size, kind)


@pytest.mark.parametrize("plain", FUNCTIONS)
def test_of_several_axes(plain, always):
    jitted = framejit.jit(plain, threads=3)
    numbers = np.random.default_rng(8)
    for shape in ((3, PIECE), (PIECE, 3), (5, PIECE + 1), (40, 41, 42), (2, 3, 4, 3000)):
        a, wide = numbers.random(shape), numbers.random((*shape[:-1], shape[-1] + 2))
        for b in (wide[..., 1:-1], wide[:1, ..., 2:], wide[..., -1:] + 0.5):
            assert seen(jitted(a, b)) == seen(plain(a, b)), shape


REDUCTIONS = ("(a - b).sum()", "((a * b) ** 2).mean()", "a.sum()", "(a / b).max()", "a.min()", "np.mean(a)", "(a > b).any()", "(a < 99).all()", "(a * b).prod()", "(a == b).sum()", "a.any()", "np.exp(-a).sum()")


@pytest.mark.parametrize("form", REDUCTIONS)
def test_reductions_are_the_same(form, always):
    spaces = [{}, {}]
    for space in spaces:
        exec(f"import numpy as np\ndef f(a, b): return {form}", space)
    plain, jitted = spaces[0]["f"], framejit.jit(spaces[1]["f"], threads=4)
    numbers = np.random.default_rng(9)
    for kind in ("float64", "float32", "int16", "int64", "bool"):
        for size in (49151, 49152, 49153, 65537, 100_000, 131_071, 200_003, 400_007):
            a, b = [(numbers.random(size + 3) * 9 + 1).astype(kind) for _ in range(2)]
            for first, second in ((a, b), (a[3:], b[:-3]), (a[1::2], b[1::2]), (a[:size // 6 * 6].reshape(-1, 6)[:, 1:], b[:5]), (a[:size // 6 * 6].reshape(6, -1), b[:1])):
                results = []
                for function_ in (plain, jitted, jitted):
                    with np.errstate(all="ignore"):
                        try:
                            results.append(seen(function_(first, second)))
                        except TypeError as error:
                            results.append(str(error))
                assert results[0] == results[1] == results[2], (form, kind, size, first.shape)


def test_reductions_of_special_numbers(always):
    """Zeros of both signs, NaNs and what warns, in each of the parts."""
    numbers = np.random.default_rng(10)
    for form in ("(a * b).max()", "a.min()", "(a - b).sum()", "(a / b).mean()", "a.max()"):
        spaces = [{}, {}]
        for space in spaces:
            exec(f"import numpy as np\ndef f(a, b): return {form}", space)
        plain, jitted = spaces[0]["f"], framejit.jit(spaces[1]["f"], threads=3)
        for value in (np.nan, np.inf, -0.0, 0.0, 1e300):
            for place in (0, 5, 16384, 33000, 99_999):
                a, b = -numbers.random(100_000), numbers.random(100_000) + 1
                a[place] = value
                if place == 5:
                    a[50_000] = -value
                    b[7] = 0.0
                for state in ({}, {"all": "raise"}):
                    outcomes = []
                    for function_ in (plain, jitted, jitted):
                        with warnings.catch_warnings(record=True) as caught, np.errstate(**state):
                            warnings.simplefilter("always")
                            try:
                                result = seen(function_(a, b))
                            except FloatingPointError as error:
                                result = str(error)
                        outcomes.append((result, [str(one.message) for one in caught]))
                    assert outcomes[0] == outcomes[1] == outcomes[2], (form, value, place, state)


@pytest.mark.parametrize("state", ({}, {"all": "ignore"}, {"invalid": "raise"}, {"under": "warn"}))
def test_flags_of_every_piece(state, always):
    """A single element anywhere warns or raises, as it does with one thread."""
    for plain, value in ((arithmetic, np.inf), (functions, np.inf), (functions, 1e200), (arithmetic, 1e300)):
        jitted = framejit.jit(plain, threads=3)
        a, b = np.ones(12 * PIECE), np.ones(12 * PIECE)
        for place in (0, 2 * PIECE + 5, 5 * PIECE, 11 * PIECE - 1, 12 * PIECE - 1):
            outcomes = []
            for function_ in (plain, jitted, jitted):
                a[place] = b[place] = value
                with warnings.catch_warnings(record=True) as caught, np.errstate(**state):
                    warnings.simplefilter("always")
                    try:
                        result = seen(function_(a, b))
                    except FloatingPointError as error:
                        result = str(error)
                outcomes.append((result, [(str(one.message), one.lineno) for one in caught]))
                a[place] = b[place] = 1.0
            assert outcomes[0] == outcomes[1] == outcomes[2], (plain.__name__, place, state)


def test_exceptions_belong_to_the_caller(always):
    jitted = framejit.jit(powers, threads=3)
    a, b = np.arange(6 * PIECE) % 7 + 1, np.arange(6 * PIECE) % 4
    assert seen(jitted(a, b)) == seen(powers(a, b)) and seen(jitted(a, b)) == seen(powers(a, b))
    b[-3] = -1
    for function_ in (powers, jitted, jitted):
        with pytest.raises(ValueError, match="negative integer powers"):
            function_(a, b)


def test_flags_are_the_threads_own(always):
    """What a nest raises isn't seen by arithmetic that comes later."""
    jitted, a = framejit.jit(functions, threads=3), np.full(9 * PIECE, 1e200)
    with np.errstate(all="ignore"):
        jitted(a, a)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert (np.ones(3) + np.ones(3)).sum() == 6.0


HEAD = """
    import os, signal, sys, threading, time, warnings
    import numpy as np
    import framejit
    from framejit.graph.memory import function
    bound = function("fj_pool_bound", None, ("i64",))
    bound(0)

    @framejit.jit(threads=3)
    def work(a, n):
        for k in range(n):
            a = np.exp(-a * a) + np.sin(a) * 0.5
        return a

    def tasks():
        return len(os.listdir("/proc/self/task"))

    small, large = np.linspace(0.0, 1.0, 50_000), np.linspace(0.0, 1.0, 400_000)
    before = tasks()
    expected = work(small, 20).tobytes()
"""


def run(body, *arguments, seconds=120, status=0):
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(HEAD) + textwrap.dedent(body), *arguments], capture_output=True, text=True, timeout=seconds)
    assert done.returncode == status, done.stderr
    return done.stdout


def test_fork_in_the_middle():
    """A fork while another thread's nest runs: parent and child go on, both with threads of their own; Python counts none of them."""
    assert run("""
        warnings.simplefilter("error")
        stop = []
        def others():
            while not stop:
                work(large, 20)
        thread = threading.Thread(target=others)
        thread.start()
        warnings.simplefilter("ignore")     # of the thread that is the program's own
        for turn in range(25):
            child = os.fork()
            if child == 0:
                same = work(small, 20).tobytes() == expected
                os._exit(7 if same and tasks() > 1 else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
            assert work(small, 20).tobytes() == expected
        stop.append(1)
        thread.join()
        print("fine")
    """) == "fine\n"


def test_fork_warns_of_no_thread():
    assert run("""
        assert tasks() > before, "no thread was made"
        warnings.simplefilter("error")
        for turn in range(20):
            child = os.fork()
            if child == 0:
                os._exit(3)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
            assert work(small, 20).tobytes() == expected
        print("fine")
    """) == "fine\n"


@pytest.mark.parametrize("ending", ("sys.exit(0)", "os._exit(0)", "sys.stdout.flush()"))
def test_process_ends_with_a_busy_pool(ending):
    for _ in range(5):
        assert run(f"""
            thread = threading.Thread(target=lambda: [work(large, 50) for k in range(10_000)], daemon=True)
            thread.start()
            time.sleep(0.05)
            print("ends", flush=True)
            {ending}
        """, seconds=60) == "ends\n"


def test_signals_are_the_programs():
    """Signals are handled by the main thread, and a killed process dies."""
    assert run("""
        heard = []
        signal.signal(signal.SIGALRM, lambda *rest: heard.append(threading.current_thread() is threading.main_thread()))
        signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
        for turn in range(30):
            assert work(small, 20).tobytes() == expected
        signal.setitimer(signal.ITIMER_REAL, 0)
        print(all(heard) and len(heard) > 3)
    """) == "True\n"
    run("""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
        while True:
            work(large, 20)
    """, status=-15)


def test_several_callers():
    """One of them has the pool, the others work alone."""
    assert run("""
        results = []
        def caller():
            for turn in range(20):
                results.append(work(small, 20).tobytes() == expected)
        threads = [threading.Thread(target=caller) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(all(results) and len(results))
    """) == "80\n"




@pytest.mark.parametrize("variable, extra", (("1", 0), ("3", 2)))
def test_environment(variable, extra, monkeypatch):
    """FRAMEJIT_THREADS says how many there are; nothing is made before a nest is long enough."""
    monkeypatch.setenv("FRAMEJIT_THREADS", variable)
    assert run("""
        @framejit.jit
        def other(a, n):
            for k in range(n):
                a = np.exp(-a * a) + np.sin(a) * 0.5
            return a
        child = os.fork()       # ends those that were made
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        bound(-1)
        alone = tasks()
        other(small[:3000], 20)
        assert tasks() == alone
        bound(0)
        other(small, 20)
        print(tasks() - alone)
    """) == f"{extra}\n"
