"""What a call gives, and what it has counted meanwhile."""

import gc

import framejit
from tests.arrays.programs import plain_and_jitted


def outcome(function, given):
    """Its result or error, and what has become of its arguments."""
    try:
        result = function(*given)
    except Exception as error:
        result = type(error), str(error)
    return repr(result), repr(given)


def compared(source, arguments, sizes=(4, 0, 1, 5, 6, 4)):
    """A function's plain and jitted twins do the same with what `arguments` gives for each of these sizes, twice."""
    plain, jitted = plain_and_jitted(source)
    for n in sizes:
        for _ in range(2):
            assert outcome(plain, arguments(n)) == outcome(jitted, arguments(n)), source


def ends_heard(source, turns=8):
    """f(make, said): items end when they end, whoever runs it; `make` gives three that say so."""
    plain, jitted = plain_and_jitted(source)

    def lived(function):
        said = []
        function(lambda name: [Ending(f"{name}{k}", said) for k in range(3)], said)
        return said

    for _ in range(turns):
        assert lived(jitted) == lived(plain)


def garbage_heard(source, given):
    """f(make, said, *given()): garbage that says so when it ends does so once, whatever is being made meanwhile; `make` makes some."""
    plain, jitted = plain_and_jitted(source)

    def lived(function, threshold):
        said = []

        def make(k):
            ring = [Ending(k, said)]
            ring.append(ring)

        gc.collect()
        gc.freeze()             # what other tests have left takes no part
        before = gc.get_threshold()
        gc.set_threshold(threshold, 1000, 1000)
        try:
            function(make, said, *given())
        finally:
            gc.set_threshold(*before)
            gc.collect()
            gc.unfreeze()
        return sorted(said)

    for threshold in (1, 2, 3, 7, 20, 700):
        assert lived(jitted, threshold) == lived(plain, threshold)


class Ending:
    def __init__(self, name, said):
        self.name, self.said = name, said

    def __del__(self):
        self.said.append(self.name)


def counted(jitted, plain, given, first=8, turns=50):
    """How much each of the machine's counters grows over so many calls, behind the first ones, which are compared."""
    for _ in range(first):
        assert jitted(*given) == plain(*given)
    before = framejit._machine.counters()
    for _ in range(turns):
        jitted(*given)
    return {key: count - before[key] for key, count in framejit._machine.counters().items()}
