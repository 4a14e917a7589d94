"""Exceptions in the middle of things; locals, positions, contexts and chains as they must be."""

import sys

from attacked import attempt, compiled, say


@compiled
def middle_of_a_comprehension(values):
    total = 0
    for i in range(300):
        total += i
    return [10 // value for value in values], total


attempt(middle_of_a_comprehension, lambda: ([5, 2, 1, 0, 4],))
attempt(middle_of_a_comprehension, lambda: ([5, 2, 1],))


@compiled
def in_an_unpacking(pairs):
    total = 0
    a = b = -1
    for pair in pairs:
        a, b = pair
        total += a * b
    return total


attempt(in_an_unpacking, lambda: ([(1, 2)] * 400 + [(1, 2, 3)],))
attempt(in_an_unpacking, lambda: ([(1, 2)] * 400 + [(1,)],))
attempt(in_an_unpacking, lambda: ([(1, 2)] * 400 + [[3, 4], "ab"],))
attempt(in_an_unpacking, lambda: ([(1, 2)] * 400 + [5],))


@compiled
def in_an_augmented_assignment(values, n):
    for i in range(n):
        values[i] += 10 // (n - 5 - i)
        values[i] *= 2
    return values


attempt(in_an_augmented_assignment, lambda: ([1] * 300, 250))
attempt(in_an_augmented_assignment, lambda: ([1] * 100, 250))
attempt(in_an_augmented_assignment, lambda: ([1] * 100 + ["x"] * 40, 250))


@compiled
def caught_in_the_loop(values, n):
    failures = 0
    last = None
    for i in range(n):
        try:
            last = values[i] // (i % 7)
        except ZeroDivisionError as error:
            failures += 1
            kept = error
        except IndexError:
            return failures, last, i, str(kept)
        else:
            failures += 2
        finally:
            failures += 1000
    return failures, last


attempt(caught_in_the_loop, lambda: (list(range(500)), 400))
attempt(caught_in_the_loop, lambda: (list(range(300)), 400))


@compiled
def finally_with_continue_and_return(n):
    log = 0
    i = 0
    while i < n:
        i += 1
        try:
            if i % 3 == 0:
                continue
            if i == n - 4:
                return log, i
            log += i
        finally:
            log += 1
            if i % 10 == 9:
                continue
    return log


attempt(finally_with_continue_and_return, lambda: (400,))


@compiled
def context_is_kept(values):
    try:
        total = 0
        for value in values:
            total += 100 // value
        return total
    except ZeroDivisionError:
        for value in values:
            total += values[value + total]
        return total


attempt(context_is_kept, lambda: ([1, 2, 3] * 100 + [0],))


class Manager:
    def __init__(self, log, swallow):
        self.log, self.swallow = log, swallow

    def __enter__(self):
        self.log.append("in")
        return len(self.log)

    def __exit__(self, kind, error, traceback):
        self.log.append((kind, str(error), traceback and traceback.tb_lineno))
        return self.swallow


@compiled
def with_in_a_loop(manager, n):
    total = 0
    for i in range(n):
        with manager as number:
            total += number
            if i % 50 == 49:
                total // (i - i)
            if i % 70 == 69:
                continue
            if i == n - 3:
                break
            total += 1
    return total, manager.log[-6:]


attempt(with_in_a_loop, lambda: (Manager([], True), 300))
attempt(with_in_a_loop, lambda: (Manager([], False), 300))


@compiled
def frames_of_a_kept_exception(n):
    kept = None
    x = 0.5
    for i in range(n):
        x = x * 1.5 + i
        try:
            if i == n // 2:
                raise KeyError(i)
        except KeyError as error:
            kept = error
    return kept.__traceback__.tb_lineno, kept.__traceback__.tb_frame.f_lineno, sorted(kept.__traceback__.tb_frame.f_locals), x


attempt(frames_of_a_kept_exception, lambda: (300,))


@compiled
def unbound_after_del(n):
    a = 1
    for i in range(n):
        if i == 200:
            del a
        if i < 200:
            a += i
    return a


attempt(unbound_after_del, lambda: (300,))
attempt(unbound_after_del, lambda: (100,))


@compiled
def reraised(values):
    out = []
    for value in values:
        try:
            try:
                out.append(1 / value)
            except ZeroDivisionError:
                out.append("again")
                raise
        except ArithmeticError as error:
            out.append((type(error).__name__, error.__traceback__.tb_lineno, error.__context__ is None))
    return out[-5:], sys.exc_info()


attempt(reraised, lambda: ([1, 2.0, 4] * 80 + [0, 0.0, 2],))


@compiled
def stop_iteration_inside(iterator, n):
    total = 0
    for i in range(n):
        total += next(iterator)
    return total


attempt(stop_iteration_inside, lambda: (iter(range(100)), 200))


@compiled
def asserted(values):
    total = 0
    for value in values:
        assert value < 100, f"too large: {value} at {total}"
        total += value
    return total


attempt(asserted, lambda: ([1, 2, 3] * 100 + [100],))


@compiled
def recursion(n):
    if n == 0:
        return 0
    return recursion(n - 1) + 1


attempt(recursion, lambda: (500,))


def depth_reached(limit):
    deepest = 0

    @compiled
    def down(n):
        nonlocal deepest
        deepest = n
        return down(n + 1) + 1

    try:
        down(0)
    except RecursionError as error:
        return deepest, str(error)


@compiled
def plain_down(n):
    reached[0] = n
    return plain_down(n + 1) + 1


reached = [0]
say(depth_reached(0))
for turn in range(3):
    try:
        plain_down(0)
    except RecursionError as error:
        entries, entry = 0, error.__traceback__
        while entry:
            entries, entry = entries + 1, entry.tb_next
        say(reached[0], error, entries)
