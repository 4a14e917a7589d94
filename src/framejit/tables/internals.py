"""Modules whose names NumPy's functions in Python read: what native code does in their place holds as long as these do (loops/internals.py).

    numpy._core.numeric.empty_like = counted        ->   np.roll is the interpreter's, np.add.reduce and a.sum() are still native

In such an order that a module's functions read its own names and those of modules in front of it.
"""

MODULES = (
    "builtins",
    "numpy._core.umath",
    "numpy._core.multiarray",
    "numpy._core._methods",
    "numpy",
    "numpy._core.fromnumeric",
    "numpy._core.overrides",
    "numpy._core.numeric",
    "numpy._core.shape_base",
    "numpy._core.function_base",
    "numpy._core.einsumfunc",
    "numpy.lib._stride_tricks_impl",
    "numpy.lib._ufunclike_impl",
    "numpy.lib._type_check_impl",
    "numpy.lib._twodim_base_impl",
    "numpy.lib._function_base_impl",
    "numpy.lib._shape_base_impl",
    "numpy.lib._nanfunctions_impl",
    "numpy.lib._polynomial_impl",
    "numpy.linalg._linalg",
    "numpy.fft._pocketfft",
)
METHODS = "numpy._core._methods"        # what methods of arrays have in Python
IN_PYTHON = ("sum", "prod", "any", "all", "mean", "min", "max", "var", "std", "clip", "ptp")

__all__ = ["IN_PYTHON", "METHODS", "MODULES"]
