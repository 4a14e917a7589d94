# native: loop
# Lists asked who is in them, added up, sorted, grown and shrunk in hot loops: items with opinions of their own, NaN, numbers beyond 64 bits, ends with a sound.
import traceback

NAN = float("nan")


class Loud:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("ends", self.number)


class Equal:
    """Equal to what it says it is equal to, and counts how often it is asked."""

    asked = 0

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        Equal.asked += 1
        if self.value == "fails":
            raise LookupError("asked")
        return self.value == other

    def __repr__(self):
        return f"Equal({self.value!r})"

    def __lt__(self, other):
        print("less?", self.value)
        return self.value < other.value

    def __add__(self, other):
        return self.value + other

    __radd__ = __add__


class Word(str):
    def __eq__(self, other):
        print("word?", other)
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def members(items, words, n):
    s = 0
    for k in range(n):
        s += (k % 7 in items) + (k * 0.5 in items) * 2 + (k not in items)
        s += (words[k % 3] in words) + ("b" in words) * 3 + ("zz" in words) + (None in items)
        s += (k % 2 == 0) in items
        if words[k % 3] in ("a", "c"):
            s += 10
        if (k % 3, "x") in items or (1, 2) in items:
            s += 100
    return s


def places(items, n):
    s = 0
    for k in range(n):
        s += items.index(items[k % 4]) + items.count(k % 5) * 10 + items.count(2.0)
    return s


def sums(items, n):
    s = t = 0
    for k in range(n):
        s += sum(items) + max(items) - min(items)
        t = max(items), min(items), sum(items)
        items[k % len(items)] += 1
    return s, t


def orders(items, n):
    s = []
    for k in range(n):
        part = sorted(items)
        items.append(items[k % 5])
        items.reverse()
        del items[k % 3]
        part.extend(items)
        part += part
        part.sort()
        s = part[:3] + list(part[-2:]) + list(tuple(part)[1:2])
        part.clear()
        assert not part
    return s, items


def grows(items, other, n):
    mine = items
    for k in range(n):
        items += other
        items += (k, k + 1)
        items += items[:2]
        while len(items) > 10:
            del items[-1]
            items.remove(items[0])
    return mine is items, items


def helped(l, x):
    return x in l, sum(l), sorted(l)[0], l.count(x)


def calls(n):
    s, l = 0, [3, 1, 2]
    for k in range(n):
        a, b, c, d = helped(l, k % 4)
        s += a + b + c + d
    return s


def attempt(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception:
        print(traceback.format_exc())


attempt(members, [1, 2.5, "a", None, (1, "x")], ["a", "b", "c"], 900)
attempt(members, [2**70, True, 3.0, (0, "x")], ["a", "b", "c"], 900)
attempt(members, [Equal(3), 5], ["a", "b", "c"], 900)
print(Equal.asked)
attempt(members, [1, 2, Equal("fails")], ["a", "b", "c"], 900)
attempt(members, [1, 2], ["a", Word("b"), "c"], 3)
attempt(places, [1, 2, 3, 4, 2.0], 900)
attempt(places, [NAN, NAN, 2, float("nan")], 900)
attempt(places, [1, 2**64, 2.0, True], 900)


def absent(n):
    items = list(range(20))
    for k in range(n):
        items.index(k % 23) if k > 500 else items.index(k % 20)


attempt(absent, 900)
attempt(sums, [1, 2, 3], 900)
attempt(sums, [0.1, 0.2, 0.3, 1e16, -1e16], 900)
attempt(sums, [1, 2.5, 3], 900)
attempt(sums, [2**62, 2**62, 5], 900)
attempt(sums, [True, False, 7], 3)
attempt(sums, [NAN, 1.0, 2.0], 900)
attempt(sums, ["a", "b"], 9)
attempt(sums, [Equal(1), Equal(2)], 2)
attempt(orders, [5, 3, 9, 1, 7, 2], 900)
attempt(orders, [5.0, 3, 9, True, 7, 2], 900)
attempt(orders, ["b", "c", "a", "d", "e"], 900)
attempt(orders, [(2, "b"), (1, "z"), (2, "a"), (0, "q"), (2, "b")], 900)
attempt(orders, [5, "a", 3, 4, 6, 7], 9)
attempt(orders, [(1, "a"), (1, 2), (3, "b"), (4, "c"), (5, "d")], 9)
attempt(orders, [Equal(3), Equal(1), Equal(2)], 1)
attempt(grows, [1, 2, 3], [7, 8], 600)
attempt(grows, [1.5], [7, "x"], 600)
attempt(grows, [1, 2, 3], {5: 6}, 2)
attempt(grows, [1], 5, 2)
attempt(calls, 900)


def ends(n):
    items = [Loud(-1)]
    for k in range(n):
        items.append(Loud(k) if k % 400 == 399 else k)
        if len(items) > 3:
            del items[0]
        if k % 301 == 300:
            items.clear()
        if k % 97 == 96:
            items += [Loud(k + 10000)] if k % 194 == 193 else [k]
            items.remove(items[-1])
    return len(items)


attempt(ends, 1500)


def shared(n):
    """What was found is the very object."""
    big = [10**6 + k for k in range(5)]
    one = None
    for k in range(n):
        one = max(big)
        other = min(big)
    return one is big[4], other is big[0]


attempt(shared, 900)


def equals(n):
    """Of equal items the first one counts."""
    items, found = [1, 1.0, True], None
    for k in range(n):
        found = max(items), min(items), sorted(items), items.index(1.0)
    return found


attempt(equals, 900)
