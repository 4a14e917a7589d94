# native: entry
# Arrays whose dtype, rank, layout, byte order, size and overlap change from call to call; read-only and mapped ones, subclasses, duck arrays.

import tempfile
import warnings

import numpy as np

import framejit

warnings.simplefilter("always")


class Tagged(np.ndarray):
    def __array_finalize__(self, other):
        self.tag = getattr(other, "tag", 0) + 1

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        LOG.append((ufunc.__name__, method))
        plain = [np.asarray(one) if isinstance(one, Tagged) else one for one in inputs]
        given = options.pop("out", None)
        result = getattr(ufunc, method)(*plain, **options, **({"out": tuple(map(np.asarray, given))} if given else {}))
        return given[0] if given else np.asarray(result).view(Tagged)


class Duck:
    __array_priority__ = 100

    def __init__(self, items):
        self.items = items

    def __mul__(self, other):
        LOG.append("mul")
        return Duck([one * 2 for one in self.items])

    __rmul__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__

    def __getitem__(self, key):
        LOG.append(("item", str(key)))
        return Duck(self.items[key]) if isinstance(key, slice) else self.items[key]

    def __setitem__(self, key, value):
        LOG.append(("set", str(key)))
        self.items[key] = value.items if isinstance(value, Duck) else value

    def __len__(self):
        return len(self.items)

    def __repr__(self):
        return f"Duck({self.items})"


LOG = []


@framejit.jit
def expression(a, b):
    return a * 2 + b - a * b


@framejit.jit
def in_place(a, b):
    a += b
    a[1:] -= b[:-1]
    return a


@framejit.jit
def shifted(a):
    a[1:] = a[:-1] + a[1:]
    a[:-1] *= 2
    return a


@framejit.jit
def items(a):
    s = 0
    for k in range(len(a)):
        s = s + a[k] * 2
        a[k] = s
    return s


def shown(value):
    if isinstance(value, np.ndarray):
        return type(value).__name__, value.dtype.str, value.shape, value.strides, value.flags.writeable, value.tolist() if value.size < 40 else hash(value.tobytes()), getattr(value, "tag", None)
    return type(value).__name__, repr(value)


def tried(function, *arguments):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found = shown(function(*arguments))
        except Exception as error:
            found = type(error).__name__, str(error)[:90]
        print(function.__name__, found, [(str(one.message), one.lineno) for one in caught], LOG, *map(shown, arguments))
    LOG.clear()


def frozen(a):
    a.flags.writeable = False
    return a


def mapped(mode):
    file = tempfile.TemporaryFile()
    file.write(np.arange(6.0).tobytes())
    file.flush()
    return np.memmap(file, dtype=float, mode=mode, shape=(6,))


base = np.arange(24.0)
MADE = (
    lambda: np.arange(6.0), lambda: np.arange(6.0), lambda: np.arange(6), lambda: np.arange(6, dtype=np.int8) * 20, lambda: np.arange(6, dtype=np.float32),
    lambda: np.arange(6) % 2 == 0, lambda: np.arange(6.0)[::-1], lambda: np.arange(12.0)[::2], lambda: np.arange(6.0).reshape(2, 3), lambda: np.arange(6.0).reshape(3, 2).T,
    lambda: np.arange(6.0).astype(">f8"), lambda: frozen(np.arange(6.0)), lambda: np.arange(6.0).view(Tagged), lambda: np.arange(6.0), lambda: np.ma.masked_array(np.arange(6.0), [0, 1, 0, 0, 1, 0]),
    lambda: Duck([1, 2, 3, 4, 5, 6]), lambda: np.array([1, 2.5, 2**70, -1, 0, 3], dtype=object), lambda: np.zeros(0), lambda: np.float64(3.5), lambda: np.array(2.0), lambda: [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    lambda: mapped("r+"), lambda: mapped("r"), lambda: mapped("c"), lambda: np.array([1.0, np.nan, np.inf, -0.0, 1e308, 5e-324]), lambda: np.arange(6) + 1j, lambda: np.broadcast_to(np.float64(2.0), (6,)),
    lambda: np.lib.stride_tricks.as_strided(np.arange(6.0), (6,), (0,)), lambda: np.arange(6, dtype="m8[s]"), lambda: np.array(list("abcdef")), lambda: np.arange(6.0, dtype=np.float16),
    lambda: np.arange(7.0), lambda: np.arange(6.0),
)

for turn in range(2):
    for number, make in enumerate(MADE):
        other = MADE[(number * 7 + turn) % len(MADE)]
        tried(expression, make(), make())
        tried(expression, make(), other())
        tried(in_place, make(), make())
        tried(in_place, make(), other())
        tried(in_place, *2 * (make(),))
        tried(shifted, make())
        tried(items, make())
        whole = np.arange(30.0) + turn
        tried(in_place, whole[number % 5:number % 5 + 12], whole[3:15])
        tried(expression, whole[::-1][:12], whole[:24:2])
        print(whole.tolist())
print([framejit.jit(lambda a, b: a @ b + 1)(np.eye(2), make()) for make in (lambda: np.eye(2), lambda: np.eye(2, dtype=int), lambda: np.ones(2))])
