# native: loop
# `with` over instances of the program's classes, whose methods native code calls: left in every way, changed and rebound meanwhile, with ends that are heard.
import sys
import traceback


class Counting:
    def __init__(self, start=0):
        self.entered = start
        self.left = 0

    def __enter__(self):
        self.entered += 1
        return self

    def __exit__(self, kind, error, trace):
        self.left += 1
        return kind is ZeroDivisionError


class Scaled(Counting):
    def __enter__(self):
        self.entered += 2
        return self.entered * 0.5


class Heard(Counting):
    def __del__(self):
        ends.append((self.entered, self.left))


ends = []


def plain(manager, count):
    total = 0
    for k in range(count):
        with manager:
            total += k
            if k % 7 == 0:
                continue
            total -= 1
    return total, manager.entered, manager.left


def named(manager, count):
    total = 0.0
    for k in range(count):
        with manager as value:
            total += value
    return total, value


def nested(first, second, count):
    total = 0
    for k in range(count):
        with first as one, second:
            total += one.entered
            if k == count - 3:
                break
            try:
                total += 10 // (k % 9)
            finally:
                total += 1
    return total, first.left, second.left


def rebound(manager, count):
    notes = []
    for k in range(count):
        with manager as entered:
            if k % 50 == 49:
                manager = Heard(k)
            if k % 100 == 99:
                notes.append((k, len(ends), entered.entered))
    return notes, ends[-2:]


def temporary(count):
    total = 0
    for k in range(count):
        with Heard(k) as entered:
            total += entered.left + len(ends)
        if k % 3 == 0:
            with Counting(k) as entered:
                total += entered.entered
    return total, len(ends)


def returning(manager, count):
    for k in range(count):
        with manager:
            if k == count - 2:
                return k, manager.entered, manager.left


def changed(manager, count):
    total = 0
    for k in range(count):
        with manager as entered:
            total += 1
            if k == count // 2:
                Counting.__exit__ = lambda self, *error: ends.append(len(error))
        total += manager.left
    return total, len(ends)


def raising(manager, count):
    for k in range(count):
        with manager:
            if k == count - 1:
                raise LookupError(k)


COUNT = 60000
for _ in range(3):
    print(plain(Counting(), COUNT), named(Scaled(), COUNT), nested(Counting(), Counting(5), 20000))
    print(returning(Counting(), COUNT), rebound(Counting(), 3000)[0][-3:], temporary(5000))
    ends.clear()
    try:
        raising(Counting(), 20000)
    except LookupError as error:
        print([(entry.name, entry.lineno, entry.colno) for entry in traceback.extract_tb(error.__traceback__)], error.__traceback__.tb_next.tb_frame.f_locals["manager"].left)
print(changed(Counting(), 20000))
print(sys.exc_info())
