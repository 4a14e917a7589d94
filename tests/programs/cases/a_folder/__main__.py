# arguments: x
# status: 1
import os
import sys

import beside

print([os.path.relpath(word) for word in sys.argv], os.path.relpath(sys.path[0]), __package__ == "", __spec__.name, beside.NAME)
beside.fail()
