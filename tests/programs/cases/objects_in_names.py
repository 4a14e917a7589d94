# native: loop
# Names of a module hold rows, pairs and other objects; functions, finalizers and callbacks see and change them.
import gc
import sys
import weakref

rows = [[k * 0.5 + j for j in range(20)] for k in range(30)]


def look():
    return row is rows[place % 30], row[0], len(prev), name_of_both()


def name_of_both():
    return first is second, second[1]


# rows in names, several names of one row, swaps
total = 0.0
seen = []
prev = cur = rows[0]
for place in range(3000):
    row = rows[place % 30]
    first = second = row
    for x in row:
        total += x
    prev, cur = cur, row
    if place % 700 == 650:
        seen.append(look())
        seen.append((prev is rows[(place - 1) % 30], cur is row))
print(seen, total, place, row[3])

# unpacking, pairs of objects, tuples kept
pairs = [([k, k + 1], (k, float(k))) for k in range(25)]
kept = None
for turn in range(200):
    for left, right in pairs:
        total += left[0] + right[1]
        kept = left, right
    a, b = right
    left[0] += 1
print(total, kept, kept[0] is pairs[24][0], kept[1] is pairs[24][1], a, b, left is kept[0])
for turn in range(2000):
    kept = turn, total
    total += kept[0]
print(kept, total)

# one name: number, list, tuple, None, text, number again
for turn in range(3000):
    thing = turn
    thing = rows[turn % 30]
    total += thing[1]
    thing = None
    if turn % 3 == 0:
        thing = "text"
    thing = turn * 0.5
    total += thing
print(thing, total)
thing = [1.5, 2.5]
for turn in range(3000):
    thing = [turn * 0.5, 2.5]
    thing = thing[0]
    total += thing
print(thing, total)


# what a name held dies: at the very assignment
class Noisy:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        died.append((self.number, turn, thing is not self, "number" in globals()))


died = []
noisy = [Noisy(k) for k in range(40)]
for turn in range(2000):
    thing = rows[turn % 30]
    if turn % 50 == 49:
        thing = noisy.pop()
        thing = rows[turn % 30]
    total += thing[0]
print(died, len(noisy))
died.clear()
lists = [[Noisy(k)] for k in range(40)]
for turn in range(2000):
    thing = rows[turn % 30]
    if turn % 50 == 49:
        thing = lists.pop()
        thing = 5
        total += thing
        thing = [turn]
    total += thing[0]
print(died, len(lists), thing)
died.clear()


# a weak reference's callback rebinds the names that the loop uses
class Row(list):
    pass


def gone(reference):
    global thing, limit
    died.append(turn)
    limit += 1
    other.append(thing if isinstance(thing, int) else len(thing))


other, limit = [], 0
special = [Row([k]) for k in range(20)]
references = [weakref.ref(item, gone) for item in special]
for turn in range(2000):
    thing = rows[turn % 30]
    if turn % 100 == 99:
        thing = special.pop()
    total += thing[0] + limit
print(died, other, limit, total, [reference() for reference in references if reference()])

# a call rebinds the names, to other types too; one that is deleted; one that comes back
changes = []


def act(turn):
    global thing, second, cur
    if turn % 400 == 100:
        thing = rows[5]
    if turn % 400 == 200:
        thing = (7, 8)
    if turn % 400 == 300:
        second = [turn]
    if turn == 1500:
        cur = 3
    if turn == 1600:
        del cur
    if turn == 1700:
        cur = rows[2]
    changes.append(thing[0])


failed = 0
for turn in range(2000):
    thing = rows[turn % 30]
    second = thing
    act(turn)
    total += thing[0] + second[0]
    try:
        total += cur[1]
    except (TypeError, NameError) as error:
        failed += 1
        if failed in (1, 101, 150):
            print(type(error).__name__, error, turn, thing is rows[turn % 30])
print(sum(changes), total, failed)

# an exception in mid-iteration: the names are those of the very instruction
table = [[1, 2, 3, 4] for _ in range(500)]
table[444][2] = 0
table[480] = [1, 2]
for attempt in range(3):
    try:
        for line in table:
            prev, cur = cur, line
            for number in line:
                total += 12 / number
            tail = line[3]
    except (ZeroDivisionError, IndexError) as error:
        print(error, line is table[444], prev is table[443], cur is line, number, tail, error.__traceback__.tb_lineno)
        table[444][2] = 5
    else:
        print("all")
    table[480] = [1, 2, 3, 4] if attempt else [1, 2]

# new names keep the order of their first assignments
before = set(globals())
for turn in range(300):
    zebra = rows[turn % 30]
    apple = zebra[0]
    mango = zebra
    if turn > 100:
        berry = turn
        cherry = mango
    total += apple
print([name for name in globals() if name not in before and name != "before"], berry, cherry is rows[299 % 30])

# references come out even
counted = [1.0, 2.0]
counted_rows = [counted, [3.0]]
start = sys.getrefcount(counted)
for turn in range(5000):
    for one in counted_rows:
        two = one
        three = two, one
    one, two = two, counted_rows[0]
    three = turn
one = two = None
gc.collect()
print(sys.getrefcount(counted) - start)


# globals of a function
def inside(n):
    global held, swapped, total
    for k in range(n):
        held = rows[k % 30]
        swapped = held
        for value in held:
            total += value
        held, swapped = swapped, rows[(k + 1) % 30]
    return held is rows[(n - 1) % 30], swapped is rows[n % 30]


print(inside(500), held is rows[499 % 30], total)
print(inside(501), held is rows[500 % 30], total)
module = sys.modules["__main__"]
for turn in range(3000):
    held = rows[turn % 30]
    thing = turn
    total += module.held[0] + module.thing
print(total)
