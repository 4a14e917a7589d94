"""Things change behind the compiler's back: in calls, in finalizers, in operators of other classes."""

import sys
import weakref

from attacked import attempt, compiled, say

table = [1, 2, 3, 4, 5, 6, 7, 8]
factor = 3


class Dying:
    def __init__(self, action):
        self.action = action

    def __del__(self):
        self.action()


@compiled
def list_shrinks_in_a_call(values, act, n):
    total = 0
    for i in range(n):
        act(values, i)
        total += values[i % len(values)]
    return total, len(values)


def shrink(values, i):
    if i % 50 == 49 and len(values) > 3:
        del values[2:]
        values += [i, i + 1]


attempt(list_shrinks_in_a_call, lambda: ([1] * 100, shrink, 400))


@compiled
def type_changes_in_a_call(values, act, n):
    total = 0
    for i in range(n):
        act(values, i)
        total += values[3]
    return total


def to_float(values, i):
    if i == 200:
        values[3] = 0.5
    if i == 300:
        values[3] = 2 ** 70
    if i == 350:
        values[3] = True


attempt(type_changes_in_a_call, lambda: ([1, 2, 3, 4, 5], to_float, 400))


@compiled
def global_changes_in_a_call(act, n):
    total = 0
    for i in range(n):
        act(i)
        total += factor * i
    return total


def change_factor(i):
    global factor
    factor = {100: 4.5, 200: 7, 300: 2 ** 65, 350: 1}.get(i, factor)


attempt(global_changes_in_a_call, lambda: (change_factor, 400))


@compiled
def global_vanishes(act, n):
    total = 0
    for i in range(n):
        act(i)
        total += table[i % 8]
    return total


def remove_table(i):
    if i == 123:
        global table
        del table


attempt(global_vanishes, lambda: (remove_table, 400))
table = [1, 2, 3, 4, 5, 6, 7, 8]


@compiled
def death_by_rebinding(n):
    seen = []
    held = None
    for i in range(n):
        held = Dying(lambda: seen.append(i))
        if i % 100 == 3:
            held = None
            seen.append("after")
    return seen[:12], len(seen)


attempt(death_by_rebinding, lambda: (500,))


@compiled
def death_in_a_store(values, log, n):
    total = 0
    for i in range(n):
        values[i % 4] = i
        total += len(log)
    return total


def with_a_bomb():
    values, log = [0, 0, 0, 0], []
    values[2] = Dying(lambda: (log.append("boom"), values.clear(), values.extend([9] * 5)))
    return values, log, 300


attempt(death_in_a_store, with_a_bomb)


@compiled
def death_changes_caller(log, n):
    held = Dying(lambda: log.append(sys._getframe(1).f_code.co_name))
    for i in range(n):
        if i == n // 2:
            held = i
    return held, list(log)


attempt(death_changes_caller, lambda: ([], 3000))


@compiled
def weak_reference(n):
    results = []
    thing = Dying(lambda: results.append("dead"))
    watch = weakref.ref(thing)
    for i in range(n):
        if i == n - 2:
            del thing
            results.append(watch() is None)
    return results


attempt(weak_reference, lambda: (3000,))


class Operand:
    def __init__(self, log):
        self.log = log

    def __radd__(self, other):
        self.log.append(other)
        return other + 1

    def __lt__(self, other):
        self.log.append("lt")
        return other % 2 == 0

    def __bool__(self):
        self.log.append("bool")
        return len(self.log) % 3 == 0

    def __index__(self):
        self.log.append("index")
        return len(self.log) % 4


@compiled
def operators_of_others(operand, values, n):
    total = 0
    for i in range(n):
        total = total + operand
        if operand < i:
            total += 2
        if operand:
            total += values[operand]
        values[operand] += 1
    return total


def with_operand():
    log = []
    return Operand(log), [1, 2, 3, 4], 300


attempt(operators_of_others, with_operand)


@compiled
def sort_with_a_key_that_looks(values, n):
    lengths = []
    for i in range(n):
        values.append(n - i)
        if i % 64 == 63:
            try:
                values.sort(key=lambda item: (lengths.append(len(values)), item)[1])
            except ValueError as error:
                lengths.append(str(error))
    return sum(length for length in lengths if type(length) is int), values[:5]


attempt(sort_with_a_key_that_looks, lambda: ([], 256))


@compiled
def list_grows_while_iterated(values, act):
    total = 0
    for value in values:
        total += value
        act(values, total)
    return total


def grow(values, total):
    if len(values) < 1000:
        values.append(total % 7)


attempt(list_grows_while_iterated, lambda: ([1, 2, 3], grow))
attempt(list_grows_while_iterated, lambda: ([1, 2, 3] * 100, lambda values, total: values.pop()))
attempt(list_grows_while_iterated, lambda: ([1, 2, 3] * 100, lambda values, total: values.clear() if total > 50 else None))
say(sys.getrefcount(None) > 100)
