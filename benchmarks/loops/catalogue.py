"""The programs: one row each, and how a program is loaded.

A program is a file with `setup(size)`, which gives the arguments, `run(*arguments)`, and two sizes: SMALL for tests,
LARGE for timing (one to three seconds of plain Python).
"""

import importlib
import marshal
import math
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "programs"

# name -> what its hot loop works on: scalars, arrays, or lists of boxed numbers
KINDS = {
    "mandelbrot": "scalar",
    "nbody_lists": "list",
    "nbody_arrays": "array",
    "spectral_norm": "array",
    "sieve": "list",
    "collatz": "scalar",
    "lu": "array",
    "matmul": "array",
    "floyd_warshall": "list",
    "edit_distance": "list",
    "life": "list",
    "heat": "array",
    "monte_carlo": "scalar",
    "fft": "array",
    "levinson": "array",
    "crc": "list",
}

# how plain Python's time grows with the size: size ** GROWTH; fft's size is a power of two
GROWTH = {"mandelbrot": 2, "spectral_norm": 2, "lu": 3, "matmul": 3, "floyd_warshall": 3, "edit_distance": 2, "life": 2, "heat": 2, "levinson": 2}


def size_for(name, seconds, taken):
    """The size for which plain Python should take so many seconds, where LARGE takes `taken`."""
    large, ratio = load(name).LARGE, seconds / taken
    if name == "fft":
        return large + max(0, round(math.log2(ratio)))
    return round(large * ratio ** (1 / GROWTH.get(name, 1)))


def load(name):
    """The program's module."""
    return importlib.import_module(f"benchmarks.loops.programs.{name}")


def source(name):
    """The program's text."""
    return (FOLDER / f"{name}.py").read_text()


def bits(value):
    """Bytes that two values share only if they have the same types and bits (arrays: dtype, shape, contents)."""
    try:
        return marshal.dumps(value, 2)      # version 2 writes no references: numbers, bools, lists and tuples of them
    except ValueError:
        pass
    if isinstance(value, (list, tuple)):
        return b"%s(%s)" % (type(value).__name__.encode(), b", ".join(map(bits, value)))
    if isinstance(value, (np.ndarray, np.generic)):
        return f"{type(value).__name__} {value.dtype} {value.shape} ".encode() + value.tobytes()
    return f"{type(value).__name__} {value!r}".encode()
