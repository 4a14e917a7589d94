"""What of arithmetic on arrays is computed in nests: without call-outs, without exits."""

import numpy as np
import pytest

import framejit

SOURCE = """
import numpy as np

def arithmetic(a, b, n):
    for k in range(n):
        a = (a * b + 1.5) / (abs(b) + 2) - a ** 2 * 0.001
    return a

def functions(a, b, n):
    for k in range(n):
        a = np.exp(-a * a) + np.maximum(np.sin(b), 0.25) * np.sqrt(b * b)
    return a

def views(a, b, n):
    for k in range(n):
        a[1:-1] = a[1:-1] + 0.25 * (a[2:] - 2.0 * a[1:-1] + a[:-2])
        a[::2] = b[::2]
        a *= 0.5
    return a

def reductions(a, b, n):
    s = 0.0
    for k in range(n):
        s += (a * b).sum() + np.mean(a - b) + a.max() - np.min(b)
        if (a > b).all():
            s += 1.0
    return s

def made(a, b, n):
    u = np.zeros(len(a))
    v = np.linspace(0.0, 1.0, len(a))
    for k in range(n):
        u = u + 0.1 * (v - u)
    return u

def kinds(a, b, n):
    i = np.arange(9)
    for k in range(n):
        i = (i * 3 + k) % 1000 ^ 5
        a = a + i - (i < 500)
    return a, i

def middle(a, b, n):
    for k in range(n):
        part = a[1:-1]
        a = a + part[0]
    return part

def reshaped(a, b, n):
    a = a.reshape(3, 3).copy()
    for k in range(n):
        a[1:-1, 1:-1] = 0.25 * (a[2:, 1:-1] + a[:-2, 1:-1])
        a += 0.5
    return a

def complexes(a, b, n):
    c = a + b * 1j
    z = c
    for k in range(n):
        inside = abs(z) < 2.0
        z = np.where(inside, z * z + c, z) * (0.5 + 0j)
    return z
"""
FUNCTIONS = ("arithmetic", "functions", "views", "reductions", "made", "kinds", "middle", "reshaped", "complexes")
CALLS = {"made": 3, "kinds": 3, "reshaped": 4}          # np.zeros, np.linspace, len; np.arange; reshape and copy


@pytest.mark.parametrize("name", FUNCTIONS)
def test_runs_in_nests(name):
    space = {}
    exec(SOURCE, space)
    jitted = framejit.jit(space[name])
    a, b = np.linspace(-1.0, 2.0, 9), np.linspace(2.5, 3.5, 9)
    expected = space[name](a.copy(), b, 50)
    for _ in range(6):
        result = jitted(a.copy(), b, 50)
    assert np.array(result[0] if name == "kinds" else result).tobytes() == np.array(expected[0] if name == "kinds" else expected).tobytes()
    before = framejit.stats()
    jitted(a.copy(), b, 50)
    after = framejit.stats()
    assert after["callouts"] - before["callouts"] <= CALLS.get(name, 0)
    assert after["native_iterations"] - before["native_iterations"] >= 49
    assert after["exits"] == before["exits"]


def clipped(a):
    for k in range(3):
        r = np.clip(2, 0.5, a) * np.clip(a, 0.25, 1)
    return r


@pytest.mark.parametrize("kind", ("float32", "complex64", "float64"))
def test_a_number_that_is_clipped_is_an_array(kind):
    a = np.linspace(0.0, 3.0, 7).astype(kind)
    jitted = framejit.jit(clipped)
    for _ in range(4):
        result = jitted(a)
    assert result.dtype == clipped(a).dtype and result.tobytes() == clipped(a).tobytes()
