# native: entry
# Dictionaries whose values are ints, then objects of the program's: looking at the values at hand runs none of its code.

SEEN = []


class Amount:
    def __init__(self, value):
        self.value = value

    def __abs__(self):
        SEEN.append("abs")
        return self

    def __gt__(self, other):
        SEEN.append("gt")
        return True

    __lt__ = __gt__


def item(table, key):
    return table[key]


def total(table, n):
    found = 0
    for k in range(n):
        found += item(table, 0) + table.get(1, 3) + table.get("none", 1)
    return found


print(total({0: 4, 1: 2 ** 40, "a": Amount(1), "b": {}, "c": 2.5}, 1000000))
print(total({0: 4, 1: 2.5, "a": "text"}, 1000000), SEEN)
