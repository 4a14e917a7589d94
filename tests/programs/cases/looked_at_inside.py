# native: entry
# locals(), inspect.stack() and warnings with a stacklevel inside comprehensions, generator expressions, blocks and callees.

import inspect
import sys
import warnings

import framejit


def stack(k):
    return [(one.function, one.lineno, one.code_context and one.code_context[0].strip()) for one in inspect.stack()[1:4]]


def names(k):
    frame = sys._getframe(1)
    return sorted((name, type(value).__name__) for name, value in frame.f_locals.items() if not name.startswith("__"))


def warn(k, level):
    warnings.warn(f"at {k}", stacklevel=level)
    return k


def weigh(k, when, look):
    twice = k * 2
    if k == when:
        SEEN.append(look(k))
    return twice + 1


SEEN = []
warnings.simplefilter("always")
warnings.showwarning = lambda message, category, filename, lineno, *rest: SEEN.append((str(message), lineno))


@framejit.jit
def in_loop(n, when, look):
    s = 0
    for k in range(n):
        s += weigh(k, when, look)
        if k == when:
            SEEN.append(look(k))
    return s


@framejit.jit
def in_comprehension(n, when, look):
    before = n * 2
    made = [look(k) if k == when else k * 0.5 for k in range(n)]
    return [one for one in made if type(one) is not float], before


@framejit.jit
def in_generator(n, when, look):
    before = n * 2
    return sum(weigh(k, when, look) for k in range(n)), max(k if k != when else len(look(k) or ()) for k in range(n)), before


def in_block(n, when, look):
    s = 0
    with framejit.jit():
        inside = n
        for k in range(n):
            s += k
            if k == when:
                SEEN.append(look(k))
                SEEN.append(sorted(locals()))
    return s, sorted(locals())


LOOKS = (stack, names, lambda k: warn(k, 1), lambda k: warn(k, 2), lambda k: warn(k, 3), lambda k: warn(k, 9), lambda k: sorted(sys._getframe(1).f_locals), lambda k: sys._getframe(1).f_lineno)
for look in LOOKS:
    for function in (in_loop, in_comprehension, in_generator, in_block):
        for n, when in ((40, -1), (40, -1), (40, 20), (40, 39), (3, 0), (40, -1)):
            try:
                print(function.__name__, function(n, when, look), SEEN)
            except Exception as error:
                print(function.__name__, type(error).__name__, error, SEEN)
            SEEN.clear()
