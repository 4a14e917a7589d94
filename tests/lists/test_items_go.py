"""Items go out of lists natively, and somebody hears of the last ones: the end comes once, and when it does plain."""

import pytest

import framejit

SOURCE = """
notes = []

class Loud:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        notes.append(self.n)

def removed(items):
    n = 0
    while items:
        items.remove(items[0])
        n += 1
    return n

def take(items):
    x = items.pop()
    return 1

def taken(items):
    s = 0
    while items:
        s += take(items)
        notes.append("turn")
    return s

def cleared(items):
    a = items[:]
    b = items[:]
    items.clear()
    return len(a) + len(b)

def all_cleared(lists):
    s = 0
    for items in lists:
        s += cleared(items)
        notes.append("turn")
    return s

def some_kept(items, keep):
    a = items[:]
    while items:
        x = items.pop()
        if x.n > 5:
            keep.append(x)
    return len(a)

def all_kept(lists):
    s, keep = 0, []
    for items in lists:
        s += some_kept(items, keep)
        notes.append("turn")
    return s, len(keep)

def sorts(items):
    for k in range(4):
        items.sort()
    return len(items)

class Less:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        notes.append((self.n, other.n))
        return self.n < other.n
"""
CALLS = {
    "removed": ("[(k,) for k in range(50)]", "[(Loud(k),) for k in range(5)]"),
    "taken": ("[k * 0.5 for k in range(50)]", "[Loud(k) for k in range(5)]"),
    "all_cleared": ("[[k] for k in range(50)]", "[[Loud(k)] for k in range(5)]"),
    "all_kept": ("[[Loud(k) for k in range(9)] for _ in range(4)]", "[[Loud(k) for k in range(9)] for _ in range(4)]"),
    "sorts": ("[(2,), (1,)]", "[(), (Less(2),), (Less(1),)]"),
}


@pytest.mark.parametrize("name", CALLS)
def test_ends_are_heard_once(name):
    seen = []
    for compiled in (False, True):
        space = {}
        exec(SOURCE, space)
        function = framejit.jit(space[name]) if compiled else space[name]
        for text in CALLS[name] * 2:
            space["notes"].append((text, function(eval(text, space))))
        seen.append(space["notes"])
    assert seen[1] == seen[0]
