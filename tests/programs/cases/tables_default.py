# native: loop
# setdefault, and pop with something to give where there is no such key: items new and old, keys of every kind, ends with a sound, functions that loops call.
import traceback
from collections import Counter, OrderedDict, defaultdict

WORDS = ["ab", "cd", "ef", "gh", "ab", "ij", "cd"]


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


class Key:
    asked = 0

    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        Key.asked += 1
        if Key.asked == 700:
            raise ValueError("not today")
        return self.value == other


def attempt(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception:
        print(traceback.format_exc())


def groups(words, n):
    found = {}
    for k in range(n):
        found.setdefault(words[k % len(words)], []).append(k)
    return {word: (len(items), items[-1], sum(items)) for word, items in found.items()}


def by_number(n):
    found, total = {}, 0
    for k in range(n):
        total += found.setdefault(k * 7 % 31, k)
        found.setdefault(1000 + k % 3)
    return found, total


def by_pair(n):
    found = {}
    for k in range(n):
        pair = (k % 3, WORDS[k % 7])
        found.setdefault(pair, []).append(k)
        found.setdefault((k % 2, k % 5), []).append(0.5)
    return [(pair, len(items)) for pair, items in found.items()]


def floats(n):
    """What was put there is the object that was given."""
    found, value = {}, 0.0
    for k in range(n):
        value = k * 0.25
        one = found.setdefault(k % 50, value)
        other = found.setdefault(k % 50, value)
        if one is not other:
            return "another", k
    return found[49], sum(found.values()), found[7] is found.setdefault(7, value)


def kinds(n):
    found = {1: "a", 2: 2.5, 3: None, 4: [1]}
    seen = 0
    for k in range(n):
        one = found.setdefault(k % 9, k if k % 2 else "text")
        seen += 1 if one is None else 2 if one == "text" else 3
    return seen, found


def popped(n):
    table, total = {}, 0
    for k in range(n):
        table[k % 17] = k
        total += table.pop(k % 23, 1000)
        total += table.pop("none", 1)
    return total, table


def popped_texts(n):
    table, found = {}, []
    for k in range(n):
        if k % 3:
            table[WORDS[k % 7]] = str(k)
        one = table.pop(WORDS[k % 5], None)
        if one is not None:
            found.append(one)
    return len(found), found[-3:], table


def ends(n):
    table = {}
    for k in range(n):
        if k % 250 == 249:
            table.setdefault("loud", Loud(k))
            table.setdefault("loud", Loud(-k))
        if k % 500 == 499:
            table.pop("loud", None)
        table.setdefault(k % 5, k)
        table.pop(k % 7, None)
    return table


def odd_keys(n):
    table = {Key(3): "three", Key("cd"): "text"}
    for k in range(n):
        table.setdefault(k % 5, k)
        table.setdefault(WORDS[k % 7], k)
        table.pop(k % 4, None)
    return sorted(map(str, table.values()))


def no_keys(n):
    table = {}
    for k in range(n):
        table.setdefault(k % 5, k)
        if k > 600:
            table.setdefault([k], 1)
    return table


def absent(n):
    table = {k: k for k in range(10)}
    for k in range(n):
        table.pop(k, 0)
        table[k] = k
        if k > 600:
            table.pop(k + 1)
    return table


def helped(table, key, k):
    table.setdefault(key, []).append(k)
    return table.setdefault("count", 0), len(table.pop(k - 40, ()))


def calls(n):
    table, total = {}, 0
    for k in range(n):
        count, gone = helped(table, k, k * 0.5)
        total += count + gone
    return total, len(table), table[n - 1]


def of_kind(table, n):
    for k in range(n):
        table.setdefault(k % 6, k)
        table.pop(k % 11, 0)
        if k % 100 == 0:
            table.setdefault(k, None)
    return table


class Own(dict):
    def setdefault(self, key, value=None):
        return super().setdefault(key, (value, "own"))


attempt(groups, WORDS, 900)
attempt(groups, [1, 2, 300, "x", 2.5, (1, 2)], 900)
attempt(by_number, 900)
attempt(by_pair, 900)
attempt(floats, 900)
attempt(kinds, 900)
attempt(popped, 900)
attempt(popped_texts, 900)
attempt(ends, 1100)
attempt(odd_keys, 900)
attempt(no_keys, 900)
attempt(absent, 900)
attempt(calls, 900)
for table in ({}, defaultdict(list), Counter(), OrderedDict(), Own()):
    attempt(of_kind, table, 600)

table, keys = {}, []
for k in range(900):
    table.setdefault(k % 13, []).append(k)
    keys.append(table.pop(k % 26, None))
print(len(table), sum(map(len, filter(None, keys))))

setdefault = {}.setdefault
for k in range(900):
    setdefault(k % 9, []).append(k)
print(setdefault(3, 0)[-1])
