"""Random functions of arrays, their arguments, and everything of a result that a program can see."""

import contextlib
import os
import random
import threading
import warnings

import numpy as np

import framejit

DTYPES = ("float64", "float64", "float32", "int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64", "bool", "complex128", "complex64")
LENGTHS = (0, 1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 128, 129, 255, 256, 257, 300, 513, 2048, 2049, 5003)
SIDES = (0, 1, 2, 3, 5, 8, 17)
BINARY = ("+", "-", "*", "/", "+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<", ">>", "<", "<=", "==", "!=", ">", ">=")
UNARY = ("-{}", "-{}", "~{}", "abs({})", "+{}")
FUNCTIONS = {1: ("sqrt", "exp", "log", "sin", "cos", "tanh", "abs", "floor", "rint", "square", "isnan", "sign", "negative", "reciprocal", "logical_not", "expm1", "arctan", "conj"),
             2: ("maximum", "minimum", "hypot", "arctan2", "fmod", "copysign", "logaddexp", "power", "logical_and", "add", "true_divide", "greater")}
LITERALS = ("2", "3", "0.5", "2.0", "1.5", "-1", "0", "1e300", "True", "300", "1.0", "-0.0", "1j", "(2-0.5j)")


REDUCTIONS = ("np.sum({})", "({} * {}).sum()", "np.mean({})", "({} - {}).mean()", "np.max({})", "{1}.min()", "({} > {}).any()", "np.all({} < {})", "{1}.max()", "{1}.sum()",
              "np.amin({})", "np.any({})", "{1}.mean()", "{1}.sum(axis=0)", "{1}.prod()",
              "({} > {}).sum()", "({} < {}).mean()", "{1}.mean(axis=-1, keepdims=True)", "({} * 2).max(axis=0)", "np.argmax({})", "{1}.argmin()", "np.sum({}, axis=-1)", "({} @ {})", "np.dot({1}, {1})", "{1}.any(axis=0)")
ALONG = ("{1}.sum(axis={2})", "np.max({0}, axis={2})", "{1}.mean(axis=({2}, -1))", "np.sum({0}, axis={2}, dtype=np.float64)", "{1}.any()", "np.all({0}, axis={2})", "{1}.prod(axis=-2)", "{1}.mean(keepdims=True)",
         "{1}.argmax(axis={2})", "np.mean({0}, axis={2}, keepdims=True)", "np.sum({0}, axis=0, out=t)", "{1}.sum(dtype='float32')", "({0} - {1}.mean({2}))", "({0} * 2).sum({2})", "np.min({0}, (0, {2}))",
         "({0} / {1}.sum())", "{1}.sum(axis=0, keepdims=True)", "({0} + {0}).mean(axis=-1)", "(({0}) ** 2).sum(axis={2}, keepdims=True)", "np.square({0}).sum(axis=0)")
SPREADS = ("{1}.var()", "np.std({0})", "{1}.std(ddof=1)", "np.var({1})", "np.sum({0}, where={1} > 0)", "{1}.max(initial=x)", "np.max({0}, initial=0, where={1} < 1)", "np.min({0}, axis={2}, initial=3)",
           "({0} / {1}.sum(axis=-1, keepdims=True))", "np.exp({0} - {1}.max(axis={2}, keepdims=True))", "(np.exp({1}) * {0})", "({0} * np.cos({1}[..., :1]))", "(np.log({1}[::-1]) * {0})",
           "(np.tanh({1} * 0.5)[..., ::-1] + {0})", "np.any({0}, axis={2}, where={1} != 1)", "np.mean({0}, where={1} > 0)", "({0} / 4) + np.exp2({1})", "{1}.mean(axis={2}, keepdims=True) * {0}")
SPREADS_ALONG = ("{1}.var(axis={2})", "np.std({0}, axis={2})", "{1}.std(axis=0, ddof=1)", "np.var({1}, axis=-1, keepdims=True)", "{1}.std(axis=(0, {2}))", "(({0}) - {1}.mean(axis=0)) / {1}.std(axis=0)", "np.var({0}, axis={2}, dtype=np.float64)",
                 "{1}.max(initial=y)", "np.sum({0}, initial=x)", "{1}.min(axis={2}, initial=k)", "np.mean({0}, axis=0, where={1} > 0)", "{1}.mean(where={1} < 1)", "np.sum({0}, axis=0, dtype='float64', out=t)",
                 "np.exp({1}[::-1])", "np.arctan2({1}[..., ::-1], {0})", "np.expm1({1}[..., ::-1]) * {0}", "np.exp2({1}[::-1, ..., ::-1])", "np.cbrt({1}[::-2]) + np.tan({1}[..., ::-1])", "np.exp({0} * {1}[..., :1])", "np.power({1}[..., ::-1], {0})")
LATER = 10**7           # seeds from which programs have those along axes, too
NEWER = 2 * 10**7       # and these
LATEST = 3 * 10**7      # and these
TURNED = ("[::-1]", "[:, ::-1]", "[..., ::-1]", "[:, :1]", "[..., :1]", "[:1]", "[::-2]", "[..., :1]")
PARTS = ("[1:]", "[:-1]", "[::2]", "[1:-1]", "[::-1]", "[..., 1:]", "[:3]", "[-4:]", "[y:]", "[None]", "[:, None]", "[1:, ::2]", "[0, :]", "[..., 0]", "[-2::-1]", "[1:x]")

MADE = ("{}.T", "{}.copy()", "np.copy({})", "np.zeros_like({})", "{}.ravel()", "{}.reshape(-1)", "{}.astype(np.float32)", "({} * x).T", "np.ones({}.shape)", "{}.flatten()", "np.zeros({}.shape, dtype='int16')",
        "{}.T.copy()", "np.ones_like({}, dtype=float)", "np.full({}.shape, y)", "np.arange(len({}))", "{}.transpose()", "np.array({})", "np.sort({})", "{}.T[1:]",
        "{}.real", "{}.imag", "{}.real[1:]", "{}.T.imag", "(x * {}).imag", "({0}.T + {0}.T * y)", "np.exp({}.T)", "({0}.T - {0}.T.copy())")


def some(first, second, step=3):
    """Pairs of these, every third one; at night all."""
    pairs = [(one, other) for one in first for other in second]
    return pairs if os.environ.get("FRAMEJIT_NIGHTLY") else pairs[::step]


class Generator:
    """A function of arrays a, b, c and numbers x, y."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.later = seed >= LATER
        self.reductions = REDUCTIONS + ALONG + ALONG if self.later else REDUCTIONS
        if seed >= NEWER:
            self.reductions = REDUCTIONS + ALONG + SPREADS + (SPREADS_ALONG * 3 if seed >= LATEST else SPREADS)
        self.made = seed % 2 == 0       # whether arrays are made by other functions
        parts = PARTS + TURNED if seed >= NEWER else PARTS
        self.parts = [self.pick(*parts) for _ in range(2)] if self.random.random() < 0.6 else [""]

    def axis(self):
        return self.pick("0", "-1", "1", "k", "n", "-2", "n") if self.later else ""

    def pick(self, *choices):
        return self.random.choice(choices)

    def whole(self):
        """An array, or a part of one."""
        return self.pick("a", "b", "c") + (self.pick(*self.parts) if self.random.random() < 0.7 else "")

    def expression(self, depth):
        kind = self.random.random()
        if depth and self.made and self.random.random() < 0.15:
            return self.pick(*MADE).format(self.whole())
        if depth == 0 or kind < 0.12:
            return self.pick(self.whole(), self.whole(), self.whole(), "t", "x", "y", self.pick(*LITERALS))
        if kind < 0.62:
            return f"({self.expression(depth - 1)} {self.pick(*BINARY[:8]) if self.random.random() < 0.7 else self.pick(*BINARY)} {self.expression(depth - 1)})"
        if kind < 0.72:
            return f"({self.pick(*UNARY).format(self.expression(depth - 1))})"
        if kind < 0.77:
            return f"{self.pick('a', 'b', 'c')} ** {self.pick('2', '-1', '0.5', '3', '2.0', 'x')}"
        if kind < 0.85:
            return self.pick(*self.reductions).format(self.expression(depth - 1), self.whole(), self.axis())
        if kind < 0.9:
            return f"np.where({self.expression(depth - 1)} {self.pick('<', '>', '==')} {self.whole()}, {self.expression(depth - 1)}, {self.expression(depth - 1)})"
        if kind < 0.92:
            return f"np.clip({self.expression(depth - 1)}, {self.pick('-1', '0.5', 'x', self.whole())}, {self.pick('2', '1.5', 'y', self.whole())})"
        count = self.pick(1, 1, 2)
        return f"np.{self.pick(*FUNCTIONS[count])}({', '.join([self.expression(depth - 1) for _ in range(count)])})"

    def statement(self, indent):
        kind, depth = self.random.random(), self.pick(1, 2, 3)
        if kind < 0.12:
            return f"{indent}{self.pick('a', 'b', 't')}{self.pick('[...]', '[:]', '[0]', *self.parts)} = {self.expression(depth)}"
        if kind < 0.24:
            return f"{indent}{self.pick('a', 'b', 't', 'a' + self.pick(*self.parts))} {self.pick('+', '-', '*', '/', '//', '&')}= {self.expression(depth)}"
        return f"{indent}{self.pick('t', 't', 'u', 'w')} = {self.expression(self.pick(1, 2, 2, 3, 4))}"

    def program(self):
        body = [self.statement("    ") for _ in range(self.pick(0, 1, 2, 3))]
        if self.random.random() < 0.3:
            body += ["    for k in range(3):", *[self.statement("        ") for _ in range(self.pick(1, 2))]]
        ending = self.pick(f"return {self.expression(3)}", "return t, u, w")
        return "\n".join(["import numpy as np", "def f(a, b, c, x, y):", "    t = u = w = a", *(["    n = k = len(a) % 3 - 1"] if self.later else []), *body, f"    {ending}"])

    # ---- arguments

    def values(self, dtype, count):
        if dtype == "bool":
            return np.array([self.random.random() < 0.5 for _ in range(count)], dtype=bool)
        kind = np.dtype(dtype).kind
        if kind == "c":
            part = "float32" if dtype == "complex64" else "float64"
            parts = np.array([self.values(part, count), self.values(part, count)]) if count else np.zeros((2, 0), part)
            return parts.T.copy().view(dtype).reshape(-1)
        style = self.pick("usual", "usual", "usual", "special", "large")
        if kind == "f":
            limits = {"usual": (-3, 3), "special": (-3, 3), "large": (-1e4, 1e4)}[style]
            values = np.array([self.random.uniform(*limits) for _ in range(count)], dtype=dtype)
            if style == "special" and count:
                with np.errstate(over="ignore", under="ignore"):
                    for _ in range(3):
                        values[self.random.randrange(count)] = self.pick(0.0, -0.0, np.nan, np.inf, -np.inf, 1e-310, 1e30)
            return values
        info = np.iinfo(dtype)
        low, high = (max(-9, info.min), 9) if style != "large" else (info.min, info.max)
        return np.array([self.random.randint(low, high) for _ in range(count)], dtype=dtype)

    def array(self, shape, dtype):
        """An array of this shape in one of many layouts."""
        layout = self.pick("plain", "plain", "plain", "strided", "reversed", "transposed", "read only", "padded")
        wide = tuple([2 * side + 1 for side in shape]) if layout in ("strided", "padded") else shape
        values = self.values(dtype, int(np.prod(wide))).reshape(wide)
        if layout == "strided":
            return values[tuple([slice(0, 2 * side, 2) for side in shape])]
        if layout == "padded":
            return values[tuple([slice(0, side) for side in shape])]
        if layout == "reversed":
            return values[tuple([slice(None, None, -1 if self.random.random() < 0.6 else 1) for _ in shape])]
        if layout == "transposed":
            return values.reshape(shape[::-1]).T
        if layout == "read only":
            values.flags.writeable = False
        return values

    def arguments(self, dtypes):
        rank = self.pick(1, 1, 1, 2, 2, 3)
        shape = (self.pick(*LENGTHS),) if rank == 1 else tuple([self.pick(*SIDES) for _ in range(rank)])
        arrays = []
        for dtype in dtypes:
            own = shape
            if self.random.random() < 0.3:
                own = tuple([1 if self.random.random() < 0.4 else side for side in shape])[self.random.randrange(rank) if rank > 1 else 0:]
            if self.random.random() < 0.03:
                own = tuple([side + 1 for side in own])
            arrays.append(self.array(own, dtype))
        numbers = [self.pick(2, 0.5, -1.5, 3, np.float64(1.25), np.float32(0.3), np.int16(4), True, 7.0) for _ in range(2)]
        return (*arrays, *numbers)


def canonical(array):
    """Its bytes; of two NaNs NumPy itself doesn't say which one wins: docs/contract.md."""
    if array.dtype.kind == "c":
        array = np.ascontiguousarray(array).reshape(-1).view("f4" if array.dtype == "complex64" else "f8")
    if array.dtype.kind == "f" and array.ndim:
        array = np.where(np.isnan(array), np.array(np.nan, dtype=array.dtype), array)
    return array.tobytes()


def seen(value):
    if isinstance(value, tuple):
        return tuple([seen(one) for one in value])
    if isinstance(value, np.ndarray):
        flags = value.flags
        return (type(value), value.dtype, value.shape, value.strides, flags.owndata, flags.writeable, flags.c_contiguous, flags.f_contiguous,
                value.base is None, canonical(value))
    if isinstance(value, np.generic):
        return type(value), canonical(np.array([value])) if value != value else value.tobytes()
    return type(value), "nan" if value != value else repr(value)


def listed(value):
    """The same, with objects in lists: an array's bytes are where they lie."""
    if isinstance(value, tuple):
        return tuple([listed(one) for one in value])
    return value.tolist() if isinstance(value, np.ndarray) and value.dtype.hasobject else value


def plain_and_jitted(source, name="f"):
    """The function of that name of a source, and a jitted twin with names of its own."""
    spaces = [{}, {}]
    for space in spaces:
        exec(source, space)
    return spaces[0][name], framejit.jit(spaces[1][name])


@contextlib.contextmanager
def company():
    """Another thread of the program's, which waits."""
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def outcome(function, arguments, state):
    """What a call gives or raises, its warnings, and what it left in its arguments."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(**state):
        warnings.simplefilter("always")
        try:
            result = seen(function(*arguments))
        except Exception as error:
            trace, lines = error.__traceback__, []
            while trace is not None:
                lines.append(trace.tb_lineno)
                trace = trace.tb_next
            result = type(error), str(error), lines[1:]
    return result, [(one.category, str(one.message), one.lineno) for one in caught], [seen(one) for one in arguments]


def counted(jitted, arguments, turns=30):
    """What so many calls count, of a function that has become native: entries, exits, call-outs."""
    for _ in range(turns):
        jitted(*arguments)
    before = framejit.stats()
    for _ in range(turns):
        jitted(*arguments)
    after = framejit.stats()
    return [after[name] - before[name] for name in ("native_entries", "exits", "callouts")]


STATES = ({}, {}, {"all": "ignore"}, {"divide": "raise"}, {"under": "warn"}, {"all": "raise"})
