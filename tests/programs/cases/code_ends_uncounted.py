# native: loop
# What the compiler keeps of a function, of a loop of a module and of a replaced region ends when they do, and the program's collections
# don't come later by it.
import gc

SOURCE = """
def hot(n):
    total = 0.0
    for k in range(n):
        total += k * 1.5
    return total

total = 0
for i in range(200_000):
    total = (total * 3 + i) % 1000003
result = total, hot(200_000), hot(200_000)
"""

gc.collect()
gc.disable()            # counts go on
kept = [[] for _ in range(300)]
assert gc.get_count()[0] > 300
for tag in range(4):
    before = gc.get_count()[0]
    space = {"__name__": "short"}
    exec(compile(SOURCE, f"short {tag}", "exec"), space)
    print(space["result"])
    del space
    print(gc.get_count()[0] > before - 12)
