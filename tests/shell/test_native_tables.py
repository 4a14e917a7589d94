"""Dictionaries, sets, strings and named tuples in functions that are called natively: without call-outs, and seen as plain where it leaves."""

import gc
from collections import OrderedDict

import pytest

import framejit
from tests.shell.test_native_calls import counters, program

TABLES = """
PRICES = {"apple": 3, "pear": 5, "plum": 7}

def price(name, k):
    return PRICES[name] * k

def count(counts, word):
    counts[word] = counts.get(word, 0) + 1
    return counts[word]

def cell(cells, x):
    if x in cells:
        cells[x] += 2
    else:
        cells[x] = x * 1000
    return cells[x]

def first_time(seen, x):
    if x in seen:
        return False
    seen.add(x)
    return True

def loop(names, counts, cells, seen, n):
    s = 0
    for k in range(n):
        name = names[k % 3]
        s += price(name, k) + count(counts, name) + cell(cells, k % 100) + first_time(seen, k % 50 * 3) + len(counts)
    return s
"""
BANK = """
class Bank:
    def __init__(self):
        self.accounts = {"ann": 100.0, "bob": 50.0}
        self.names = ["ann", "bob"]

    def deposit(self, name, amount):
        self.accounts[name] += amount

    def transfer(self, source, target, amount):
        if self.accounts[source] < amount:
            return False
        self.accounts[source] -= amount
        self.deposit(target, amount)
        return True

def loop(bank, n):
    made = 0
    for k in range(n):
        names = bank.names
        if bank.transfer(names[k % 2], names[1 - k % 2], k % 7 * 1.5):
            made += 1
    return made, bank.accounts["ann"], bank.accounts["bob"]
"""
TOKENS = """
def kind_of(c):
    if c.isdigit():
        return 1
    if c.isalpha() or c == "_":
        return 2
    if c in " \\t":
        return 3
    return 4

def loop(text, n):
    s = 0
    for k in range(n):
        s += kind_of(text[k % len(text)])
    return s
"""
WORDS = """
def value_of(word):
    return int(word) if word.isdigit() else len(word)

def summed(line):
    total = 0
    for word in line.split():
        total += value_of(word)
    return total

def vowels(text):
    count = 0
    for c in text:
        if c in "aeiou":
            count += ord(c)
    return count

def loop(text, n):
    s = 0
    for k in range(n):
        s += summed(text) + vowels(text)
    return s
"""
LABELS = """
def label(name, k, x):
    return f"{name}:{k:04d}={x:.3f}"

def described(name, k):
    return name.upper() + "-" + str(k) + "/" + name.strip().title() * 2

def loop(name, n):
    s = 0
    for k in range(n):
        s += len(label(name, k, k * 0.5)) + described(name, k).find("/")
    return s
"""
WALKS = """
def total(table, m):
    s = 0
    for key, value in table.items():
        s += value * m + key
    for value in table.values():
        s -= value
    return s

def longest(words, known):
    best = ""
    for word, (count, weight) in words.items():
        if len(word) > len(best) and count * weight > 1.0:
            best = word
    for word in known:
        if word > best:
            best = word
    return best

def edges(graph):
    count = 0
    for node in graph:
        for other in graph[node]:
            if other in graph:
                count += 1
    return count

def loop(table, words, known, graph, n):
    s = 0
    for k in range(n):
        s += total(table, k) + len(longest(words, known)) + edges(graph)
    return s
"""
DEFAULTS = """
from collections import defaultdict

def tally(counts, word):
    counts[word] += 1
    return counts[word]

def grouped(groups, k):
    groups[k % 7].append(k * 2)
    return len(groups[k % 7])

def weighed(weights, marks, name, k):
    weights[name] += k * 0.5
    marks[k % 5].add(k)
    return weights[name] + len(marks)

def loop(counts, groups, weights, marks, words, n):
    s = 0
    for k in range(n):
        word = words[k % 3]
        s += tally(counts, word) + grouped(groups, k) + weighed(weights, marks, word, k) + tally(counts, k % 100)
    return s
"""
PAIRS = """
from collections import defaultdict

def paths(memo, r, c):
    if r == 0 or c == 0:
        return 1
    if (r, c) in memo:
        return memo[r, c]
    memo[r, c] = s = paths(memo, r - 1, c) + paths(memo, r, c - 1)
    return s

def neighbours(cells, counts, x, y):
    n = 0
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            if (x + dx, y + dy) in cells:
                n += 1
                counts[x, y] += 1
    return n

def weight(weights, a, b):
    return weights[a, b] if (a, b) in weights else weights.get((b, a), 0.5)

def loop(memo, cells, counts, weights, names, seen, n):
    s = 0
    for k in range(n):
        s += paths(memo, k % 7, k % 5) + neighbours(cells, counts, k % 6, k % 4) + weight(weights, names[k % 3], names[k % 2])
        seen.add((k % 11, k % 7))
    return s
"""
EMPTIED = """
def drop(queue, key):
    value = queue[key]
    del queue[key]
    return value

def take(queue, key):
    return queue.pop(key) + 1

def loop(queue, names, n):
    s = 0
    for k in range(n):
        queue[k] = k * 3
        name = names[k % 3]
        queue[name] = k
        s += drop(queue, k) + take(queue, name) + len(queue)
    return s
"""
SLICES = """
def word_end(text, at):
    while at < len(text) and text[at] != " ":
        at += 1
    return at

def folded(text):
    found, at = 0, 0
    while at < len(text):
        end = word_end(text, at)
        word = text[at:end]
        found += len(word) + (word[:2] == "ab") + len(text[end:])
        at = end + 1
    return found

def loop(text, n):
    s = 0
    for k in range(n):
        s += folded(text) + len(text[k % 5:-1])
    return s
"""
POINTS = """
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y", defaults=(2.5,))

class Size(NamedTuple):
    width: float
    name: str = "none"

def moved(p, dx):
    return Point(p.x + dx, y=p.y - 1.0)

def sized(x):
    return Size(x)

def loop(n):
    p = Point(0.5)
    s = 0.0
    for k in range(n):
        p = moved(p, 1.0)
        s += p.x * p.y + sized(p.x).width
    return s, p
"""
PROGRAMS = {
    "tables": (TABLES, "names, {}, {}, set(), 3000", "names = ['apple', 'pear', 'plum']"), "bank": (BANK, "Bank(), 3000", ""), "tokens": (TOKENS, "'x_1 = y + 22', 3000", ""),
    "words": (WORDS, "'alpha 12 beta 7', 600", ""), "labels": (LABELS, "' abc ', 3000", ""), "points": (POINTS, "3000", ""),
    "slices": (SLICES, "'abc de abd x', 600", ""),
    "emptied": (EMPTIED, "{5.5: 1}, ['a', 'b', 'c'], 3000", ""),
    "pairs": (PAIRS, "{}, {(1, 2), (2, 2), (4, 3)}, defaultdict(int), {('a', 'b'): 1.5, ('c', 'a'): 2.5}, ['a', 'b', 'c'], set(), 3000", ""),
    "defaults": (DEFAULTS, "defaultdict(int), defaultdict(list), defaultdict(float), defaultdict(set), ['a', 'b', 'c'], 3000", ""),
    "walks": (WALKS, "TABLE, WORDS, {'pear', 'zebra'}, {1: [2, 3], 2: [3, 1], 3: [7]}, 600", "TABLE, WORDS = {k: 3 * k for k in range(40)}, {'a': (1, 0.5), 'apple': (4, 0.5), 'fig': (2, 3.0)}"),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_without_call_outs(name):
    source, arguments, before = PROGRAMS[name]
    plain, space = program(source), program(source, "loop")
    for one in (plain, space):
        exec(before, one)
        one["given"] = [eval(arguments, one) for _ in range(6)]
    for turn in range(5):
        expected = plain["loop"](*with_sequence(plain["given"][turn]))
        assert repr(space["loop"](*with_sequence(space["given"][turn]))) == repr(expected)
    gc.collect()                # none is due while native calls are counted
    before = counters()
    space["loop"](*with_sequence(space["given"][5]))
    assert counters()[0] == before[0]
    assert counters()[1] - before[1] <= 2


def with_sequence(given):
    return given if type(given) is tuple else (given,)


def test_methods_that_variables_hold():
    def collected(n):
        found, seen, counts = [], set(), {}
        append, add, get = found.append, seen.add, counts.get
        for k in range(n):
            append(k * 0.5)
            add(k % 7)
            counts[k % 11] = get(k % 11, 0) + 1
        return found, seen, counts

    made = framejit.jit(collected)
    for _ in range(4):
        assert made(300) == collected(300)
    before = framejit.stats()
    assert made(3000) == collected(3000)
    after = framejit.stats()
    assert after["exits"] == before["exits"] and after["callouts"] - before["callouts"] < 10
