# What runs at the end of the process is the first that is compiled.
import atexit


@atexit.register
def late():
    total = 0
    for k in range(100000):
        total += k % 7
    print(total)
