# as: module
# arguments: -x y
# status: 1
import os
import sys

print([os.path.relpath(sys.argv[0]), *sys.argv[1:]], os.path.relpath(sys.path[0]), __spec__.name, __package__ == "", sorted(globals()))
frame, names = sys._getframe(), []
while frame is not None:
    names.append((frame.f_code.co_name, frame.f_lineno))
    frame = frame.f_back
print(names)


def fail():
    raise ValueError("from a module")


fail()
