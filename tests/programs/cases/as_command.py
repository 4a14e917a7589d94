# as: command
# arguments: a -b
# status: 1
import sys
print(sys.argv, sys.path[0] == "", __name__, "__file__" in globals(), __spec__, sorted(globals()))
def f(n):
    total = 0
    for k in range(n):
        total += 10 // (5 - k)
    return total
print(f(3))
f(10)
