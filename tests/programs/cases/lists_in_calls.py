# native: loop
# Functions that make lists of their own, fill them, give them, raise in the middle; who else has the items, and what ends with them.
import sys
import traceback


class Loud:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("ends", self.number)


def squares(n):
    found = []
    for k in range(n):
        found.append(k * k)
    return found


def pair(a, b):
    return [a, b]


def nested(a, b):
    inner = [a, b]
    return [inner, inner, (a, b), [b]]


def chosen(words, n):
    return [word for word in words if len(word) == n]


def evens(n):
    return [k * 0.5 for k in range(n) if k % 2 == 0]


def divided(values, d):
    found = []
    for value in values:
        found.append(value / d)
    return found


def moved(values, k):
    mine = [k, *values]
    mine.append(values)
    return mine[0] + len(mine)


def own(items):
    box = [items, None]
    box[1] = box[0]
    box[0] = 5
    return box


def work(n):
    s, words, kept = 0, ["ab", "c", "de"], None
    for k in range(n):
        a = squares(k % 5)
        b = pair(k, 2.5)
        c = nested(words, k)
        s += len(a) + b[0] + len(c) + len(c[1]) + c[2][1] + c[3][0]
        s += len(chosen(words, k % 3)) + sum(evens(k % 7)) + moved(words, k)
        kept = own(words)
    return s, a, b, c, kept, kept[1] is words, c[0] is c[1]


def fails(n):
    s = 0.0
    for k in range(n):
        s += sum(divided([1, 2, k], n - 5 - k))
    return s


def identity(n):
    big = 10**9
    one = [big, big]
    for k in range(n):
        x = big + k
        one = pair(x, x)
    return one[0] is one[1], one


def counted(word, n):
    kept = []
    for k in range(n):
        kept = pair(word, kept[:1])
    return kept


def loud(n):
    for k in range(n):
        a = pair(Loud(k) if k % 300 == 299 else k, k)
        b = pair(a, a)
    return len(b)


def sizes(n):
    return [sys.getsizeof(one) for k in range(n) for one in (squares(k % 9), pair(k, k), nested(k, k), evens(k % 9))]


def attempt(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception:
        print(traceback.format_exc())


attempt(work, 900)
attempt(fails, 900)
attempt(identity, 900)
WORD = "".join(["w", "www"])
attempt(counted, WORD, 900)
print(sys.getrefcount(WORD))
attempt(loud, 1000)
print(sum(sizes(900)))
