"""The C twins: compiled with gcc, called through ctypes, each with a row that says how its arguments are handed over.

A twin does the same operations in the same order.  Lists become arrays before the clock starts.
"""

import ctypes
import subprocess
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "c"
FLAGS = ["-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC"]
INTEGER, REAL = ctypes.c_int64, ctypes.c_double


def _pair(function, arguments, dtype):
    """Calls a function that writes two results."""
    result = np.zeros(2, dtype)
    function(*arguments, _pointer(result))
    return tuple(result.tolist())


def _pointer(array):
    return ctypes.c_void_p(array.ctypes.data)


def _scalars(arguments):
    return [INTEGER(value) for value in arguments], []


def _bodies(arguments):
    bodies, dt, steps = arguments
    flat = np.array(bodies)
    return [_pointer(flat), INTEGER(len(bodies)), REAL(dt), INTEGER(steps)], [flat]


def _gravity(arguments):
    position, velocity, mass, dt, steps = arguments
    return [*map(_pointer, (position, velocity, mass)), INTEGER(len(mass)), REAL(dt), INTEGER(steps)], []


def _vectors(arguments):
    u, v, between, rounds = arguments
    return [*map(_pointer, (u, v, between)), INTEGER(len(u)), INTEGER(rounds)], []


def _square(arguments):
    return [*map(_pointer, arguments), INTEGER(len(arguments[0]))], []


def _table(arguments):
    flat = np.array(arguments[0])
    return [_pointer(flat), INTEGER(len(flat))], [flat]


def _sequences(arguments):
    flat = [np.array(values) for values in arguments]
    return [word for array in flat for word in (_pointer(array), INTEGER(len(array)))], flat


def _boards(arguments):
    board, other, generations = arguments
    flat = [np.array(board), np.array(other)]
    return [*map(_pointer, flat), *map(INTEGER, flat[0].shape), INTEGER(generations)], flat


def _plates(arguments):
    old, new, steps = arguments
    return [_pointer(old), _pointer(new), *map(INTEGER, old.shape), INTEGER(steps)], []


def _orders(arguments):
    return [*map(_pointer, arguments), INTEGER(len(arguments[0]) - 1)], []


# name -> how arguments are handed over (words, what has to be kept alive), what comes back (a pair's dtype for two)
ROWS = {
    "mandelbrot": (_scalars, INTEGER),
    "nbody_lists": (_bodies, REAL),
    "nbody_arrays": (_gravity, REAL),
    "spectral_norm": (_vectors, REAL),
    "sieve": (_scalars, np.int64),
    "collatz": (_scalars, np.int64),
    "lu": (_square, REAL),
    "matmul": (_square, REAL),
    "floyd_warshall": (_table, INTEGER),
    "edit_distance": (_sequences, INTEGER),
    "life": (_boards, INTEGER),
    "heat": (_plates, REAL),
    "monte_carlo": (_scalars, REAL),
    "fft": (_square, np.float64),
    "levinson": (_orders, REAL),
    "crc": (_table, INTEGER),
}


def build(name, folder):
    """Compiles the twin into `folder`; gives its function."""
    library = Path(folder) / f"{name}.so"
    subprocess.run(["gcc", *FLAGS, str(FOLDER / f"{name}.c"), "-o", str(library), "-lm"], check=True)
    return ctypes.CDLL(str(library)).run


def prepare(name, function, arguments):
    """A call without arguments that runs the twin once and gives its result."""
    hand_over, result = ROWS[name]
    words, kept = hand_over(arguments)
    if result in (INTEGER, REAL):
        function.restype = result
        return lambda keep=(arguments, kept): function(*words)
    function.restype = None
    return lambda keep=(arguments, kept): _pair(function, words, result)
