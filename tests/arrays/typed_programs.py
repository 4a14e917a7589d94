"""Random NumPy programs whose statements fit their arrays: what scientists write, without most of the errors that other generators meet.

Names have sorts: v vectors of n numbers, m matrices of n rows, i places among n, k masks of n, s numbers.  A template says what sort it gives and
which it takes; results keep to their sort for any n, so programs go on, and what one statement leaves behind another one reads, changes or aliases.
"""

import random

import numpy as np

SORTS = {"v": 4, "m": 3, "i": 2, "k": 2, "s": 3}
CONSTANTS = ("0.5", "2", "1.5", "-1", "3", "0.25", "1e-3", "10")

TEMPLATES = {
    "v": (
        "{v} + {v}", "{v} * {c}", "{v} - {s}", "{v} / ({v} * {v} + 1)", "-{v}", "{v} ** 2", "np.sqrt(abs({v}))", "np.exp(-abs({v}))", "np.sin({v}) * np.cos({v})", "np.maximum({v}, {c})", "np.where({k}, {v}, {v})",
        "np.clip({v}, -2, {c})", "{v}.clip(min={c})", "np.hypot({v}, {v})", "np.arctan2({v}, {v})", "np.log1p(abs({v}))", "np.tanh({v})", "abs({v}) % 1.5", "{v} // 2", "np.where({v} > {c}, {v}, 0)", "{v} + {v} * {v} - {s}",
        "{v}[::-1]", "{v}[{i}]", "np.take({v}, {i})", "{v}.take({i})", "np.roll({v}, 1)", "np.flip({v})", "np.sort({v})", "{v}[np.argsort({v})]", "np.cumsum({v})", "{v}.cumsum()", "np.concatenate(({v}[1:], {v}[:1]))",
        "np.concatenate([{v}[:1], {v}[:-1]])", "np.append({v}[1:], {s})", "np.hstack(({v}[-1:], {v}[:-1]))", "np.stack(({v}, {v}))[1]", "np.vstack(({v}, {v})).mean(axis=0)", "np.column_stack(({v}, {v})).sum(axis=1)",
        "{v}.copy()", "np.array({v})", "np.asarray({v})", "{v}.astype(np.float32)", "{v}.astype(float)", "np.zeros_like({v})", "np.ones(len({v}))", "np.full({v}.shape, {s})", "np.arange(len({v}))", "np.arange(len({v})) * {c}",
        "np.linspace(0, 1, len({v}))", "{m}[:, 0]", "{m}[:, -1] * {v}", "{m}.sum(axis=1)", "{m}.mean(axis=1)", "{m}.max(axis=-1)", "np.min({m}, axis=1) + {v}", "{m}.std(axis=1)", "{m}.var(axis=1)",
        "np.linalg.norm({m}, axis=1)", "{m} @ {m}[0]", "np.dot({m}, {m}[-1])", "np.einsum('ij,ij->i', {m}, {m})", "np.sum({m} * {m}, axis=1)", "np.sqrt(({m} ** 2).sum(axis=1))", "np.interp({v}, np.arange(len({v})), {v})",
        "np.gradient({v})", "np.diff({v}, prepend={s})", "np.diff({v}, append=0.0)", "np.convolve({v}, [0.25, 0.5, 0.25], 'same')[:len({v})]", "np.repeat({v}, 2)[::2]", "np.tile({v}, 2)[:len({v})]", "{v}.reshape(1, -1)[0]",
        "{v}[:, None][:, 0]", "({v}[:, None] * {v}).sum(axis=1)", "np.outer({v}, {v})[:, 0]", "(np.subtract.outer({v}, {v}) ** 2).mean(axis=1)", "np.add.accumulate({v})", "np.maximum.accumulate({v})", "np.nan_to_num({v})",
        "np.where(np.isnan({v}), 0, {v})", "{v}.round(2)", "np.rint({v})", "np.floor({v})", "np.sign({v})", "{v}.real", "np.conj({v})", "{v}.conj()", "np.fft.ifft(np.fft.fft({v})).real", "np.abs(np.fft.fft({v}))",
        "np.fft.irfft(np.fft.rfft({v}), len({v}))", "np.searchsorted(np.sort({v}), {v}) * 1.0", "np.bincount({i}, minlength=len({v}))[:len({v})]", "np.bincount({i}, {v}, len({v}))[:len({v})]", "np.digitize({v}, [0.0, 1.0]) + {v}",
        "np.select([{k}, {k}], [{v}, {v}], {c})", "np.choose({k} * 1, ({v}, {v}))", "np.select([{v} > 0], [{v}])", "np.piecewise({v}, [{v} < 0], [0, 1])", "np.polyval([1.0, {c}, 0.5], {v})", "np.heaviside({v}, 0.5)",
        "np.unwrap({v})", "np.cross(np.ones((len({v}), 3)), [1, 0, 0])[:, 1] + {v}", "np.pad({v}, 1)[1:-1]", "np.pad({v}, (1, 0), mode='edge')[:-1]", "np.broadcast_to({s}, {v}.shape)", "np.broadcast_to({v}, (2, len({v})))[1]",
        "np.square({v}, out=np.empty({v}.shape, {v}.dtype))", "np.add({v}, {v}, where={k}, out={v}.copy())", "np.float64({c}) * {v}", "{v}.view()", "{v}[...]", "{v}[:]", "{v}.T", "np.ravel({v})", "{v}.flatten()", "np.squeeze({v}[None])",
        "np.nancumsum({v})", "np.ediff1d({v}, to_begin=0)", "np.logaddexp({v}, {c})", "np.expm1(-abs({v}))", "np.deg2rad({v})", "np.sinc({v})", "np.copysign({v}, {v})", "np.fmod({v}, 2)", "np.isclose({v}, {v}) * 1.0", "({v} > {v}) * {v}",
        "np.lib.stride_tricks.sliding_window_view(np.append({v}, [{s}, 0]), 3).mean(axis=1)", "np.apply_along_axis(np.sum, 1, {m})", "np.array([x * 2 for x in {v}])", "np.array([float(x.real) for x in {v}])", "np.fromiter((x.real for x in {v}), float)",
        "np.frombuffer({v}.astype(float).tobytes())", "{m}.ravel()[:len({v})]", "{m}.T[0]", "np.diag({m} @ {m}.T)", "np.partition({v}, 0)", "rng.normal(size=len({v}))", "rng.random(len({v})) + {v}", "half({v})", "mixed({v}, {s})",
        "np.median({m}, axis=1)", "np.insert({v}, 0, {s})[:-1]", "np.delete(np.append({v}, {s}), 0)", "np.take_along_axis({v}, {i}, 0)", "np.fft.fftshift({v})", "np.tensordot({m}, {m}[0], 1)", "np.linalg.norm({m}, np.inf, axis=1)",
        "np.linalg.norm({m}, 1, axis=1)", "np.ediff1d(np.append({v}, {s}))", "np.nanstd({m}, axis=1)", "np.logspace(0, 1, len({v}))", "rng.permutation({v})",
    ),
    "m": (
        "{m} + {m}", "{m} * {c}", "{m} - {m}.mean(axis=0)", "{m} / ({m}.std(axis=0) + 1)", "{m} * {v}[:, None]", "{m}[::-1]", "{m}[:, ::-1]", "{m}[{i}]", "{m}.copy()", "np.exp(-abs({m}))", "np.where({m} > 0, {m}, {c})",
        "np.maximum({m}, {m})", "{m} - {m}.max(axis=1, keepdims=True)", "np.cumsum({m}, axis=0)", "{m}.cumsum(axis=1)", "np.sort({m}, axis=0)", "np.sort({m})", "{m} @ ({m}.T @ {m})", "np.dot({m}, np.eye({m}.shape[1]))",
        "np.linalg.solve({m}.T @ {m} + 9 * np.eye({m}.shape[1]), {m}.T).T", "np.column_stack(({v}, {v}, {v}))", "np.stack(({v}, {v}, {v}), axis=1)", "np.array([{v}, {v}, {v}]).T", "np.vstack(({v}, {v}, {v})).T", "np.outer({v}, [1.0, 2.0, 3.0])",
        "np.asfortranarray({m})", "np.ascontiguousarray({m})", "{m}.astype(np.float32)", "{m}.T.copy().T", "np.zeros_like({m})", "np.ones({m}.shape) * {s}", "np.tile({v}, (3, 1)).T", "np.roll({m}, 1, axis=0)", "np.flip({m}, axis=1)", "np.clip({m}, -1, 1)",
        "{m} / np.linalg.norm({m})", "np.einsum('ij,kj->ik', {m}, np.eye({m}.shape[1]))", "np.repeat({v}, 3).reshape(-1, 3)", "{m}.reshape(-1, 3)", "{m}.T.reshape(3, -1).T", "np.hstack(({m}[:, :1], {m}[:, 1:]))", "np.concatenate(({m}[1:], {m}[:1]))",
        "np.concatenate(({m}[:, 1:], {m}[:, :1]), axis=1)", "np.diff({m}, axis=0, prepend=0)", "np.swapaxes({m}, 0, 1).T", "np.moveaxis({m}, 0, 1).T", "np.abs({m}) ** 0.5", "np.tanh({m} @ np.ones(({m}.shape[1], {m}.shape[1])))", "{m} * [1, 2, 3]",
        "{m} + {v}.reshape(-1, 1)", "np.where({k}[:, None], {m}, 0)", "{m} * {k}[:, np.newaxis]", "np.take({m}, {i}, axis=0)", "np.expand_dims({v}, 1) * np.ones(3)", "np.matmul({m}, {m}.T @ {m})", "rng.standard_normal(({m}.shape))", "half({m})", "np.take_along_axis({m}, np.argsort({m}, axis=0), 0)", "np.pad({m}, 1)[1:-1, 1:-1]", "np.vander({v}, 3)", "np.dstack(({v}, {v}, {v}))[0]", "np.fft.ifft2(np.fft.fft2({m})).real",
        "{m} @ np.linalg.eigh({m}.T @ {m})[1]", "np.insert({m}[1:], 0, {m}[0], axis=0)", "np.delete(np.vstack(({m}, {m}[:1])), 1, 0)", "np.partition({m}, 1, axis=0)",
    ),
    "i": ("{i}[::-1]", "np.argsort({v})", "{v}.argsort(kind='stable')", "np.arange(len({v}))", "({i} * 2) % max(len({v}), 1)", "np.minimum({i} + 1, len({v}) - 1)", "{i}[{i}]", "np.sort({i})", "np.where({k}, {i}, 0)", "rng.integers(0, max(len({v}), 1), len({v}))",
          "np.searchsorted(np.sort({v}[1:]), {v})", "np.lexsort(({i}, {i}))", "{i}.astype(np.int32)", "np.argsort(np.argsort({v}))", "np.clip({i} - 1, 0, None)", "np.maximum({i}, 0)", "{i} // 2",
          "rng.permutation(len({v}))", "np.unique({i}, return_inverse=True)[1]", "np.argpartition({v}, 0)"),
    "k": ("{v} > {c}", "{v} <= {v}", "~{k}", "{k} & {k}", "{k} | ({v} > 0)", "{k} ^ {k}", "np.isfinite({v})", "np.isnan({v})", "{i} % 2 == 0", "np.logical_and({k}, {v} != 0)", "({v} > 0) & ({v} < {c})", "{m}[:, 0] > 0", "({m} > 0).any(axis=1)",
          "np.all({m} < {c}, axis=1)", "np.isin({i}, [0, 1, 2])", "{k}[::-1]", "np.zeros(len({v}), dtype=bool)", "np.equal({i}, 1)", "np.isclose({v}, 0.5)", "np.signbit({v})", "{k}[{i}]"),
    "s": ("{v}.sum()", "np.mean({v})", "{v}.max()", "np.min({v})", "{v}[0]", "{v}[-1]", "{m}[0, 1]", "float({v}.sum().real)", "{v}.dot({v})", "{v} @ {v}", "np.dot({v}, {v})", "({v} * {v}).sum()", "(({v} - {v}) ** 2).mean()", "np.sqrt(({v} ** 2).sum())",
          "np.linalg.norm({v})", "np.linalg.norm({v} - {v})", "{v}.std()", "np.var({v})", "np.median({v})", "np.percentile({v}, 30)", "np.argmax({v})", "{v}.argmin()", "np.count_nonzero({k})", "{k}.sum()", "{k}.mean()", "{v}[{k}].sum()", "{s} * 0.5 + {c}",
          "{s} - {s}", "abs({s})", "max({s}, {c})", "min({s}, {s})", "np.sqrt(abs({s}))", "np.trapezoid({v})", "{v}.ptp() if hasattr({v}, 'ptp') else np.ptp({v})", "np.average({v}, weights=np.ones(len({v})))", "np.sum({v}, where={k})", "np.prod({v}[:3])",
          "np.max({v}, initial=0)", "np.abs({v}).max()", "np.any({k})", "{k}.all()", "len(np.unique({i}))", "np.vdot({v}, {v})", "np.inner({v}, {v})", "np.trace({m}.T @ {m})", "np.linalg.det({m}.T @ {m} + np.eye(3))", "np.einsum('i,i->', {v}, {v})",
          "np.histogram({v}, bins=3, range=(-5, 5))[0][0]", "np.cov({v}, {v})[0, 1]", "np.corrcoef({v}, {v})[0, 1]", "np.nansum({v})", "np.nanmean({v})", "np.nanmax({v})", "np.quantile({v}, 0.5)", "np.array_equal({v}, {v})", "np.allclose({v}, {v})",
          "sum({v})", "sum(x * x for x in {v})", "max({v})", "float(rng.random())", "rng.normal()", "int(rng.integers(9))", "np.float32({s})", "{v}.size", "{m}.shape[0]", "{v}.item(0)", "{m}.sum()", "{m}.mean(axis=0)[1]", "np.sum(np.diff({v}))", "total({v})",
          "np.linalg.eigvalsh({m}.T @ {m})[0]", "np.linalg.svd({m}, full_matrices=False)[1][0]", "np.linalg.svd({m})[2][0, 1]", "np.linalg.qr({m})[1][0, 0]", "np.linalg.lstsq({m}, {v}, rcond=None)[0][1]", "np.linalg.pinv({m})[0, 0]",
          "np.linalg.matrix_power({m}.T @ {m}, 2)[0, 1]", "np.linalg.slogdet({m}.T @ {m} + np.eye(3))[1]", "np.polyfit(np.arange(len({v})) * 1.0, {v}, 1)[0]", "np.nanstd({v})", "np.percentile({v}, {c})", "np.linalg.norm({v}, 1)",
          "np.linalg.norm({v}, np.inf)", "np.unique({i}, return_counts=True)[1][0]", "np.histogram({v}, 4)[1][1]", "np.histogram({v}, bins=4)[0].sum()", "np.cov({m})[0, 0]", "np.corrcoef({m}, rowvar=False)[0, 1]", "np.unravel_index({i}[0], (30, 30))[0]"),
}

STORES = (
    "{v}[1:] = {v}[:-1]", "{v}[:-1] = {v}[1:]", "{v}[1:-1] += {c} * ({v}[2:] - 2 * {v}[1:-1] + {v}[:-2])", "{v}[{k}] = {s}", "{v}[{k}] = {v}[{k}]", "{v}[{k}] += {c}", "{v}[{v} > {c}] = 0", "{v}[{i}] = {v}", "{v}[{i}] += 1", "np.add.at({v}, {i}, {c})",
    "np.add.at({v}, {i}, {v})", "{v}[0] = {s}", "{v}[-1] = {v}[0]", "{v}[:] = {v}", "{v}[...] = {s}", "{v}[::2] = {c}", "{v}[::-1] = {v}", "{v} += {v}", "{v} *= {c}", "{v} -= {s}", "{v} /= 2", "{m} += {m}", "{m}[0] = {m}[-1]", "{m}[:, 0] = {v}",
    "{m}[1:, :] -= {m}[:-1, :]", "{m}[{i}] = {m}", "{m}[{k}] = 0", "{m}[{k}] *= {c}", "{m}[{k}, 0] = {s}", "{m}[{i}, 1] += {v}", "{m}[0, 1] = {s}", "{m}[:, 1:] *= {v}[:, None]", "{m}.T[0] += 1", "{m}[:] = {v}[:, None]", "np.multiply({v}, {c}, out={v})",
    "np.add({v}, {v}, out={v})", "np.maximum({v}, 0, out={v})", "np.sqrt(abs({v}), out={v})", "{v}.fill({c})", "{v}.sort()", "np.copyto({v}, {v}, where={k})", "np.put({v}, [0], {s})", "{v}.put(0, {c})", "np.place({v}, {k}, [1, 2])", "np.putmask({v}, {k}, {v})",
    "{i}[0] = 0", "{k}[0] = True", "{k} &= {v} > 0", "{v}[1:] += {v}[:-1]", "{v}[:-1] -= {v}[1:]", "{m}[1:-1, 1:-1] = ({m}[:-2, 1:-1] + {m}[2:, 1:-1]) / 2", "rng.shuffle({v})", "out.append({v})", "out.append({s})", "out.append({v}.sum())", "out.append({m}[0])",
    "{v}[len({v}) // 2:] *= -1", "{v}.real = {v}.real", "{v}[{i}[0]] = {c}", "{v}[{i}[0]] += {v}[{i}[-1]]", "{m}[{i}[0], {i}[-1] % 3] = {s}", "{s} += {v}[{i}[0]]", "{v}[min(1, len({v}) - 1)] = {s}", "np.fill_diagonal({m}[:3], {c})", "{v}[{s} > 0] = 1",
    "np.subtract({m}, {m}, out={m}, where={m} > 0)", "{v}[(0,)] = {c}", "{v}[1:][{k}[1:]] = {c}", "{m}[:, [0, 2]] = {m}[:, [2, 0]]", "{v}[-2:] = [1, 2]", "{m}[:2] = [[1, 2, 3]]", "{v}.flat[0] = {s}", "{v}.resize(len({v}), refcheck=False)",
)
HEADS = (
    "for t in range(3):", "for t in range(3):", "for t, x in enumerate({v}[:3]):", "for row in {m}[:4]:", "if {s} > {c}:", "if {k}.any():", "for x, y in zip({v}[:3], {v}[:3]):", "while w < 3:", "with np.errstate(all='ignore'):", "for p in {i}[:3]:",
    "for t in range(min(len({v}), 4)):", "with np.errstate(divide='ignore', invalid='ignore'):", "for part in np.array_split({v}, 2):",
)
INSIDE = {                      # further statements of a body, by what its head names
    "t": ("{v}[t % len({v})] = {s}", "{s} += {v}[t % len({v})] * t", "{v} = {v} * t", "{m}[t % len({m})] += {c}", "{v}[t:] += 1", "{s} = {m}[t % len({m}), t % 3]", "out.append(t)"),
    "row": ("{s} += row.sum()", "row += 1", "row[0] = {s}", "out.append(row @ row)", "{s} = np.sqrt(row[0] ** 2 + 1)", "{v} = {v} + row[1]", "out.append(row)"),
    "x": ("{s} += x", "{v} = {v} * x", "out.append(x)", "{s} = x * {c} + {s}"),
    "p": ("{v}[p] += {c}", "{s} += {v}[p]", "{m}[p, 1] = {s}", "{s} = {m}[p].sum()", "out.append(p)"),
    "part": ("{s} += part.sum()", "part *= {c}", "out.append(part.mean())", "part[:1] = 0"),
}
FUNCTIONS = """
def half(z):
    z = z * 0.5
    return z + 1

def mixed(z, w):
    if w > 0:
        return z * w
    return np.where(z > w, z, -z)

def total(z):
    found = 0.0
    for one in z:
        if one > 0.5:
            found = found + one * one
    return found
"""


class Generator:
    """f(v0, v1, ..., s2, rng, out) and arguments for it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.width = self.random.choice((1, 1, 2, 3))          # how much templates are nested

    def pick(self, *choices):
        return self.random.choice(choices)

    def name(self, sort):
        return f"{sort}{self.random.randrange(SORTS[sort])}"

    def filled(self, template, depth=0):
        """The template's places with names, constants, or other templates in brackets."""
        text, *parts = template.split("{")
        for part in parts:
            sort, rest = part[0], part[2:]
            if sort == "c":
                text += self.pick(*CONSTANTS)
            elif depth and self.random.random() < 0.4:
                text += f"({self.filled(self.pick(*TEMPLATES[sort]), depth - 1)})"
            else:
                text += self.name(sort)
            text += rest
        return text

    def statement(self):
        if self.random.random() < 0.35:
            return self.filled(self.pick(*STORES))
        sort = self.pick("v", "v", "v", "v", "m", "m", "i", "k", "s", "s")
        return f"{self.name(sort)} = {self.filled(self.pick(*TEMPLATES[sort]), self.random.randrange(self.width))}"

    def block(self, level=1):
        """A loop, a condition, a `with`, with its body."""
        head, pad = self.filled(self.pick(*HEADS)), "    " * level
        body = [pad + "    w += 1"] * head.startswith("while")
        names = [name for name in INSIDE if name in head.partition(" in ")[0].replace(",", "").split()]
        for _ in range(self.random.randint(1, 4)):
            if names and self.random.random() < 0.4:
                body.append(pad + "    " + self.filled(self.pick(*INSIDE[self.pick(*names)])))
            elif level < 2 and self.random.random() < 0.12:
                body += self.block(level + 1)
            else:
                body.append(pad + "    " + self.statement())
        return [pad + head, *body]

    def program(self):
        names = [f"{sort}{number}" for sort, count in SORTS.items() for number in range(count)]
        lines = ["    t = w = 0"]
        for _ in range(self.random.randint(2, 6)):
            lines += self.block() if self.random.random() < 0.45 else ["    " + self.statement()]
        if self.random.random() < 0.25:
            lines.append(f"    return {self.filled(self.pick(*TEMPLATES[self.pick('v', 'm', 's')]), 2)}")
        lines.append(f"    return {', '.join(names)}")
        return "\n".join(["import numpy as np", FUNCTIONS, f"def f({', '.join(names)}, rng, out):", *lines]) + "\n"

    def arguments(self):
        """Arrays of one n: of one kind or several, some not contiguous, two of the same memory, read only."""
        n = self.pick(1, 2, 3, 5, 8, 9, 17, 33, 130, 500)
        r = np.random.default_rng(self.random.randrange(10**6))
        kinds = self.pick(("float64",), ("float64",), ("float64",), ("float32",), ("float64", "int64"), ("complex128", "float64"), ("int32", "float32"), ("float64", "float16"), ("int64",), ("uint8", "int16"))
        vectors = [self.laid_out((r.random(n) * 6 - 2).astype(self.pick(*kinds))) for _ in range(SORTS["v"])]
        matrices = [self.laid_out((r.random((n, 3)) * 6 - 2).astype(self.pick(*kinds))) for _ in range(SORTS["m"])]
        places = [r.integers(0, n, n) for _ in range(SORTS["i"])]
        masks = [r.random(n) < self.pick(0.5, 0.1, 0.0, 1.0) for _ in range(SORTS["k"])]
        numbers = [self.pick(0.5, 2, -1.5, np.float64(1.25), np.float32(0.3), 7, 0.0) for _ in range(SORTS["s"])]
        self.related(vectors, matrices)
        return [*vectors, *matrices, *places, *masks, *numbers, np.random.default_rng(5)]

    def laid_out(self, array):
        layout = self.pick("plain", "plain", "plain", "plain", "strided", "reversed", "fortran", "unaligned")
        if layout == "strided":
            return np.repeat(array, 2, axis=0)[::2]
        if layout == "reversed":
            return array[::-1].copy()[::-1]
        if layout == "fortran":
            return np.asfortranarray(array)
        if layout == "unaligned":
            made = np.frombuffer(bytearray(array.nbytes + 1), np.uint8)[1:].view(array.dtype).reshape(array.shape)
            made[...] = array
            return made
        return array

    def related(self, vectors, matrices):
        """Some arrays are parts of others; some may not be written."""
        if self.random.random() < 0.2:
            vectors[1] = self.pick(vectors[0][::-1], vectors[0], matrices[0][:, 1], vectors[0].view())
        if self.random.random() < 0.15:
            matrices[1] = self.pick(matrices[0][::-1], matrices[0], matrices[0][:, ::-1])
        if self.random.random() < 0.08:
            self.pick(*vectors, *matrices).flags.writeable = False
