"""Arrays that native code never makes, and of which there is no memory for any: NumPy's own errors, at once."""

import resource

import numpy as np
import pytest

from tests.arrays.programs import plain_and_jitted
from tests.arrays.test_reduced_names import function

BODIES = (
    "d = x - y; return (d * d).sum()",
    "d = x - y; s = (d * d).sum(axis=0); return s / len(x)",
    "d = x > y; return d.any()",
    "return (x - y).sum()",
    "return (x - y).max(axis=1)",
    "e = np.exp(x - y); return e / e.sum(axis=-1, keepdims=True)",
    "d = x - y; return (d - d.mean(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True)",
    "return np.square(x - y).mean(axis=0).std()",
)


def large(*shape):
    return np.broadcast_to(1.0, shape), np.broadcast_to(2.0, shape[::-1])


SHAPES = ((1 << 20, 1), (1 << 31, 1), (1 << 32, 1), (3 << 30, 1))


@pytest.mark.parametrize("body", BODIES)
def test_errors(body):
    plain, jitted = plain_and_jitted(function(body))
    for _ in range(5):
        assert np.array_equal(jitted(np.ones((20, 3)), np.zeros((20, 3)), 1), plain(np.ones((20, 3)), np.zeros((20, 3)), 1))
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (64 << 30, limits[1]))        # whatever the machine would promise
    try:
        for shape in SHAPES:
            said = []
            for one in (plain, jitted, jitted):
                with pytest.raises((MemoryError, ValueError)) as caught:
                    one(*large(*shape), 1)
                said.append((type(caught.value), str(caught.value), caught.tb.tb_next.tb_lineno))
            assert said[0] == said[1] == said[2]
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)
