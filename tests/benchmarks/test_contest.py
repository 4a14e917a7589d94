"""The contest against peers: the same source with other names, results that may differ by rounding, the goals' figures."""

import argparse
import types

import numpy as np

from benchmarks.numpy.contest import asked, near, summed_up
from benchmarks.numpy.peers import rebuilt
from benchmarks.numpy.stencils import gray_scott, laplacian


def test_helpers_get_the_names_too():
    calls = []

    def wrap(function):
        calls.append(function.__name__)
        return function

    other = types.SimpleNamespace(zeros=lambda count: ["zeros", count])
    made = rebuilt(gray_scott, {"np": other}, wrap)
    assert made is not gray_scott and made.__globals__["np"] is other and {"gray_scott", "laplacian"} <= set(calls)
    assert made.__globals__["laplacian"] is not laplacian and made.__globals__["laplacian"].__globals__ is made.__globals__
    assert gray_scott.__globals__["np"] is np


def test_near_is_rounding_and_no_more():
    exact = np.array([1.0, 2.0, np.nan, np.inf])
    assert near(exact * (1 + 1e-7), exact) and near((exact, 3), (exact, 3))
    assert not near(exact[:3], exact) and not near(exact + 0.01, exact) and not near(np.array([1, 2]), np.array([1, 3]))


def test_figures(capsys):
    rows = [{"name": "one", "NumPy": [1.0, 4.0], "framejit": [0.1, 1.0], "jax": [1.0, 2.0]},
            {"name": "other", "NumPy": [1.0, 1.0], "framejit": [0.1, 4.0], "jax": "TypeError: no"}]
    summed_up(rows, ["jax"])
    shown = capsys.readouterr().out
    assert "2 programs: 1.00 times" in shown and "slower: other" in shown and "ahead of the best peer on 2 of 2" in shown
    assert "jax runs 1: framejit is 2.00 times as fast, and its first call comes 10.0 times sooner" in shown


def test_a_contestant_in_its_process():
    options = argparse.Namespace(seconds=0.01, limit=100)
    first, fastest = asked("framejit", "burgers", 0, options)
    assert first >= fastest > 0
