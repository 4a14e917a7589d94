"""Nests: their text, their rules, and what NumPy makes of them."""

import numpy as np
import pytest

from framejit.graph import nests
from framejit.graph.nests import Nest, Operand, Step
from framejit.loops.nests import Malformed, run, verify

X, Y, K = Operand("array", "float64", 2), Operand("array", "int32", 1), Operand("scalar", "float64")
PRODUCT = Nest([X, K], [Step("multiply", (0, 1), "float64"), Step("exp", (2,), "float64")])
MIXED = Nest([X, Y], [Step("cast", (1,), "float64"), Step("add", (0, 2), "float64"), Step("less", (3, 0), "bool_")])
STORED = Nest([K], [Step("cast", (0,), "float64")], 3)


@pytest.mark.parametrize("nest", [PRODUCT, MIXED, STORED])
def test_text_is_read_back(nest):
    text = nests.show(nest)
    assert nests.parse(text) == nest and nests.show(nests.parse(text)) == text
    assert verify(nest) is nest


WRONG = {
    "an operand that comes later": Nest([X], [Step("add", (0, 1), "float64")]),
    "no loop": Nest([X, Y], [Step("add", (0, 1), "float64")]),
    "another result": Nest([X], [Step("exp", (0,), "float32")]),
    "a cast that loses": Nest([X], [Step("cast", (0,), "int32")]),
    "nothing to do": Nest([X], []),
    "never read": Nest([X, Y], [Step("exp", (0,), "float64")]),
    "a scalar with axes": Nest([X, Operand("scalar", "float64", 1)], [Step("add", (0, 1), "float64")]),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_malformed(name):
    with pytest.raises(Malformed):
        verify(WRONG[name])


def test_runs_as_numpy_does():
    a, b = np.arange(6.0).reshape(2, 3), np.arange(3, dtype=np.int32)
    assert run(PRODUCT, [a, np.float64(0.5)]).tobytes() == np.exp(a * 0.5).tobytes()
    assert run(MIXED, [a, b]).tolist() == (a + b < a).tolist()
