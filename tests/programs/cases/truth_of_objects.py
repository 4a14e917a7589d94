# native: loop
# Objects whose truth, length, equality and order are asked by nobody but the program: whoever else asks is heard.

import sys

heard = []


def called_by(name):
    frame = sys._getframe(2)
    if frame.f_code.co_filename != __file__:
        heard.append((name, frame.f_code.co_name))


class Asked:
    made = 0

    def __init__(self, tag):
        self.tag = tag
        Asked.made += 1

    def __del__(self):
        Asked.made -= 1

    def __getitem__(self, place):
        return Asked(self.tag + place)

    def __bool__(self):
        called_by("bool")
        return False

    def __len__(self):
        called_by("len")
        return 0

    def __eq__(self, other):
        called_by("eq")
        return True

    def __lt__(self, other):
        called_by("lt")
        return True

    def __hash__(self):
        called_by("hash")
        return 1

    def __repr__(self):
        called_by("repr")
        return "Asked"

    def __iter__(self):
        called_by("iter")
        return iter(())


class Other(Asked):
    pass


def made_anew(n):
    for k in range(n):
        x = Asked(1)
        x = x[k]
        x = None
    return Asked.made


def changed(n, kinds):
    for k in range(n):
        x = kinds[k & 1](k)
        x.tag = x.tag + 1
    return x.tag


def held(n, items):
    total = 0
    for k in range(n):
        for item in items:
            total += item.tag
        one, *rest = items
        items = [*rest, one]
        pair = (one, rest[0])
        total += pair[k & 1].tag
    return total


def passed(x):
    return x.tag


def calls(n, items):
    return sum([passed(item) for item in items for _ in range(n)])


def within(n, table):
    total = 0
    for k in range(n):
        for name, item in table.items():
            total += item.tag
        table["a"], table["b"] = table["b"], table["a"]
    return total


for n in (1, 2, 300, 3000, 3000):
    items = [Asked(1), Other(2), Asked(3)]
    print(made_anew(n), changed(n, (Asked, Other)), changed(n, (Other, Asked)), changed(n, (Asked, Asked)), held(n, items), calls(n, items), within(n, {"a": items[0], "b": items[1]}))
print(heard, Asked.made)
