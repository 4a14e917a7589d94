# native: loop
"""Names in NumPy's own modules that are replaced, as a test's doubles do: what its functions in Python read is seen at once, in loops, too, and so is what is put back."""
import builtins
import importlib
import operator

import numpy as np

x = np.array([1.0, 2.0, 4.0, 3.0])
square = np.array([[2.0, 1.0], [1.0, 3.0]])
heard = []


def roll(k):
    return float(np.roll(x, k)[0])


def norm(k):
    return float(np.linalg.norm(x * k))


def determinant(k):
    return float(np.linalg.det(square * k))


def close(k):
    return float(np.isclose(x, k).sum())


def spread(k):
    return float(np.std(x * k))


def mean(k):
    return float((x * k).mean())


def method(k):
    return float((x * k).sum())


def total(k):
    return float(np.sum(x * k))


def stacked(k):
    return float(np.hstack((x, x))[k % 8])


def ones(k):
    return float(np.ones(3)[k % 3])


def clipped(k):
    return float(np.clip(x, 1.5, 3.0)[k % 4])


def differences(k):
    return float(np.diff(x * k)[0])


def nothing(k):
    return float(np.nansum(x * k))


def spaced(k):
    return float(np.linspace(0.0, k, 5)[1])


def transformed(k):
    return float(np.fft.fft(x * k)[0].real)


def split(k):
    return float(np.split(x, 2)[1][0])


def array_split(*arguments, **keywords):
    _heard.append(1)
    return _original(*arguments, **keywords)


inner = getattr(np.array_split, "_implementation", np.array_split)
inner.__globals__["_original"], inner.__globals__["_heard"] = type(inner)(inner.__code__, inner.__globals__, inner.__name__, inner.__defaults__), heard
before, inner.__code__ = inner.__code__, array_split.__code__       # before anybody has called it
print([sum(split(k) for k in range(60)) for _ in range(4)], len(heard))
inner.__code__ = before
heard.clear()

PLACES = (
    (roll, "numpy._core.numeric", "empty_like"),
    (norm, "numpy.linalg._linalg", "sqrt"),
    (determinant, "numpy.linalg._linalg", "_commonType"),
    (close, "numpy._core.numeric", "isfinite"),
    (spread, "numpy._core._methods", "_count_reduce_items"),
    (mean, "numpy._core._methods", "umr_sum"),
    (method, "numpy._core._methods", "umr_sum"),
    (total, "numpy._core.fromnumeric", "_wrapreduction"),
    (stacked, "numpy._core.shape_base", "atleast_1d"),
    (ones, "numpy._core.numeric", "empty"),
    (clipped, "numpy._core.fromnumeric", "_wrapfunc"),
    (differences, "numpy.lib._function_base_impl", "subtract"),
    (nothing, "numpy", "sum"),
    (spaced, "numpy._core.function_base", "operator"),
    (transformed, "numpy.fft._pocketfft", "asarray"),
)


class Doubled:
    """Stands for a function or a module, and hears what is asked of it."""

    def __init__(self, original):
        self.original = original

    def __call__(self, *arguments, **keywords):
        heard.append(getattr(self.original, "__name__", "?"))
        return self.original(*arguments, **keywords)

    def __getattr__(self, name):
        heard.append(name)
        return getattr(self.original, name)


def change(module, name, k):
    """Replaced in one turn, put back in another one."""
    if k == 40:
        setattr(module, name, Doubled(getattr(module, name)))
    elif k == 60:
        setattr(module, name, getattr(module, name).original)


def run(function, module, name, n):
    s = 0.0
    for k in range(1, n):
        change(module, name, k)
        s += function(k)
    return s


def plainly(function, n):
    s = 0.0
    for k in range(1, n):
        s += function(k)
    return s


for function, place, name in PLACES:
    module = importlib.import_module(place)
    if not hasattr(module, name):
        print(function.__name__, "isn't made so here")
        continue
    first = plainly(function, 80), len(heard)
    second = run(function, module, name, 80), len(heard)
    setattr(module, name, Doubled(getattr(module, name)))
    third = plainly(function, 30), len(heard)
    setattr(module, name, getattr(module, name).original)
    print(function.__name__, first, second, third, plainly(function, 80), len(heard), heard[-1:])
    heard.clear()



def shadowed(function, module, n):
    """A name that the module didn't have, in front of the builtin."""
    module.len = Doubled(len)
    found = plainly(function, n), len(heard)
    del module.len
    return found


def other_code(function, inner, n):
    """What it calls runs other code."""
    before, inner.__code__ = inner.__code__, (lambda a, *rest, **more: np.float64(7.0)).__code__
    found = plainly(function, n)
    inner.__code__ = before
    return found


heard.clear()
print(plainly(stacked, 40), shadowed(stacked, importlib.import_module("numpy._core.shape_base"), 30), plainly(stacked, 40), len(heard))
methods = importlib.import_module("numpy._core._methods")
print(plainly(mean, 40), other_code(mean, methods._mean, 30), plainly(mean, 40))
enter = np.errstate.__enter__
np.errstate.__enter__ = lambda self: heard.append(1) or enter(self)
print(plainly(determinant, 40), len(heard) > 0)
np.errstate.__enter__ = enter
heard.clear()
index = operator.index
operator.index = Doubled(index)
print(plainly(spaced, 40), len(heard) > 0)
operator.index = index
heard.clear()
before, methods._clip.__code__ = methods._clip.__code__, (lambda a, min=None, max=None, out=None, **more: [7.0] * 4).__code__
s = plainly(clipped, 30)
methods._clip.__code__ = before
print(s, plainly(clipped, 40))
np.errstate.__setattr__ = lambda self, name, value: (heard.append(name), object.__setattr__(self, name, value))[1]
print(plainly(determinant, 40), len(heard) > 0)
del np.errstate.__setattr__
heard.clear()
instance = builtins.isinstance


def noted(value, kind):
    heard.append(1)
    return instance(value, kind)


for _ in range(4):
    vars(builtins).update(isinstance=noted)
    s = plainly(spread, 40)
    vars(builtins).update(isinstance=instance)
    print(s, len(heard))
heard.clear()
np.of_mine = Doubled(len)
print(plainly(total, 50), plainly(nothing, 50), len(heard))
del np.of_mine
length = builtins.len
builtins.len = Doubled(length)
print(plainly(determinant, 50), plainly(roll, 50), length(heard) > 0)
builtins.len = length
print(plainly(determinant, 50), plainly(roll, 50))
