# Rebinding a name drops the old object after the new one was made, and the finalizer sees the caller's line.
import sys
import weakref

happened = []


class Item:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        happened.append((self.number, sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno))


def churn(n):
    for k in range(n):
        item = Item(k)
        happened.append(("made", k))
    item = None
    happened.append("cleared")


def gone(n):
    alive = 0
    for k in range(n):
        item = Item(k)
        reference = weakref.ref(item)
        del item
        alive += reference() is not None
    return alive


for _ in range(150):
    happened.clear()
    churn(12)
print(happened)
happened.clear()
print(gone(500), len(happened), happened[-1])
