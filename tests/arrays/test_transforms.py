"""Fourier transforms in loops: NumPy's own inner loops for one transform of double precision, NumPy's ufuncs for the rest; the same bits, errors and warnings."""

import numpy as np
import numpy.fft
import pytest

import framejit
from tests.arrays.programs import STATES, outcome, plain_and_jitted

BODIES = ("np.fft.fft(x)", "np.fft.ifft(x)", "np.fft.rfft(x)", "np.fft.irfft(x)", "np.fft.fft(x, 7)", "np.fft.rfft(x, n=n)", "np.fft.irfft(x, n)", "np.fft.ifft(x, axis=0)", "np.fft.fft(x, norm='ortho')", "np.fft.rfft(x, norm='forward')",
          "np.fft.irfft(np.fft.rfft(x))", "np.abs(np.fft.fft(x)) ** 2", "np.fft.ifft(np.fft.fft(x) * np.fft.fft(x[::-1])).real", "np.fft.rfft(x * 0.5 + 1)", "np.fft.fft(x, None)", "np.fft.fft(x, 0)", "np.fft.fft(x, norm='none')", "np.fft.fft2(x)",
          "np.fft.fftshift(np.fft.fft(x))", "np.fft.rfft(x[1:])", "np.fft.fft(x)[:3]", "np.fft.irfft(x[:1])")
KINDS = ("float64", "complex128", "float32", "complex64", "float16", "int64", "int8", "bool", "uint16")
SHAPES = ((8,), (1,), (2,), (15,), (64,), (33,), (3000,), (0,), (3, 8), (2, 3, 5))
LAYOUTS = (lambda a: a, lambda a: a[::-1], lambda a: np.repeat(a, 2, axis=-1)[..., ::2], np.asfortranarray)


@pytest.mark.parametrize("body", BODIES)
def test_as_numpy_does(body):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, n):\n    for k in range(2):\n        r = {body}\n    return r")
    make = np.random.default_rng(len(body))
    for number, kind in enumerate(KINDS):
        for shape in SHAPES:
            if 0 in shape and body == "np.fft.irfft(x, n)":
                continue            # NumPy reads what isn't there
            x = (make.random(shape) * 9 - 3).astype(kind)
            if kind[0] == "c":
                x = (x + 1j * make.random(shape)).astype(kind)
            if x.size and number % 3 == 1 and x.dtype.kind in "fc":
                x.flat[0] = make.choice([np.inf, np.nan, 1e308 if x.dtype.itemsize > 4 else 1e4])
            given = LAYOUTS[number % 4](x)
            state = STATES[number % len(STATES)]
            wanted = outcome(plain, [given, 6], state)
            for _ in range(2):
                assert outcome(jitted, [given, 6], state) == wanted, (kind, shape)


@pytest.mark.parametrize("body, kind", (("np.fft.fft(x)", "complex128"), ("np.fft.ifft(x)", "complex128"), ("np.fft.rfft(x)", "float64"), ("np.fft.irfft(x)", "complex128"), ("np.fft.fft(x)", "float64"), ("np.fft.rfft(x, norm='ortho')", "float32")))
def test_is_native(body, kind):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, n):\n    for k in range(n):\n        r = {body}\n    return r")
    for size in (16, 17, 16):
        x = np.random.default_rng(size).random(size).astype(kind)
        for _ in range(3):
            assert jitted(x, 5).tobytes() == plain(x, 5).tobytes()
    before = framejit.stats()
    jitted(x, 50)
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 50 and after["exits"] == before["exits"] and after["callouts"] == before["callouts"]
