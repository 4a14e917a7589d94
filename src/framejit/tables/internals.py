"""What NumPy has in Python and native code does without it: it holds as long as the names hold that these functions read, and their code (loops/internals.py).

    numpy._core.numeric.empty_like = counted        ->   np.roll is the interpreter's, np.add.reduce and a.sum() are still native
"""

METHODS = "numpy._core._methods"
IN_PYTHON = {           # methods of arrays: the functions of that module
    "sum": "_sum", "prod": "_prod", "any": "_any", "all": "_all", "mean": "_mean", "min": "_amin", "max": "_amax", "var": "_var", "std": "_std", "clip": "_clip", "ptp": "_ptp",
}
LIBRARY = ("operator", "itertools", "functools", "math")       # modules of Python's library that they ask; others where there is something to warn of
TABLES = ("_real_types_map", "_complex_types_map")              # dictionaries that are never changed, by the names that modules have for them
UNASKED = ("_", "print", "input", "open", "help", "exit", "quit", "copyright", "credits", "license", "breakpoint")        # builtins that none of them asks, and programs replace

__all__ = ["IN_PYTHON", "LIBRARY", "METHODS", "TABLES", "UNASKED"]
