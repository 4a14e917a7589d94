"""NumPy's ufuncs as the program has them: what types one computes in, and where its inner loop lies.

    resolved("add", ("float32", "float"))   ->   (("float32", "float32"), "float32")     Python's numbers are weak
    loop("exp", ("float64", "float64"))     ->   (address, data)

An inner loop is `void loop(char **args, npy_intp *count, npy_intp *steps, void *data)` (NumPy's C-API, PyUFuncGenericFunction).
"""

import ctypes
import importlib
import sys
from functools import cache
from types import FunctionType

from framejit._machine import foreign_asks
from framejit.tables.classes import from_numpy, numpy_holds, numpys
from framejit.tables.elementwise import FUNCTIONS, PAIR, PLACED, WHERE
from framejit.tables.generators import generator_type, legacy_type
from framejit.tables.foreign import asked, foreign, is_foreign, name_of
from framejit.tables.types import ELEMENTS, ELEMENTS_BY_NUMBER
from framejit.tables.whole_calls import FUNCTION as FUNCTION_OF_CORE, DRAW, LAPACK as LINEAR, LEGACY_DRAW, MADE, METHOD, OPERATOR, TRANSFORMS, UFUNC

PREFIX, DATA = "fj_loop_", "fj_loops_data_"         # names of symbols: prefix, ufunc, numbers of the kinds
CORE = "numpy._core._multiarray_umath"
MODULES = {TRANSFORMS: "numpy.fft._pocketfft_umath", OPERATOR: "_operator", FUNCTION_OF_CORE: CORE, MADE: "framejit._functions", LINEAR: "numpy.linalg._umath_linalg"}
CLASSES = {METHOD: lambda: numpys("ndarray"), UFUNC: lambda: numpys("ufunc"), DRAW: generator_type, LEGACY_DRAW: legacy_type}     # of whose methods there are rows
FUNCTION = "fj_ufunc_"                              # the ufunc itself


class _Ufunc(ctypes.Structure):
    """The head of PyUFuncObject, which NumPy's ABI fixes."""

    _fields_ = [("references", ctypes.c_ssize_t), ("type", ctypes.c_void_p), ("inputs", ctypes.c_int), ("outputs", ctypes.c_int),
                ("operands", ctypes.c_int), ("identity", ctypes.c_int), ("functions", ctypes.POINTER(ctypes.c_void_p)),
                ("data", ctypes.POINTER(ctypes.c_void_p)), ("count", ctypes.c_int), ("reserved", ctypes.c_int),
                ("name", ctypes.c_char_p), ("types", ctypes.POINTER(ctypes.c_char))]


PREFIXES = {"numpy": "", "numpy.linalg": "linalg.", "numpy.fft": "fft."}        # modules of functions -> their names here
PYTHON = ("numpy._core.numeric", "numpy.lib._twodim_base_impl")
names_of = type.__dict__["__dict__"].__get__
_originals = {}         # name -> ufunc, as found when it was asked for first
_dtypes = {}             # identity -> kind, of those that NumPy never lets go
_resolved = {}
WHOLE = (WHERE, "dot")
METHODS = ("argmax", "argmin")
WEAK = {"int": int, "float": float, "complex": complex}


def ufunc(name):
    """NumPy's ufunc of this name, or None.  Operators use it whatever the module's name holds; `l.inv` is one of its linear algebra."""
    if "." in name:
        return foreign(*parts_of(name)) if is_foreign(name) else of_core(*parts_of(name))
    found = _originals.get(name)
    if found is None:
        found = vars(sys.modules.get("numpy._core.umath", sys)).get(name) if name in FUNCTIONS else numpy_holds(name)
        if type(found) is not numpys("ufunc") or found.__name__ != name:
            return None
        _originals[name] = found
    return found


def parts_of(name):
    place, _, word = name.rpartition(".")
    return place, word


def named(value):
    """The name of one of the ufuncs that are known, or None."""
    if numpys("ufunc") is None or type(value) is not numpys("ufunc"):
        return None
    return value.__name__ if ufunc(value.__name__) is value else name_of(value)


def function(name):
    """The function that is called as a whole: a ufunc, one of NumPy's own, or a method of arrays."""
    if name == PAIR:
        return complex
    if name in METHODS:
        return numpys("ndarray").__dict__[name]
    if "." in name:
        return ufunc(name)
    return of_core(FUNCTION_OF_CORE, name) if name in WHOLE else ufunc(name)


def of_core(place, name):
    """What C code a row of tables/whole_calls.py names: kept, so that it stays where it is."""
    key = f"{place}.{name}"
    if place == MADE:
        importlib.import_module(MODULES[MADE])
    if key not in _originals:
        table = names_of(CLASSES[place]()) if place in CLASSES else vars(sys.modules.get(MODULES[place], sys))
        if name not in table:
            return None
        _originals[key] = table[name]
    return _originals[key]


def is_own(found, name):
    """Whether this is NumPy's own function of that name: one of its C code, or one that arguments' classes may override."""
    return vars(sys.modules.get(CORE, sys)).get(name) is found or dispatched(found) == name


def dispatched(found):
    """The name of one of NumPy's functions that may be overridden by their arguments' classes (`np.sum`, `np.where`), `linalg.norm` of numpy.linalg's; or None."""
    return PREFIXES[found.__module__] + found.__name__ if is_dispatcher(found) and found.__module__ in PREFIXES else None


def is_dispatcher(found):
    return from_numpy(type(found)) and type(found).__name__ == "_ArrayFunctionDispatcher"


def in_python(found):
    """The name of one of NumPy's functions that no class may override, and that it has in Python (`np.ones`), or None."""
    if type(found) is not FunctionType or found.__module__ != "numpy" or found.__globals__.get("__name__") not in PYTHON or found.__globals__.get(found.__name__) is not found:
        return None
    return found.__name__ if found.__code__.co_filename == found.__globals__.get("__file__") else None


def processor_has(feature):
    """Whether NumPy makes use of a feature of the processor."""
    features = vars(sys.modules.get(CORE, sys)).get("__cpu_features__")
    return type(features) is dict and features.get(feature) is True


def dtype_of(kind):
    return numpys(kind)(0).dtype


def own_dtypes():
    """Identity of NumPy's own dtype -> its kind; nothing before the program has imported NumPy."""
    if not _dtypes:
        _dtypes.update({id(dtype_of(kind)): kind for kind in ELEMENTS if numpys(kind)})
    return _dtypes


def kind_of(dtype):
    """The name of the kind, or None: not one of tables.types.ELEMENTS in this machine's byte order."""
    row = ELEMENTS_BY_NUMBER.get(dtype.num)         # its name would be asked of a function in Python
    return row.name if row is not None and dtype.isnative else None


def resolved(name, kinds):
    """(kinds that the operands are converted to, kind of the result), or None where NumPy refuses or has no plain loop."""
    key = (name, kinds)
    if key not in _resolved:
        _resolved[key] = _resolve(name, kinds)
    return _resolved[key]


def _resolve(name, kinds):
    if name == WHERE:
        both = resolved("maximum", kinds[1:]) if kinds[0] == "bool_" else None
        return None if both is None else (("bool_", both[1], both[1]), both[1])
    original = ufunc(name)
    if original is None or original.nout != 1 or original.nin != len(kinds) or original.signature is not None:
        return None
    try:
        found = original.resolve_dtypes((*[WEAK.get(kind) or dtype_of(kind) for kind in kinds], None))
    except TypeError:       # no loop for these types: NumPy raises it when the program asks
        return None
    names = [kind_of(dtype) for dtype in found]
    if None in names or loop(name, names) is None or name in PLACED and found[-1].kind == "f":
        return None
    return tuple(names[:-1]), names[-1]


def loop(name, kinds):
    """(address, data or 0) of the inner loop for exactly these kinds, the result's behind the operands', or None."""
    original = ufunc(name)
    wanted = "".join([dtype_of(kind).char for kind in kinds])
    head = _Ufunc.from_address(id(original))
    texts = [text.replace("->", "") for text in original.types]
    if wanted not in texts or head.name != name.rpartition(".")[2].encode() or head.operands != len(kinds) or head.count != len(texts):
        return None
    place = texts.index(wanted)
    address = head.functions[place] if not is_foreign(name) or tells(parts_of(name)[0]) else None
    return (address, head.data and head.data[place] or 0) if address else None


@cache
def tells(place):
    """Whether the package tells what is done about errors; native code asks it from now on."""
    function = asked(place)
    if function is not None:
        foreign_asks(function)
    return function is not None


def symbol(name, kinds):
    """The name under which generated code calls an inner loop."""
    return PREFIX + "_".join([name, *[str(ELEMENTS[kind].number) for kind in kinds]])


def address_of(text):
    """Where the inner loop of a symbol lies, or what it is handed; None: no such symbol."""
    if text.startswith(FUNCTION):
        return id(function(text.removeprefix(FUNCTION)))
    prefix = next((prefix for prefix in (PREFIX, DATA) if text.startswith(prefix)), None)
    if prefix is None:
        return None
    return loop(*parts(text.removeprefix(prefix)))[prefix is DATA]


def parts(text):
    """(name, kinds) of a symbol without its prefix."""
    words = text.split("_")
    count = next(place for place in range(len(words), 0, -1) if not words[place - 1].isdigit())
    numbers = {row.number: row.name for row in ELEMENTS.values()}
    return "_".join(words[:count]), [numbers[int(word)] for word in words[count:]]


__all__ = ["DATA", "FUNCTION", "PREFIX", "PREFIXES", "address_of", "dispatched", "dtype_of", "function", "in_python", "is_dispatcher", "is_own", "kind_of", "loop", "named", "of_core", "processor_has", "resolved", "symbol", "ufunc"]
