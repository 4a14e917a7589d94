"""Decompositions, statistics and rearrangements that native code calls (tables/whole_calls.py): compared for all kinds, layouts and sizes; entered natively; what they give as it comes."""

import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome
from tests.arrays.test_whole_calls import compare_kinds

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXTS = ("np.percentile(x, 30)", "np.quantile(x, 0.25)", "np.percentile(x, k * 40.5)", "np.histogram(x, 4)", "np.histogram(x, bins=3, range=(0, 2))", "np.histogram(x, 5, (-1.5, 2.5))[0] + 1", "np.histogram(x, x)", "np.cov(x)", "np.cov(x, x)[0]",
         "np.corrcoef(x, x)", "np.nanstd(x)", "np.nanvar(x, axis=0)", "np.unique(x)", "np.unique(i, return_counts=True)", "np.unique(i, return_inverse=True)[1]", "np.pad(x, 1)", "np.pad(x, (1, k), 'edge')", "np.insert(x, k, 1.5)",
         "np.insert(x, 0, x[:1])", "np.delete(x, k)", "np.delete(x, 0, axis=0)", "np.take_along_axis(x, x.argsort(axis=0), 0)", "np.array_split(x, 2)", "np.partition(x, k)", "np.argpartition(x, 1)[:1]", "np.broadcast_to(x, (2, *x.shape))",
         "np.broadcast_to(x[:1], (3, 1))", "np.ediff1d(x)", "np.unwrap(x)", "np.vander(x, 3)", "np.logspace(0, k, 5)", "np.indices((2, 3))", "np.tensordot(x, x, 1)", "np.fft.fftshift(x)", "np.fft.ifftshift(x)", "np.sinc(x)",
         "np.unravel_index(k, (2, 3))", "np.linalg.eigh(x)", "np.linalg.eigvalsh(x[:2, :2])", "np.linalg.svd(x)[1]", "np.linalg.svd(x, compute_uv=False)", "np.linalg.qr(x)[1]", "np.linalg.lstsq(x, x)[0]",
         "np.linalg.pinv(x)", "np.linalg.matrix_power(x[:2, :2], k)", "np.linalg.slogdet(x[:2, :2]).sign",
         "np.median(x, axis=0)", "np.polyfit(x, x * 2, 1)", "np.linalg.norm(x, 1)", "np.linalg.norm(x, np.inf, axis=0)", "np.fft.fft2(x)", "np.fft.ifftn(x)", "np.dstack((x, x))")


@pytest.mark.parametrize("text", TEXTS)
def test_functions(text):
    compare_kinds(text)


MATRICES = """
import numpy as np
def f(n, x, m, i):
    s, rng = 0.0, np.random.default_rng(2)
    for k in range(n):
        w, v = np.linalg.eigh(m)
        u = np.linalg.svd(m)
        q, r = np.linalg.qr(m)
        c, rest, rank, sizes = np.linalg.lstsq(m, x[:3], rcond=None)
        s += w[0] + v[1, 2] + u.S[0] + q[0, 0] + r[2, 2] + c[1] + np.linalg.pinv(m)[0, 0] + np.linalg.matrix_power(m, 3)[1, 1] + np.linalg.slogdet(m)[1]
        counts, edges = np.histogram(x, bins=4)
        s += counts[0] + edges[1] + np.percentile(x, 30) + np.cov(x, x)[0, 1] + np.corrcoef(x, x)[0, 1] + np.nanstd(x) + np.unique(i).size
        s += np.pad(x, 1).sum() + np.insert(x, 1, 0.5)[1] + np.delete(x, 0)[0] + np.unwrap(x)[2] + np.sinc(x)[0]
        s += rng.permutation(5)[0] + rng.permutation(x)[1]
    return s
"""


def test_native():
    spaces = [{}, {}]
    for space in spaces:
        exec(MATRICES, space)
    m = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 5.0]])
    x, i = np.random.default_rng(1).random(12), np.array([3, 1, 3, 2])
    jitted = framejit.jit(spaces[1]["f"])
    framejit.explain(jitted, 40, x, m, i)
    before = framejit.stats()
    for n in (3, 40, 40):
        assert outcome(jitted, (n, x, m, i), {}) == outcome(spaces[0]["f"], (n, x, m, i), {})
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 83 and after["callouts"] - before["callouts"] == 3          # default_rng, once a run


REPLACED = """
import numpy as np
import numpy.lib._function_base_impl as inside
def f(n, x):
    s = []
    for k in range(n):
        s.append(np.percentile(x, 50) + np.cov(x, x)[0, 0])
        if k == 30:
            inside._lerp, kept = (lambda a, b, t, out=None: np.float64(7.0)), inside._lerp
        if k == 40:
            inside._lerp = kept
    return s
"""


def test_what_numpy_runs_is_replaced():
    """A function of NumPy's own that the program replaces in mid-loop is what percentile uses from there on."""
    spaces = [{}, {}]
    for space in spaces:
        exec(REPLACED, space)
    x = np.array([0.5, 2.0, 1.0, 7.5])
    assert outcome(framejit.jit(spaces[1]["f"]), (60, x), {}) == outcome(spaces[0]["f"], (60, x), {})


WRITTEN = """
import numpy as np
def f(n, m, b, which):
    found = []
    for k in range(n):
        m[1, 1] = np.nan if k % 3 == 0 else 2.0
        b[0] = np.inf if k % 5 == 0 else 1.0
        try:
            if which == "lstsq":
                found.append(np.linalg.lstsq(m[:2], b[:2], rcond=None)[2])
            elif which == "svd":
                found.append(np.linalg.svd(m)[1][0])
            elif which == "eigh":
                found.append(np.linalg.eigh(m)[0][0])
            elif which == "eigvalsh":
                found.append(np.linalg.eigvalsh(m)[0])
            elif which == "qr":
                found.append(np.linalg.qr(m)[1][0, 0])
            elif which == "pinv":
                found.append(np.linalg.pinv(m)[0, 0])
            else:
                found.append(np.polyfit(b, b, 1)[0])
        except np.linalg.LinAlgError as error:
            found.append(str(error))
    return [str(one) for one in found]
"""


PROCESS = """
import sys
import framejit
from tests.arrays.test_more_whole_calls import WRITTEN, np
space = {}
exec(WRITTEN, space)
function = framejit.jit(space["f"]) if sys.argv[1] == "jit" else space["f"]
for which in ("lstsq", "svd", "eigh", "eigvalsh", "qr", "pinv", "polyfit"):
    print([function(30, np.diag([1.0, 2.0, 3.0]), np.arange(3.0), which) for _ in range(4)])
"""


def test_what_lapack_writes():
    """LAPACK tells the standard output of NaNs (NumPy 2.4): as often as plain."""
    seen = [subprocess.run([sys.executable, "-c", PROCESS, how], capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}) for how in ("plain", "jit")]
    assert seen[0].returncode == 0 and seen[0].stdout == seen[1].stdout
