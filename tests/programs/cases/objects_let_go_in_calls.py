# native: loop
# Methods that store objects in attributes let others go: queues and slots whose objects end in the middle of calls, at their ends, or live on;
# the end of some is heard: finalizers, weak references, and objects that only such a one has.

import weakref

HEARD = []


class Item:
    def __init__(self, number, link=None):
        self.number = number
        self.link = link


class Loud(Item):
    def __del__(self):
        HEARD.append(self.number)


class Slot:
    def __init__(self):
        self.item = None
        self.other = None
        self.total = 0

    def put(self, item):
        self.item = item
        self.total += 1

    def swap(self):
        item = self.item
        self.item = self.other
        self.other = item
        self.total += 1

    def replace(self, item):
        old = self.item
        self.item = item
        self.total += 1
        return old.number if old is not None else -1

    def drop_both(self):
        one, two = self.item, self.other
        self.item = None
        self.other = None
        if one is None or two is None:
            return 0
        return one.number + two.number

    def push(self, item):
        item.link = self.item
        self.item = item

    def pop(self):
        item = self.item
        if item is None:
            return None
        self.item = item.link
        item.link = None
        return item

    def hand_over(self, to):
        to.put(self.item)
        self.item = None
        self.total += to.total & 1

    def forget(self, item, fresh):
        self.item = fresh
        item.link = self.other
        return item.number


def puts(slot, items, turns):
    for k in range(turns):
        slot.put(items[k & 3])
        slot.swap()
    return slot.total


def replaces(slot, items, turns):
    s = 0
    for k in range(turns):
        s += slot.replace(items[k % 5])
        HEARD.append(s) if k % 997 == 0 else None
    return s


def queues(slot, turns, kind):
    s = 0
    for k in range(turns):
        slot.push(kind(k) if k % 10 == 3 else Item(k))
        if k & 1:
            item = slot.pop()
            s += item.number
            item = None
            s += len(HEARD)
    return s


def hands(first, second, items, turns):
    s = 0
    for k in range(turns):
        first.put(items[k % 3])
        first.hand_over(second)
        s += second.total
        s += second.drop_both()
    return s


def forgets(slot, turns, kind):
    s = 0
    for k in range(turns):
        slot.item = kind(k) if k % 500 == 77 else Item(k)
        s += slot.forget(slot.item, None)
        s += 1000 * len(HEARD)
    return s


def shown(*values):
    print(*values, len(HEARD), HEARD[-5:])
    del HEARD[:]


items = [Item(k) for k in range(5)]
loud = [Loud(1000 + k) for k in range(5)]
for again in range(4):
    slot = Slot()
    shown(puts(slot, items, 3000), slot.total)
    shown(replaces(slot, items, 3000))
for again in range(4):
    slot = Slot()
    shown(puts(slot, loud, 3000), slot.total)
    shown(replaces(slot, loud, 3000))
slot = None
for kind in (Item, Loud, Item, Loud):
    for again in range(3):
        slot = Slot()
        shown(queues(slot, 600, kind))
        while slot.pop() is not None:
            pass
        shown()
for again in range(4):
    first, second = Slot(), Slot()
    second.other = items[4]
    shown(hands(first, second, items, 2000))
    second.other = Loud(7)
    shown(hands(first, second, [Loud(5), Item(6), Loud(8)], 2000))
for kind in (Item, Loud):
    for again in range(4):
        slot = Slot()
        slot.other = Loud(3)
        shown(forgets(slot, 2000, kind))

# weak references: their callbacks hear of the end
ENDED = []


class Watched(Item):
    pass


def watched(number):
    made = Watched(number)
    KEPT.append(weakref.ref(made, lambda _: ENDED.append(number)))
    return made


KEPT = []
for again in range(4):
    slot = Slot()
    shown(queues(slot, 1000, watched if again & 1 else Item), len(ENDED), ENDED[-3:])
    slot = None
    shown(len(ENDED), ENDED[-3:])


# an object that ends with the loud one it got in the call
class Holder:
    def __init__(self):
        self.content = None


def fill(slot, holder, content):
    slot.item = None
    holder.content = content
    return slot.total


def fills(slot, turns):
    s = 0
    for k in range(turns):
        slot.item = Holder()
        s += fill(slot, slot.item, LOUD.pop() if k % 400 == 399 else None) + len(HEARD)
    return s


for again in range(4):
    LOUD = [Loud(k) for k in range(10)]
    shown(fills(Slot(), 2000))
