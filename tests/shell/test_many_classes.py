"""Objects of more classes at one place than blocks are versioned for: methods and attributes of all of them are native."""

import pytest

import framejit
from tests.shell.test_native_calls import program

TASKS = """
class Task:
    def __init__(self, number, link):
        self.number, self.link, self.waiting, self.count = number, link, False, 0
    def is_waiting(self): return self.waiting
    def step(self, k): raise NotImplementedError
    def run(self, k):
        self.count += 1
        return self.step(k)
    def wait(self):
        self.waiting = True
        return self

class Idle(Task):
    def step(self, k): return self.link

class Worker(Task):
    def step(self, k):
        self.count += k & 1
        return self.wait() if k % 5 == 0 else self.link

class Device(Task):
    def step(self, k):
        self.link.count += 1
        return self.link

class Clock(Task):
    TICKS = 3
    def step(self, k):
        self.count += self.TICKS
        return self.link

class Handler(Task):
    def __init__(self, number, link):
        Task.__init__(self, number, link)
        self.pending = None
    def step(self, k):
        self.pending, task = self.link, self.pending
        return self.pending if task is None else task

class Late(Task):
    def step(self, k):
        self.waiting = k % 3 == 0
        return self.link

def ring(kinds):
    first = task = Idle(0, None)
    for number, kind in enumerate(kinds):
        task = kind(number, task)
    first.link = task
    return task

def schedule(task, n):
    waited = 0
    for k in range(n):
        if task.is_waiting():
            task.waiting = False
            waited += 1
            task = task.link
        else:
            task = task.run(k)
    return waited

def counts(task):
    found, one = [], task
    while True:
        found.append((type(one).__name__, one.number, one.count, one.waiting))
        one = one.link
        if one is task:
            return found

KINDS = Worker, Device, Clock, Handler, Idle, Device
"""


def both(kinds):
    """The scheduler natively and interpreted, with rings of tasks alike."""
    native, plain = program(TASKS, "schedule"), program(TASKS)
    return native, plain, native["ring"]([native[kind.__name__] for kind in plain[kinds]]), plain["ring"](plain[kinds])


def test_methods_of_five_classes_at_one_place():
    native, plain, task, other = both("KINDS")
    for again in range(12):
        assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    before = framejit.stats()
    assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    now = framejit.stats()
    assert native["counts"](task) == plain["counts"](other)
    assert (now["native_entries"] - before["native_entries"], now["exits"] - before["exits"], now["callouts"] - before["callouts"]) == (1, 0, 0)


def test_a_class_that_comes_late_is_learned():
    native, plain, task, other = both("KINDS")
    for again in range(12):
        assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    for space, one in (native, task), (plain, other):
        one.link = space["Late"](99, one.link)
    for again in range(12):
        assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    before = framejit.stats()
    assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    now = framejit.stats()
    assert native["counts"](task) == plain["counts"](other)
    assert (now["exits"] - before["exits"], now["callouts"] - before["callouts"]) == (0, 0)


def test_a_class_that_is_changed_and_changed_back():
    native, plain, task, other = both("KINDS")
    for again in range(12):
        assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    for space in native, plain:
        space["step"], space["Clock"].step = space["Clock"].step, space["Idle"].step
    for again in range(3):
        assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    for space in native, plain:
        space["Clock"].step = space["step"]
    for again in range(3):
        assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    before = framejit.stats()
    assert native["schedule"](task, 500) == plain["schedule"](other, 500)
    now = framejit.stats()
    assert native["counts"](task) == plain["counts"](other)
    assert (now["exits"] - before["exits"], now["callouts"] - before["callouts"]) == (0, 0)


HELD = """
def up(i): return i
def down(i): return -i
class Base:
    def __init__(self): self.filler, self.x, self.call = 100000, 5, up
    def step(self, i): return self.x - i
class First(Base):
    def __init__(self): self.x, self.call = 7, down
class Second(Base):
    def __init__(self): self.y = self.filler = 3000; self.call = up; self.x = 9
class Third(Base):
    def __init__(self): self.call, self.x = down, 2
    def step(self, i): return i * self.x
class Fourth(First):
    def step(self, i): return -i

def held(task, n):
    step, x = task.step, 0
    for i in range(n): x += step(i)
    return x
def called(task, n):
    x = 0
    for i in range(n): x += task.call(i)
    return x
def turns(function, kinds, n):
    found = [0] * len(kinds)
    tasks = [kind() for kind in kinds]
    for k in range(n):
        found[k % len(kinds)] += function(tasks[k % len(kinds)], 20)
    return found
PAIRS = [(First, Second), (Third, Base), (Fourth, First), (Base, First, Second), (First, Third, Fourth), (Base, First, Second, Third, Fourth), (Fourth, Third, Second, First, Base, Third)]
"""


@pytest.mark.parametrize("pair", range(7))
@pytest.mark.parametrize("name", ("held", "called"))
def test_what_each_class_has_of_its_own(name, pair, monkeypatch):
    """Methods that a variable holds, functions that attributes hold at other places: those of the object's class, and methods see the object's own values."""
    monkeypatch.setenv("FRAMEJIT_EAGER", "1")
    native, plain = program(HELD, "turns", name), program(HELD)
    before = framejit.stats()["native_iterations"]
    for n in (7, 300, 700, 700):
        found = [space["turns"](space[name], space["PAIRS"][pair], n) for space in (native, plain)]
        assert found[0] == found[1], n
    assert framejit.stats()["native_iterations"] - before > 500
