# native: loop
"""An argument that nobody else keeps ends where its parameter gets another value, not when the call returns."""
import functools
import weakref


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)

    def method(self, other, n):
        total = 0
        for k in range(n):
            if k == n // 2:
                self = k
            total += k & 3
        print("method ends", total)
        return other


def number(thing, n):
    total = 0
    for k in range(n):
        thing = k
        total += k
    print("end", total)
    return thing


def made(thing, n):
    total = 0
    for k in range(n):
        thing = [k]
        total += k
    print("end", total)
    return thing


def late(thing, n, other=None):
    total = 0.5
    for k in range(n):
        if k == n - 2:
            thing = None
        total += k
    print("end", total, other is None)


def refused(thing, n):
    """Nothing here is worth compiling."""
    thing = None
    print("after", n)


def seen(thing, n):
    reference = weakref.ref(thing)
    before = reference() is not None
    for k in range(n):
        thing = k * 0.5
    return before, reference() is None


def any_number(*things):
    total = 0
    for k in range(3000):
        total += k
    things = None
    print("any", total)


def raises(thing, values):
    total = 0
    for k in range(len(values) + 1):
        thing = k
        total += values[k]
    return total


def kept(thing, n):
    total = 0
    for k in range(n):
        total += k
    return total


def drive(size):
    """Calls that the interpreter makes itself: a function with a cell is never compiled."""
    sizes = lambda: size
    for turn in range(3):
        for function in (number, made, late, refused, kept):
            function(Noisy(f"{function.__name__} {turn}"), size)
            function(n=size, thing=Noisy("by name"))
            functools.partial(function)(Noisy("partial"), size)
            function([Noisy("in a list")], size)
        late(Noisy("first"), size, Noisy("second"))
        Noisy("self").method(Noisy("other"), size)
        print(seen(Noisy("seen"), size))
        any_number(Noisy("one"), Noisy("two"))
        list(map(number, [Noisy("mapped"), 1], [size, size]))
        try:
            raises(Noisy("raises"), [1] * size)
        except IndexError as error:
            print(error)
        mine = Noisy("mine")
        number(mine, size)
        print(mine.name)
        del mine
    return sizes


for count in (10, 30000):
    drive(count)
