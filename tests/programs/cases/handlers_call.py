# native: entry
"""Functions that handlers call: they leave, raise, or run into the recursion limit while an exception is handled that nobody sees."""
import sys
import traceback

D, L = {1: 2}, [1]


def triple(v):
    return v * 3


def deeper(v):
    return triple(v) + 1


def strict(v):
    if v < 0:
        raise OSError("negative", v)
    return v * 3


class Rules:
    def outer(self, v):
        return self.inner(v)

    def inner(self, v):
        return v * 3


rules = Rules()


def raised(v):
    try:
        raise ValueError
    except ValueError:
        return deeper(v)


def one_level(v):
    try:
        return D[-7]
    except KeyError:
        return triple(v)


def divided(v):
    try:
        return 1 // (v - v)
    except ZeroDivisionError as error:
        return deeper(v)


def assigned(v):
    try:
        x = L[9]
    except IndexError:
        x = deeper(v)
    return x + 1


def by_method(v):
    try:
        raise KeyError
    except KeyError:
        return rules.outer(v)


def that_raises(v):
    try:
        return D[v]
    except KeyError:
        return strict(v)


def behind(v):
    try:
        raise ValueError
    except ValueError:
        pass
    return deeper(v)


def nested(v):
    try:
        raise ValueError
    except ValueError:
        try:
            raise KeyError(v)
        except KeyError:
            return deeper(v)


def loop(function, n, at, what):
    t = 0
    for i in range(n):
        t += function(what if i == at else 5 + (i & 3))
    return t


def down(k, function):
    return loop(function, 5, -1, 0) if k == 0 else down(k - 1, function)


for function in (raised, one_level, divided, assigned, by_method, that_raises, behind, nested):
    for k in range(6):
        print(function.__name__, loop(function, 30000, -1, 0))
    for what in (2**62, 2.5, -5, "ab", None, 10**30):
        try:
            print(loop(function, 900, 700, what))
        except Exception as error:
            print(repr(error), [(frame.name, frame.lineno, frame.colno) for frame in traceback.extract_tb(error.__traceback__)], repr(error.__context__))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    for depth in range(186, 200):
        try:
            print(depth, down(depth, function))
        except RecursionError as error:
            print(depth, error, len(traceback.extract_tb(error.__traceback__)))
    sys.setrecursionlimit(limit)
