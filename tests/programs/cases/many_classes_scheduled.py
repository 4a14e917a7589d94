# native: loop
# A scheduler of tasks of five classes: methods of a base class, an abstract one that each class has its own of, state in attributes; a method that is
# replaced in mid-loop, an exception out of one class's method, a class that nobody has seen before.

import sys
import traceback


class Task:
    def __init__(self, number, following):
        self.number = number
        self.following = following
        self.waiting = False
        self.turns = 0
        self.account = 0

    def is_waiting(self):
        return self.waiting

    def step(self, by):
        raise NotImplementedError

    def run(self, by):
        self.turns += 1
        return self.step(by)

    def wait(self):
        self.waiting = True
        return self

    def wake(self, other):
        other.waiting = False
        if other.number > self.number:
            return other
        return self.following

    def pay(self, other, amount):
        other.account += amount
        self.account -= amount
        return other


class Idle(Task):
    def step(self, by):
        return self.following


class Worker(Task):
    def __init__(self, number, following, rate):
        Task.__init__(self, number, following)
        self.rate = rate

    def step(self, by):
        self.account += self.rate * by
        if self.turns % 7 == 0:
            return self.wait()
        return self.following


class Device(Task):
    def step(self, by):
        self.pay(self.following, by)
        return self.wake(self.following)


class Handler(Task):
    def step(self, by):
        if self.account > LIMIT:
            self.account = 0
        return self.pay(self.following, 1)


class Clock(Task):
    def step(self, by):
        if by == SURPRISE:
            raise ValueError(f"{by} of {type(self).__name__} {self.number}")
        self.account += by & 3
        return self.following


LIMIT = 1000
SURPRISE = -1


def tasks(count):
    following = first = Idle(0, None)
    for k in range(1, count):
        kind = (Worker, Device, Handler, Clock, Idle)[k % 5]
        following = kind(k, following, k) if kind is Worker else kind(k, following)
    first.following = following
    return following


def schedule(task, turns):
    waited = 0
    for k in range(turns):
        if task.is_waiting():
            waited += 1
            task.waiting = False
            task = task.following
        else:
            task = task.run(k)
    return task, waited


def shown(task):
    found, one = [], task
    while True:
        found.append((type(one).__name__, one.number, one.waiting, one.turns, one.account))
        one = one.following
        if one is task:
            return found


first = tasks(10)
for turns in (10, 1000, 4000, 4000, 4000, 4000):
    task, waited = schedule(first, turns)
    print(type(task).__name__, task.number, waited)
print(shown(first))


# one class's method is replaced in mid-loop, by one of its own objects
class Switch(Task):
    def step(self, by):
        if by % 1500 == 700:
            Device.step = slow if Device.step is quick else quick
        return self.following


def slow(self, by):
    return self.pay(self.following, -by)


quick = Device.step
first.following.following = Switch(77, first.following.following)
for turns in (2000, 4000, 4000):
    task, waited = schedule(first, turns)
    print(type(task).__name__, task.number, waited, Device.step is quick)
print(shown(first))

# an exception out of one class's method
for SURPRISE in (9, 2503, 3999):
    for again in range(5):
        try:
            task, waited = schedule(first, 4000)
            print(type(task).__name__, task.number, waited)
        except ValueError:
            traceback.print_exc(file=sys.stdout)
SURPRISE = -1
print(shown(first))


# a class that nobody has seen before, in mid-loop; one with slots; one without the attribute; one whose method is no function
class Late(Task):
    def step(self, by):
        self.account += 3
        return self.following


class Slotted:
    __slots__ = ("number", "following", "waiting", "turns", "account")
    __init__, is_waiting, run, pay = Task.__init__, Task.is_waiting, Task.run, Task.pay

    def step(self, by):
        self.account -= 2
        return self.following


class Strange(Task):
    @property
    def step(self):
        return lambda by: self.following


class Bringer(Task):
    def step(self, by):
        if by % 1000 == 900 and BRINGS:
            return BRINGS.pop()(by, self.following)
        return self.following


def put_in(kind):
    def made(number, following):
        new = first.following.following = kind(number, first.following.following)
        return new
    return made


BRINGS = []
first.following = Bringer(55, first.following)
for kind in (Late, Slotted, Strange):
    BRINGS.append(put_in(kind))
    for again in range(4):
        task, waited = schedule(first, 3000)
        print(type(task).__name__, task.number, waited)
    print(shown(first))

# attributes that one object lacks, or has a dictionary for
lacking = Late(88, first.following)
first.following = lacking
del lacking.account
for again in range(3):
    try:
        print(schedule(first, 2000)[1])
    except AttributeError:
        traceback.print_exc(file=sys.stdout)
lacking.account = 2.5
vars(lacking)["more"] = 1
for again in range(3):
    print(schedule(first, 2000)[1], lacking.account)
lacking.step = lambda by: first
for again in range(3):
    print(schedule(first, 2000)[1], lacking.account)
print(shown(first))


# twenty classes more
for k in range(20):
    kind = type(f"Kind{k}", (Task,), {"step": lambda self, by, k=k: self.pay(self.following, k)})
    first.following = kind(100 + k, first.following)
for again in range(4):
    task, waited = schedule(first, 4000)
    print(type(task).__name__, task.number, waited)
print(shown(first))
