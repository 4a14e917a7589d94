# arguments: one --stats -m three
# What the main module looks like from inside.
import os
import pickle
import sys

print(list(globals()), sys.argv, os.path.relpath(sys.path[0]), os.path.relpath(__file__))
main = sys.modules["__main__"]
print(main.__dict__ is globals(), __name__, __spec__, __package__, type(__loader__).__name__, __builtins__.__name__, __cached__, __doc__)
print(list(sys.modules).index("__main__") < 10, sys.flags.optimize, sys.warnoptions, sys._getframe().f_back, sys.exc_info())


class Point:
    def __init__(self, x):
        self.x = x


print(pickle.loads(pickle.dumps(Point(3))).x, Point.__module__, __import__("__main__") is main)
print([name for name in ("numpy", "logging", "threading", "subprocess", "tempfile", "json", "numba") if name in sys.modules])
exec("print(__name__, 5 + 5)")
print(sorted(vars()) == sorted(globals()))
