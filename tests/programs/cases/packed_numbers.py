# native: entry
# array.array in hot loops: numbers that don't fit, arrays that grow, end or are of another letter in mid-loop, who holds their memory.

import array
import weakref

from turns import run


def overflows(n, a, l):
    """The last turns store what doesn't fit, or a float."""
    s = 0
    try:
        for k in range(n):
            for i in range(len(a)):
                a[i] += k
                s += a[-1 - i]
            a[k % 3] = l[k]
    except (OverflowError, TypeError) as error:
        return s, str(error), k, error.__traceback__.tb_lineno, a.tolist()
    return s, a.tolist()


for letter in "bBhHiIlLqQfd":
    run(overflows, lambda k: (7, array.array(letter, [1, 2, 3]), [1, 2, 3, 4, 5, 6, (1, 2**8, 2**16, 2**64, 0.5)[k % 5]]), 60)


def grows(n, a, b, change):
    """A callee makes the array longer or shorter in mid-loop: its memory moves."""
    s = 0
    for k in range(n):
        for i, x in enumerate(a):
            s += x * a[i // 2]
            a[i] = (x + k) % 100
            if i == 2:
                change(a, k)
        for x, y in zip(a, b):
            s += x * y
    return s, len(a), a[-1]


def changed(a, k):
    if k % 3 == 0:
        a.extend(range(500))
    else:
        del a[4:]


run(grows, lambda k: (12, array.array("i", range(9)), array.array("d", range(30)), changed), 120)


def letters(n, arrays):
    """One place, arrays of several letters."""
    s = 0
    for k in range(n):
        a = arrays[k % len(arrays)]
        for i in range(len(a)):
            s += a[i]
            a[i] = 1
    return s, type(s)


run(letters, lambda k: (9, [array.array(letter, range(8)) for letter in "idB"[:1 + k % 3]] + [list(range(4)), bytearray(b"abc")][:k % 4 // 2 * 2]), 120)


class Holder:
    def __init__(self, n):
        self.data = array.array("d", [0.0]) * n
        self.ends = []

    def step(self, n):
        for k in range(n):
            self.data[k % len(self.data)] += k * 0.5
        return sum(x for x in self.data)


def held(n, holder):
    weakref.finalize(holder.data, holder.ends.append, 1)
    s = holder.step(n)
    view = memoryview(holder.data)
    for k in range(n):
        holder.data[k % 5] = view[1] + 1
        s += view[k % 5]
    try:
        holder.data.append(1.0)
    except BufferError as error:
        s = str(error), s
    view.release()
    for k in range(5):
        holder.data = array.array("d", holder.data)
    return s, holder.ends, holder.data.tolist()


run(held, lambda k: (50, Holder(7)), 120)


def out_of_range(n, a):
    for k in range(n):
        a[k] = a[k - 5] + 1
    return a


for k in range(200):
    a = array.array("l", [0, 1, 2, 3, 4, 5])
    try:
        out_of_range(5 + k % 3, a)
        caught = None
    except IndexError as error:
        caught = str(error)
    if k % 50 < 3:
        print(a, caught)
