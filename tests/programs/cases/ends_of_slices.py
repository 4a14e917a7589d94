# native: entry
# In which order the ends of slices, and keys and values of displays, die.

import turns
from turns import ended as log, run


class Named(turns.Named):
    def __hash__(self):
        return 5

    def __eq__(self, other):
        return True


class Container(Named):
    def __getitem__(self, key):
        if key.stop is None:
            raise KeyError("no end")
        return 1

    def __setitem__(self, key, value):
        if key.stop is None:
            raise KeyError("no end")


def sliced(n, c, v):
    s = 0
    for k in range(n):
        s += c("container")[v("start"):v("stop")]
        c("other")[v("from"):v("to")] = v("value")
        for j in range(20):
            s += j
    return s, log[-7:]


def without_end(n, c, v):
    s = 0
    for k in range(n):
        s += c("container")[v("start"):(v("stop") if k < n - 1 else None)]
        for j in range(20):
            s += j
    return s


def stored_without_end(n, c, v):
    for k in range(n):
        c("other")[v("from"):(v("to") if k < n - 1 else None)] = v("value")


def displays(n, c, v):
    s = 0
    for k in range(n):
        s += len({v("key 1"): v("value 1"), v("key 2"): v("value 2")}) + len({"a": v("first"), "b": 1, "a": v("second")})
        for j in range(20):
            s += j
    return s, log[-8:]


def failing(function):
    def called(*arguments):
        try:
            return function(*arguments)
        except KeyError as error:
            found = error.args
        return found, log[-7:]
    return called


for function in (sliced, displays, failing(without_end), failing(stored_without_end)):
    run(function, lambda k: (20, Container, Named), 200)
    log.clear()
