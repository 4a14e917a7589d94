# status: 7
import os
import sys

print("written")
sys.stdout.flush()
os._exit(7)
