# native: loop
# `with` blocks in hot loops: entered by call-outs; left by errors, break, continue and return; managers that fail, swallow, and change.
import contextlib
import threading
import traceback

import framejit


class Manager:
    """Notes what it sees; `swallows`: which errors; `fails`: when."""

    def __init__(self, swallows=(), fails=None):
        self.swallows, self.fails, self.entered, self.left, self.seen = swallows, fails, 0, 0, []

    def __enter__(self):
        self.entered += 1
        if self.fails == ("enter", self.entered):
            raise LookupError("enter")
        return self.entered

    def __exit__(self, kind, error, trace):
        self.left += 1
        if kind is not None:
            self.seen.append((kind.__name__, str(error), trace.tb_lineno - leave.__code__.co_firstlineno))
        if self.fails == ("exit", self.left):
            raise LookupError("exit")
        return kind is not None and issubclass(kind, self.swallows)


def leave(n, manager, values):
    """Every way out of a block."""
    total = 0
    for k in range(n):
        for step in range(12):
            total = (total * 31 + k * step) % 65537 + (k ^ total) % 11 - k // 3
        with manager as count:
            total += count % 7
            if k == 4000:
                continue
            if total == values[0]:
                break
            total += 1000 // values[k % 3]
            if k == values[1]:
                return "returned", total
        total += 1
    return total


def locked(n, lock):
    total = 0.0
    for k in range(n):
        for step in range(8):
            total = (total * 1.25 + k * step) % 65537 + step % 11 - k // 3
        with lock, contextlib.suppress(ZeroDivisionError):
            total += 1.0 / (k % 1000)
    return total, lock.locked()


@contextlib.contextmanager
def noting(notes):
    notes.append("in")
    try:
        yield len(notes)
    finally:
        notes.append("out")


def generated(n):
    total, notes = 0, []
    for k in range(n):
        for step in range(12):
            total = (total * 31 + k * step) % 65537 + (k ^ total) % 11 - k // 3
        with noting(notes) as count:
            total += count
    return total, len(notes), notes[-2:]


def blocks(n):
    """Ours among them."""
    total = 0
    for k in range(n):
        for step in range(12):
            total = (total * 31 + k * step) % 65537 + (k ^ total) % 11 - k // 3
        with framejit.jit():
            for step in range(5):
                total += step * k % 3
    return total


def shown(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        lines = [one.lineno - function.__code__.co_firstlineno for one in traceback.extract_tb(error.__traceback__)[1:]]
        context = error.__context__
        return type(error).__name__, str(error), lines[:1], type(context).__name__, sorted(error.__traceback__.tb_next.tb_frame.f_locals)


def told(manager):
    return manager.entered, manager.left, manager.seen


for _ in range(3):
    manager = Manager()
    print(shown(leave, 6000, manager, [-1, -1, 3]), told(manager))
print(locked(6000, threading.Lock()), generated(3000), blocks(300))
for values in ([-1, 5000, 3], [0, -1, 5], [1, 2, 3], [-1, 0, 0]):
    for manager in (Manager(), Manager((ZeroDivisionError,)), Manager(fails=("enter", 900)), Manager((ZeroDivisionError,), ("exit", 900))):
        print(shown(leave, 5500, manager, values), told(manager)[:2], manager.seen[-1:])
print(shown(leave, 9, 5, [1, 1, 1]), shown(leave, 9, object(), [1, 1, 1]))
Manager.__enter__ = lambda self: 5
print(shown(leave, 3000, Manager(), [-1, -1, 3]))
del Manager.__exit__
print(shown(leave, 3000, Manager(), [-1, -1, 3])[0])
print(locked(6000, threading.Lock()), generated(3000), blocks(300))
