"""Lists, tuples, dictionaries and arrays: aliasing, mutation while iterating, odd subclasses, odd assignments."""

from attacked import attempt, compiled, say


class Int(int):
    def __add__(self, other):
        return "added"

    __radd__ = __add__

    def __index__(self):
        return 1


class Float(float):
    def __mul__(self, other):
        return Float(float(self) * float(other) + 1)


class List(list):
    def __getitem__(self, index):
        return 77

    def __setitem__(self, index, value):
        list.__setitem__(self, index, (value, "set"))

    def __len__(self):
        return 2

    def append(self, value):
        list.append(self, -1)

    def __iter__(self):
        return iter([1, 2, 3])


class Dict(dict):
    def __missing__(self, key):
        return 5


@compiled
def swaps(values, n):
    j = 0
    for i in range(n):
        j = (j * 7 + i) % len(values)
        k = i % len(values)
        values[k], values[j] = values[j], values[k]
        values[-1], values[0], values[1] = values[0], values[1], values[-1]
    return values


attempt(swaps, lambda: (list(range(20)), 300))
attempt(swaps, lambda: ([0.5, 1, True, None, "x", (1, 2), 2 ** 80, 1.5], 300))
attempt(swaps, lambda: (List([1, 2, 3]), 30))


@compiled
def chained_assignment(values, n):
    for i in range(n):
        i = values[i % 5] = i + 3
        values[i % 7], i = i, values[i % 3]
        a = b = values[i % 5] = [i]
        values[b[0] % 7] = a[0]
        values[i % 5] = i
    return values, a is b, i


attempt(chained_assignment, lambda: ([0] * 7, 200))


@compiled
def aliases(a, b, n):
    for i in range(n):
        a[i % 4] += b[(i + 1) % 4]
        b[i % 4] = a[i % 4] % 1000003
        if a is b:
            a[0] ^= 1
        a += [i] if i % 50 == 0 else []
    return a, b, a is b


def shared():
    values = [1, 2, 3, 4]
    return values, values, 200


attempt(aliases, shared)
attempt(aliases, lambda: ([1, 2, 3, 4], [5, 6, 7, 8], 200))


@compiled
def operators_on_subclasses(values, n):
    total = 0
    seen = []
    for i in range(n):
        value = values[i % len(values)]
        total = total + value * 2
        if type(total) is not int and type(total) is not float:
            seen.append(total)
            total = 0
        if value == 3 or value < 1:
            seen.append(i)
    return seen[:20], total


attempt(operators_on_subclasses, lambda: ([1, 2, 3, 4], 50))
attempt(operators_on_subclasses, lambda: ([1, Int(5), 3, Float(2.5), True], 50))
attempt(operators_on_subclasses, lambda: (List([1, 2, 3]), 50))
attempt(operators_on_subclasses, lambda: ((Int(3),), 50))


@compiled
def range_of(start, stop, step):
    out = []
    i = None
    for i in range(start, stop, step):
        out.append(i)
        if len(out) > 200:
            break
    else:
        out.append("else")
    return out[:3], out[-3:], i


for arguments in ((0, 10, 1), (10, 0, -1), (10, 0, -3), (0, 0, 1), (0, 10, -1), (2 ** 62, 2 ** 63 + 5, 2 ** 60), (2 ** 63 - 10, 2 ** 63 + 10, 1),
                  (-2 ** 63 + 3, -2 ** 63 - 3, -1), (2 ** 100, 2 ** 100 + 5, 1), (0, 2 ** 64, 2 ** 63), (0, 2 ** 63 - 1, 2 ** 62), (5, -2 ** 63, -2 ** 62), (0, 5, 0),
                  (True, 5, 1), (0, 5, True), (Int(0), 10, 2), (0.0, 5, 1), (0, 10 ** 12, 1)):
    attempt(range_of, lambda: arguments, times=2)


@compiled
def shared_iterator(values):
    iterator = iter(values)
    first = 0
    second = 0
    for value in iterator:
        first += value
        if value % 5 == 0:
            for value in iterator:
                second += value
                if value % 3 == 0:
                    break
    return first, second, list(iterator)


attempt(shared_iterator, lambda: (list(range(300)),))
attempt(shared_iterator, lambda: (range(300),))
attempt(shared_iterator, lambda: (tuple(range(300)),))
attempt(shared_iterator, lambda: ({k: 1 for k in range(100)},))


@compiled
def zips_and_enumerations(a, b, n):
    total = 0
    pairs = []
    for x, y in zip(a, b):
        total += x * y
    for i, x in enumerate(a, n):
        total += i * x
    for i, (x, y) in enumerate(zip(a, reversed(b)), start=-3):
        total += i + x - y
        if i == 4:
            pairs.append((i, x, y))
    for pair in zip(a, b, a):
        pairs.append(pair)
        if len(pairs) > 4:
            break
    return total, pairs, x, y, i


attempt(zips_and_enumerations, lambda: (list(range(100)), list(range(50)), 10))
attempt(zips_and_enumerations, lambda: ([0.5] * 30, list(range(50)), 2 ** 63))
attempt(zips_and_enumerations, lambda: ([1] * 10, [], 0))
attempt(zips_and_enumerations, lambda: ((1, 2, 3), range(5), -1))
attempt(zips_and_enumerations, lambda: ([1, "a", 2], [1, 2, 3], 1))


def zip_uneven_leaves_what():
    a, b = iter([1, 2, 3, 4]), iter([1, 2])
    for pair in zip(a, b):
        pass
    return pair, list(a), list(b)


attempt(compiled(zip_uneven_leaves_what))


@compiled
def dictionary_changes(table, n):
    total = 0
    for i in range(n):
        table[i % 10] = table.get(i % 10, 0) + i
        total += len(table)
    for key in table:
        total += table[key]
        if total % 3 == 0:
            table[key] = 1.5
    for key in table:
        table[key, 1] = 0
    return total


attempt(dictionary_changes, lambda: ({}, 300))
attempt(dictionary_changes, lambda: (Dict(), 300))


@compiled
def starred(values, n):
    total = 0
    for i in range(n):
        first, *middle, last = values
        total += first + len(middle) + last
        values = [last, *middle, first]
        head, *_ = (i, i + 1, i + 2)
        total += head
        total += sum([*range(i % 5), *middle])
    return total, values, middle


attempt(starred, lambda: ([1, 2, 3, 4], 200))
attempt(starred, lambda: ([1], 200))
attempt(starred, lambda: ((1, 2.5), 200))


@compiled
def negative_and_slices(values, n):
    total = 0
    for i in range(n):
        total += values[-1 - i % 5] + values[i % 5 - 5]
        values[-(i % 5) - 1] = total % 100
        part = values[1:3]
        total += part[0]
        values[2:4] = part
        del values[0]
        values.append(i)
    return total, values, values[-6:]


attempt(negative_and_slices, lambda: ([1, 2, 3, 4, 5], 200))
attempt(negative_and_slices, lambda: ([1, 2, 3, 4], 200))


@compiled
def nested_lists(rows, n):
    rows[1] = rows[0]
    for i in range(n):
        rows[i % 3][i % 4] += rows[(i + 1) % 3][(i + 2) % 4]
        if i == n // 2:
            rows[2] = [1.5, 2.5, 3.5, 4.5]
        if i == n - 5:
            rows.append(rows)
    return rows[0] is rows[1], rows[:3], rows[-1] is rows


attempt(nested_lists, lambda: ([[1, 2, 3, 4], [0] * 4, [5] * 4], 40))


@compiled
def repeated(n, what):
    values = [what] * n
    values[n // 2] = 5
    rows = [[what] * 3] * 4
    rows[0][1] = 9
    total = []
    for row in rows:
        for item in row:
            total.append(item is what)
    return values[0] is what, values[n // 2 - 1] is values[n // 2 + 1], rows, total


for what in (0, 1000, 0.5, True, None, 2 ** 70, "s", [1]):
    attempt(repeated, lambda: (100, what), times=2)


@compiled
def membership(values, n):
    hits = 0
    for i in range(n):
        if i in values:
            hits += 1
        if i in (1, 2.0, True, "x"):
            hits += 100
        if i not in range(3, n, 2):
            hits += 10000
    return hits


attempt(membership, lambda: ([1, 5, 7.0, "a"], 50))
attempt(membership, lambda: (range(3, 40, 4), 50))
attempt(membership, lambda: ({1: 2, 3: 4}, 50))
attempt(membership, lambda: (iter(range(40)), 50))
