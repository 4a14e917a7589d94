# A profiler and a tracer are still on when the program ends: they see nothing that isn't the program's.
import sys


def look(frame, event, argument):
    print(frame.f_code.co_name, event, frame.f_lineno)
    return look


def last():
    return 1


sys.settrace(look)
sys.setprofile(look)
last()
