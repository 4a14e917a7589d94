# as: stdin
# arguments: a -c b
# status: 1
import sys

print(sys.argv, sys.path[0] == "", __file__, sorted(globals()))


def fail():
    raise ValueError("from standard input")


fail()
