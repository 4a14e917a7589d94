"""What attributes were in objects at hand is expected of objects that compiled code makes: one compilation, and an exit where it isn't so."""

from array import array

import framejit
import pytest
from framejit.runtime.controller import controller


class Part:
    def __init__(self, k):
        self.k = k


class Source:
    def __init__(self, seed, made=list):
        self.fill(seed, made)

    def fill(self, seed, made):
        self.values = made([(seed * k) % 7 + 0.5 for k in range(9)])
        self.place = 0
        self.part = Part(seed)
        self.scale = 0.5
        self.wide = 2 ** 40

    def next(self):
        self.place = (self.place + 1) % 9
        return self.values[self.place] * self.scale + self.part.k + self.wide % 3


def total(n, seed, made=list):
    source = Source(seed, made)
    s = 0.0
    for k in range(n):
        s += source.next()
    return s


def of(source, n):
    s = 0.0
    for k in range(n):
        s += source.next()
    return s


def fresh(function):
    """The same with code of its own: nothing is known of it."""
    return type(function)(function.__code__.replace(), globals(), function.__name__, function.__defaults__)


def compilations(function, *arguments):
    """How often it was compiled until it left nowhere, in the calls."""
    made = framejit.jit(function)
    wanted = [function(*arguments)] * 12
    assert [made(*arguments) for _ in wanted] == wanted
    state = controller().code_of(function.__code__)
    exits = framejit.stats()["exits"]
    assert made(*arguments) == wanted[0] and framejit.stats()["exits"] == exits
    return state.compilations


@pytest.mark.parametrize("made", [list, tuple, lambda items: array("d", items)], ids=["list", "tuple", "array"])
def test_one_compilation_where_others_have_shown(made):
    framejit.jit(fresh(of))(Source(3, made), 50)
    assert compilations(fresh(total), 200, 3, made) <= 2


def test_nothing_that_was_shown_is_relied_upon():
    framejit.jit(fresh(of))(Source(3), 50)

    class Other(Source):
        def fill(self, seed, made):
            super().fill(seed, made)
            self.values, self.scale = [1, 2, 3, 4, 5, 6, 7, 8, 9], 3

    def others(n):
        source = Source(2)
        source.fill = None
        source.values, source.scale, source.part = [k for k in range(9)], 2, Part(0.25)
        s = 0
        for k in range(n):
            s += source.next()
        return s

    def later(n):
        source = Other(2)
        s = 0
        for k in range(n):
            s += source.next()
            if k == n // 2:
                source.values[5] = "text" if n == 77 else 2 ** 70
        return s

    for function in (others, later):
        made = framejit.jit(fresh_closure(function, Other))
        for n in (40, 60, 80, 40):
            assert made(n) == function(n) and type(made(n)) is type(function(n))
        if function is later:
            with pytest.raises(TypeError):
                made(77)


def fresh_closure(function, *values):
    return type(function)(function.__code__.replace(), globals(), function.__name__, function.__defaults__, function.__closure__)


def test_classes_end_with_their_last_instance():
    import gc
    from weakref import ref

    def made():
        class Kept:
            def __init__(self):
                self.x = 0.5
                self.other = Part(1)

        def read(one, n):
            s = 0.0
            for k in range(n):
                s += one.x * one.other.k
            return s

        return Kept, read

    kind, read = made()
    assert framejit.jit(read)(kind(), 20) == 10.0
    kind = ref(kind)
    del read
    gc.collect()
    assert kind() is None
