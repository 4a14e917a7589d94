# input: 4\n5\nsix\n
import sys

total = 0
for line in sys.stdin:
    try:
        total += int(line)
    except ValueError as error:
        print(error)
print(total, sys.stdin.readline() == "")
