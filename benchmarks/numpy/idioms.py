"""python -m benchmarks.numpy.idioms [--length N] [--seconds S] [WORD ...]

One line of NumPy after the other in a loop of its own: microseconds in NumPy, how many times as fast framejit is, and, of a hundred turns, how many ran natively,
call-outs and exits.  The slowest first.  WORD: only lines with one of these in them.
"""

import argparse
import time

import numpy as np

import framejit

TURNS = 100
RUNS = 5
NAMES = ("x", "y", "z", "i", "p", "v", "w", "m", "k", "rng", "c")
SOURCE = """
import math
import numpy as np
def f({names}, turns):
    s = 0
    for turn in range(turns):
        s = {line}
    return s
"""
LINES = """
np.count_nonzero(x > y)
np.count_nonzero(x)
np.average(x)
np.average(x, weights=y)
np.median(x)
np.percentile(x, 90)
np.quantile(x, 0.5)
np.histogram(x, bins=8)[0].sum()
np.histogram(x, 10, (0, 1))[0][3]
np.unique(i).size
np.allclose(x, y)
np.array_equal(x, y)
np.isclose(x, y).all()
np.polyval(p, x).sum()
np.convolve(x, p).sum()
np.correlate(x, y)[0]
np.interp(0.5, x, y)
np.interp(z, x, y).sum()
np.searchsorted(x, 0.5)
np.digitize(x, p).sum()
np.pad(x, 1).sum()
np.pad(x, 1, mode='edge').sum()
np.clip(x, 0.2, 0.8).sum()
np.linalg.norm(x - y)
np.cov(x, y)[0, 1]
np.corrcoef(x, y)[0, 1]
np.trapezoid(x, z)
np.cumsum(x)[-1]
np.diff(x).max()
np.gradient(x).max()
np.argsort(x)[0]
np.sort(x)[0]
np.argwhere(x > y).size
np.nonzero(x > y)[0].size
np.where(x > y)[0].size
np.flatnonzero(x > y).size
np.broadcast_to(x, (3, len(x))).sum()
np.tile(x, 2).sum()
np.repeat(x, 2).sum()
np.insert(x, 1, 0.5).sum()
np.delete(x, 1).sum()
np.append(x, 0.5).sum()
np.concatenate((x, y)).sum()
np.stack((x, y)).sum()
np.outer(x, p).sum()
np.cross(v, w).sum()
np.einsum('i,i->', x, y)
np.einsum('ij,jk->ik', m, m).sum()
np.tensordot(m, m, 1).sum()
np.roll(x, 1).sum()
np.rot90(m).sum()
np.flip(x).sum()
np.nanmean(x)
np.nanmax(x)
np.nanstd(x)
np.var(x, ddof=1)
np.linspace(0, 1, 11).sum()
np.logspace(0, 1, 11).sum()
np.geomspace(1, 2, 11).sum()
np.meshgrid(x, p)[0].sum()
np.mgrid[0:3, 0:4].sum()
np.indices((3, 4)).sum()
np.eye(3).sum()
np.diag(m).sum()
np.trace(m)
np.triu(m).sum()
np.vander(p).sum()
np.fft.fft(x)[0].real
np.fft.rfft(x)[0].real
np.fft.fftfreq(16).sum()
np.fft.fft2(m)[0, 0].real
np.linalg.eigvalsh(m)[0]
np.linalg.eigh(m)[0][0]
np.linalg.svd(m)[1][0]
np.linalg.qr(m)[0][0, 0]
np.linalg.lstsq(m, v, rcond=None)[0][0]
np.linalg.inv(m)[0, 0]
np.linalg.det(m)
np.linalg.solve(m, v)[0]
np.linalg.pinv(m)[0, 0]
np.linalg.matrix_power(m, 3)[0, 0]
np.isin(i, [1, 2, 3]).sum()
np.intersect1d(i, i).size
np.select([x > 0.5, x > 0.2], [x, y], 0.0).sum()
np.choose(i % 2, (x[:len(i)], y[:len(i)])).sum()
np.piecewise(x, [x < 0.5, x >= 0.5], [0.0, 1.0]).sum()
np.take(x, i).sum()
np.put_along_axis(m, k, 0.5, 0)
np.take_along_axis(m, k, 0).sum()
np.apply_along_axis(np.sum, 0, m).sum()
np.vectorize(math.sqrt)(x).sum()
np.ptp(x)
np.sign(x - y).sum()
np.heaviside(x - 0.5, 1).sum()
np.sinc(x).sum()
np.deg2rad(x).sum()
np.unwrap(x).sum()
np.angle(x + 1j).sum()
np.nan_to_num(x).sum()
np.add(x, y, dtype=np.float32).sum()
np.modf(x)[0].sum()
np.divmod(x, 0.3)[0].sum()
np.frexp(x)[0].sum()
np.hypot(x, y).sum()
np.float32(x).sum()
np.bitwise_count(i).sum()
np.lexsort((x, y))[0]
np.partition(x, 3)[0]
np.argpartition(x, 3)[0]
np.ediff1d(x).sum()
np.fromiter((a for a in p), float).sum()
np.array([1.0, 2.0, 3.0]).sum()
np.atleast_2d(x).sum()
np.hstack([x, y]).sum()
np.array_split(x, 3)[0].sum()
np.split(x, 2)[0].sum()
np.kron(p, p).sum()
np.bincount(i, minlength=5)[0]
np.ravel_multi_index((1, 2), (3, 4))
np.unravel_index(7, (3, 4))[0]
np.argmax(x)
np.random.rand(10).sum()
np.random.normal(size=10).sum()
np.random.randint(0, 5)
np.random.choice(p)
np.random.shuffle(z)
rng.choice(p)
rng.permutation(10)[0]
rng.shuffle(z)
rng.multivariate_normal(v, c)[0]
rng.poisson(3.0)
rng.exponential(2.0)
rng.uniform(0, 1)
rng.standard_normal(10).sum()
rng.integers(0, 10, 5).sum()
x.tolist()[0]
x.item(3)
x.argsort()[0]
x.astype(int).sum()
x.mean(axis=0)
np.sqrt(np.mean((x - y) ** 2))
m @ v
(m @ m)[0, 0]
m.T @ m
np.dot(x, y)
np.max(np.abs(x - y))
x[x > 0.5].mean()
x[i].sum()
x[::2].sum()
m[:, 1].sum()
m[1].sum()
(x[1:] - x[:-1]).max()
np.add.reduce(x)
np.maximum.accumulate(x)[-1]
np.logical_and(x > 0.2, y > 0.2).sum()
(~(x > y)).sum()
np.minimum(x, y).sum()
np.expm1(x).sum()
np.log1p(x).sum()
np.exp(1j * x).sum()
np.abs(x + 1j * y).sum()
np.round(x, 2).sum()
np.floor(x).astype(int).sum()
str(x[0])
'%.3f' % x[0]
float(x[0]) + int(i[0])
len(np.where(x > 0.5)[0])
x.sum() if x.any() else 0
""".strip().splitlines()


def arguments(length):
    r = np.random.default_rng(3)
    few = min(length, 9)
    made = (np.sort(r.random(length)), np.sort(r.random(length)), r.random(length), r.integers(0, few, few), np.array([0.1, 0.3, 0.6]), r.random(3), r.random(3), r.random((3, 3)) + np.eye(3),
            np.zeros((1, 3), int), np.random.default_rng(5), np.eye(3))
    return dict(zip(NAMES, made))


def measured(line, length, seconds):
    """(times as fast, the line, seconds of a turn in NumPy, turns of a hundred that ran natively, call-outs, exits)"""
    spaces = [{}, {}]
    for space in spaces:
        exec(SOURCE.format(names=", ".join(NAMES), line=line), space)
    plain, jitted = spaces[0]["f"], framejit.jit(spaces[1]["f"])

    def turn(function, turns):
        given = arguments(length)
        start = time.perf_counter()
        function(**given, turns=turns)
        return (time.perf_counter() - start) / turns

    turns = max(TURNS, int(0.02 / turn(plain, 20)))
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        turn(jitted, turns)
    best = [min([turn(function, turns) for _ in range(RUNS)]) for function in (plain, jitted)]
    before = framejit.stats()
    turn(jitted, TURNS)
    after = framejit.stats()
    return (best[0] / best[1], line, best[0], *[after[name] - before[name] for name in ("native_iterations", "callouts", "exits")])


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.numpy.idioms")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--length", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=0.5)
    options = parser.parse_args()
    chosen = [line for line in LINES if not options.words or any([word in line for word in options.words])]
    rows = sorted([measured(line, options.length, options.seconds) for line in chosen])
    print(f"{'a turn of':<62}{'NumPy, us':>11}{'framejit':>10}{'native':>9}{'call-outs':>11}{'exits':>7}")
    for gain, line, plain, *counts in rows:
        print(f"{line:<62}{plain * 1e6:>11.2f}{gain:>10.2f}" + "".join([f"{count:>{width}}" for count, width in zip(counts, (9, 11, 7))]))


if __name__ == "__main__":
    main()
