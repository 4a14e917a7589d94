"""What a call gives, and what it has counted meanwhile."""

import framejit


def outcome(function, given):
    """Its result or error, and what has become of its arguments."""
    try:
        result = function(*given)
    except Exception as error:
        result = type(error), str(error)
    return repr(result), repr(given)


def counted(jitted, plain, given, first=8, turns=50):
    """How much each of the machine's counters grows over so many calls, behind the first ones, which are compared."""
    for _ in range(first):
        assert jitted(*given) == plain(*given)
    before = framejit._machine.counters()
    for _ in range(turns):
        jitted(*given)
    return {key: count - before[key] for key, count in framejit._machine.counters().items()}
