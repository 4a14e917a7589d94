# native: loop
# Global names that a loop writes and the functions that it calls read: objects at once, numbers when they are asked for; errors, ends and signals between.

import signal
import sys


class Planner:
    def __init__(self, number):
        self.number = number
        self.marks = 0

    def mark(self):
        self.marks += 1
        return self.marks

    def __repr__(self):
        return f"Planner({self.number})"


class Ends:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("ended", self.number, planner, last)


class Constraint:
    def __init__(self, k):
        self.k = k
        self.add()

    def add(self):
        self.at = planner.mark()

    def number(self):
        return planner.number + self.k


def read():
    return planner.number


def deeper(k):
    return read() if k < 1 else deeper(k - 1)


def last_and(k):
    return last + k


def both():
    return planner.number + last


def text():
    return len(word)


def many():
    return sum(k + planner.number for k in range(3))


def work(n, raising=-1):
    global planner, last, word
    found = 0
    planner = Planner(n)
    word = "a"
    for k in range(n):
        if k % 10 == 0:
            planner = Planner(k)
        found += Constraint(k).number() + read() + deeper(3) + many()
        if k == raising:
            planner = None
        if k % 7 == 0:
            word = word + "b" if len(word) < 5 else "c"
        found += text() + planner.mark()
    return found, planner, planner.marks, word


def numbers(n, odd=None):
    """The name is a number that functions ask for."""
    global last, planner
    found = 0
    for k in range(n):
        found += last_and(k)
        last = k * 2
        planner = Planner(k)
        if k == n - 5:
            last = odd
        found += both()
    return found, last


def remembered(n):
    """The same, where it was a number before anybody asked."""
    global last
    found = 0
    for k in range(n):
        last = found + k
        found += last_and(1) % 7
    return found, last


def by_turns(n):
    """What the name is has several types."""
    global planner
    found = []
    for k in range(n):
        planner = Planner(k) if k % 50 else Ends(k)
        found.append(read())
        if k % 60 == 59:
            del planner
            try:
                read()
            except NameError as error:
                found.append(str(error))
            planner = None
    return found[-70:], sum([one for one in found if type(one) is int])


def inside(n):
    """What is called reads what the loop has in its variable."""
    global k
    found = 0
    for k in range(n):
        found += of_k()
    return found


def of_k():
    return k * 2


def heard(number, frame):
    seen.append((last, planner))


planner, last, word, k = Planner(0), 5, "", 0
for turn in range(4):
    print(work(400), numbers(300, 4), remembered(300), inside(200))
print(work(4000))
for raising in (100, 399):
    try:
        work(400, raising)
    except AttributeError as error:
        entry = error.__traceback__
        while entry is not None:
            print(entry.tb_frame.f_code.co_name, entry.tb_lineno)
            entry = entry.tb_next
        print(error, planner)
for odd in (2.5, 2 ** 70, None, "text"):
    try:
        print(numbers(300, odd))
    except TypeError as error:
        print(error, last)
planner = Planner(1)
print(by_turns(200))
planner, last = Planner(3), 1
seen = []
if hasattr(signal, "SIGALRM"):
    signal.signal(signal.SIGALRM, heard)
    signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
    for turn in range(20):
        numbers(3000, 1)
    signal.setitimer(signal.ITIMER_REAL, 0)
    print(all([type(one) is Planner and type(value) is int for value, one in seen]))
total, planner, last = 0, Planner(1), 3
for k in range(500):
    planner = Planner(k)
    last = k
    total += both() + of_k() + read()
print(total)
print(sys.getrefcount(planner) == sys.getrefcount(Planner(2)) + 1)
