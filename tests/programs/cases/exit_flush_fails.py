# status: 120
# What standard output still holds can't be written when the program ends.
import os
import sys

print("lost")
os.close(1)
sys.stderr.write("closed\n")
