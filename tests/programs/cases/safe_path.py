# python: -P
import os
import sys

print(os.getcwd() in sys.path, "" in sys.path, sys.flags.safe_path)
