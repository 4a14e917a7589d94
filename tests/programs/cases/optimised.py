# python: -O -X dev -W error::UserWarning
import sys

print(sys.flags.optimize, sys.flags.dev_mode, sys.warnoptions, __debug__)
assert False, "not with -O"
for k in range(100):
    assert k > 1000
print(k)
