"""Results that go straight into large arrays, by several threads: what others still read of the target waits."""

import numpy as np
import pytest

import framejit
from framejit.graph.memory import function
from tests.arrays import test_stores
from tests.arrays.programs import seen
from tests.arrays.test_threads import run
from tests.due import due

LENGTH = 1 << 15        # elements of a stretch


@pytest.fixture
def always():
    """Large ways for small arrays, in stretches of 64 elements, by other threads too."""
    function("fj_nest_bounds", None, ("i64", "i64"))(0, 0)
    function("fj_pool_bound", None, ("i64",))(0)
    function("fj_stretch_bound", None, ("i64",))(64)
    yield
    function("fj_nest_bounds", None, ("i64", "i64"))(-1, -1)
    function("fj_pool_bound", None, ("i64",))(-1)
    function("fj_stretch_bound", None, ("i64",))(-1)


def heat(u, k):
    u[1:-1] += k * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return u


def plate(u, k):
    u[1:-1, 1:-1] += k * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1])
    return u


def moved(u, k):
    u[3:] = u[:-3] * k + u[1:-2]
    u[:-5] = u[5:] - u[4:-1] * k
    return u


def halved(u, k):
    u *= k
    u[::2] = u[1::2] * k + 1.0
    return u


@pytest.mark.parametrize("plain", (heat, plate, moved, halved))
def test_same_as_numpy(plain, always):
    jitted = framejit.jit(plain, threads=3)
    for shape in ((64, 50), (200, 33), (1000, 8), (3, 4000), (6000, 2)):
        shape = shape if plain is plate else (shape[0] * shape[1],)
        for dtype in ("f8", "f4"):
            for turn in range(3):
                one = (np.random.default_rng(turn).random(shape) * 9).astype(dtype)
                assert seen(jitted(one.copy(), 0.125)) == seen(plain(one.copy(), 0.125)), (shape, dtype)


def test_random_stores(always):
    for seed in due(range(60)):
        test_stores.compare(seed, threads=3)


@pytest.mark.parametrize("place", (0, 1, LENGTH, 3 * LENGTH - 1, 5 * LENGTH + 7))
def test_flags_of_every_stretch(place, always):
    """What would warn is known before anything is stored."""
    function("fj_stretch_bound", None, ("i64",))(-1)
    jitted = framejit.jit(heat, threads=3)
    for state in ("raise", "ignore"):
        results = []
        for call in (heat, jitted, jitted):
            u = np.ones(6 * LENGTH)
            u[place] = np.inf
            with np.errstate(all=state):
                try:
                    call(u, 0.1)
                    results.append(("done", u.tobytes()))
                except FloatingPointError as error:
                    results.append((str(error), u.tobytes()))
        assert results[0] == results[1] == results[2]


def test_fork_in_the_middle():
    """A fork while another thread's stores run: both go on, and hold what they should."""
    assert run("""
        def heat(u, n):
            for _ in range(n):
                u[1:-1] += 0.125 * (u[2:] - 2.0 * u[1:-1] + u[:-2])
            return u
        fast, start = framejit.jit(heat, threads=3), np.random.default_rng(1).random(1_200_000)
        wanted, held = heat(start.copy(), 4).tobytes(), []
        assert fast(start.copy(), 4).tobytes() == wanted
        stop = []
        def others():
            while not stop:
                held.append(fast(start.copy(), 4).tobytes() == wanted)
        thread = threading.Thread(target=others)
        thread.start()
        warnings.simplefilter("ignore")     # of the thread that is the program's own
        for turn in range(12):
            child = os.fork()
            if child == 0:
                os._exit(7 if fast(start.copy(), 4).tobytes() == wanted else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        stop.append(1)
        thread.join()
        print(all(held), len(held) > 0)
    """) == "True True\n"
