# status: 1
import sys

print("before")
sys.exit(("a", "tuple"))
