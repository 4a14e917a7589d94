# native: entry
# Called functions take an argument out of what the caller found it in, and store something in it whose end is heard: it ends with the call, and the
# call is made once.  What two objects share that end together ends with the second of them.

DIED = []


class Loud:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        DIED.append(self.number)


class Box:
    def __init__(self, item):
        self.item = item

    def cut(self, owner, number):
        self.item = Loud(number)
        owner.item = None
        return len(DIED)


class Two:
    def __init__(self, first, second):
        self.first = first
        self.second = second


def lose_attribute(box, owner, number):
    box.item = Loud(number)
    owner.item = None
    return len(DIED)


def lose_item(box, items, number):
    box.item = Loud(number)
    items[0] = None
    return len(DIED) * 7


def lose_both(first, second, owner, number):
    first.item = second.item = Loud(number)
    owner.first = None
    owner.second = None
    return len(DIED)


def attributes(n):
    owner, total = Box(None), 0
    for k in range(n):
        owner.item = Box(k)
        total = (total * 3 + lose_attribute(owner.item, owner, k)) % 1000003
        total = (total * 3 + len(DIED)) % 1000003
    return total


def methods(n):
    owner, total = Box(None), 0
    for k in range(n):
        owner.item = Box(k)
        total = (total * 3 + owner.item.cut(owner, k)) % 1000003
        total = (total * 3 + len(DIED)) % 1000003
    return total


def items(n):
    held, total = [None], 0
    for k in range(n):
        held[0] = Box(k)
        total = (total * 3 + lose_item(held[0], held, k) + len(DIED)) % 1000003
    return total


def both(n):
    owner, total = Two(None, None), 0
    for k in range(n):
        owner.first = Box(k)
        owner.second = Box(k + 1)
        total = (total * 3 + lose_both(owner.first, owner.second, owner, k)) % 1000003
        total = (total * 3 + len(DIED)) % 1000003
    return total


def inner_of(owner):
    outer = owner.item
    inner = outer.item
    owner.item = None
    return len(DIED) + (inner is outer)


def shared_of(owner):
    first = owner.first
    second = owner.second
    owner.first = None
    owner.second = None
    return len(DIED) + (first is second)


def inner(n):
    total = 0
    owners = [Box(Box(Loud(k))) for k in range(n)]
    for owner in owners:
        total = (total * 3 + inner_of(owner)) % 1000003
        total = (total * 3 + len(DIED)) % 1000003
    return total


def shared_pairs(n):
    owners = []
    for k in range(n):
        loud = Loud(k)
        owners.append(Two(Box(loud), Box(loud)))
    loud = None
    return owners


def shared(n):
    total = 0
    for owner in shared_pairs(n):
        total = (total * 3 + shared_of(owner)) % 1000003
        total = (total * 3 + len(DIED)) % 1000003
    return total


def twice_each(n):
    made = []
    for k in range(n):
        loud = Loud(k)
        made.append([loud, loud] if k % 2 else (loud, loud))
    return made


def emptied(held, n):
    total = 0
    for k in range(n):
        one = held[k]
        total = (total * 3 + len(DIED)) % 1000003
        held[k] = None if k % 2 else 5
        one = 3
        total = (total * 3 + len(DIED)) % 1000003
    return total


def twice(n):
    return emptied(twice_each(n), n)


for function in (attributes, methods, items, both, inner, shared, twice):
    for turn in range(4):
        DIED.clear()
        total = function(400)
        print(function.__name__, total, len(DIED), DIED[:3], DIED[-3:])
