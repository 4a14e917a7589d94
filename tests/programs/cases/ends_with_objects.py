# Objects that live to the end: which finalizers run, in which order, and what they still see.
import atexit
import sys
import weakref


class Object:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("finalizer", self.name, sys is not None, "__main__" in sys.modules)


first = Object("first")
_hidden = Object("hidden")
cycle = Object("cycle")
cycle.itself = cycle
holder = [Object("in a list")]
other = weakref.finalize(Object("kept"), print, "finalize")
atexit.register(lambda: print("exit function", first.name))


def function():
    local = Object("local")
    return local


function()
print("end")
