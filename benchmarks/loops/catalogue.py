"""The programs: one row each, and how a program is loaded.

A program is a file with `setup(size)`, which gives the arguments, `run(*arguments)`, and two sizes: SMALL for tests,
LARGE for timing (one to three seconds of plain Python).
"""

import importlib
from pathlib import Path

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


def load(name):
    """The program's module."""
    return importlib.import_module(f"benchmarks.loops.programs.{name}")


def source(name):
    """The program's text."""
    return (FOLDER / f"{name}.py").read_text()


def bits(value):
    """A text that two values share only if they have the same types and bits (arrays: dtype, shape, bytes)."""
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}({', '.join(map(bits, value))})"
    if isinstance(value, float):
        return f"{type(value).__name__} {value.hex()}"
    if hasattr(value, "tobytes"):
        return f"{type(value).__name__} {value.dtype} {value.shape} {value.tobytes().hex()}"
    return f"{type(value).__name__} {value!r}"
