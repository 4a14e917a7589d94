# An exit without a status, behind output that is still buffered.
import atexit

atexit.register(print, "last")
print("first", end="")
raise SystemExit
