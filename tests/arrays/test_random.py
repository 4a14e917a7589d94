"""Random functions of arrays: the same bits, layouts, warnings and errors as plain Python gives."""

import os

import framejit
from tests.arrays.programs import DTYPES, LATER, LATEST, NEWER, STATES, Generator, outcome
from tests.due import due

COUNT = 4000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60


HALF = ("float16", "float16", "float16", "float16", "int8", "float32")


def compare(seed, kinds=DTYPES):
    """Run one program plain and jitted on the same arguments."""
    generator = Generator(seed)
    source = generator.program()
    spaces = [{}, {}]
    for space in spaces:
        exec(compile(source, "<program>", "exec"), space)
    jitted = framejit.jit(spaces[1]["f"])
    dtypes = [generator.pick(*kinds) for _ in range(3)] if kinds is not DTYPES or generator.random.random() < 0.5 else [generator.pick("float64", "float64", "float32", "int64", "complex128")] * 3
    for _ in range(5):
        state, place = generator.pick(*STATES), generator.random.getstate()
        arguments = generator.arguments(dtypes)
        plain = outcome(spaces[0]["f"], arguments, state)
        for _ in range(2):
            generator.random.setstate(place)        # the same arrays in the same layouts, made anew
            arguments = generator.arguments(dtypes)
            other = outcome(jitted, arguments, state)
            assert other == plain, f"seed {seed}\n{source}\n{[getattr(one, 'dtype', type(one)) for one in arguments]} {[getattr(one, 'shape', one) for one in arguments]} {state}"


def test_random_functions():
    before = framejit.stats()["native_entries"]
    for seed in due(range(COUNT)):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT


def test_reductions_along_axes():
    before = framejit.stats()["native_entries"]
    for seed in due(range(LATER, LATER + COUNT)):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT


def test_broadcast_parts_and_variances():
    before = framejit.stats()["native_entries"]
    for seed in due(range(NEWER, NEWER + COUNT)):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT


def test_variances_along_axes_and_rows_backwards():
    before = framejit.stats()["native_entries"]
    for seed in due(range(LATEST, LATEST + COUNT)):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT


def test_half_precision():
    before = framejit.stats()["native_entries"]
    for seed in due(range(COUNT // 3)):
        compare(seed, HALF)
    assert framejit.stats()["native_entries"] - before > COUNT // 6


def test_programs_that_differed():
    """Flags of lanes that np.where doesn't choose; complex numbers changed in place, one and more."""
    for seed in (7001529, 7000909, 7000455):
        compare(seed)
