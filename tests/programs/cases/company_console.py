# native: loop
# alone: yes
# What is typed at a console: functions defined line by line, loops, blocks, errors, names that are typed again.

import code
import sys

import framejit

TYPED = """
import framejit
def weight(k):
    return k * 3 % 7

@framejit.jit
def total(n):
    found = 0
    for k in range(n):
        found += weight(k)
    return found

[total(2000) for _ in range(3)]
_[0]
def weight(k):
    return k % 5

total(2000), total(2000)
with framejit.jit():
    s = 0
    for k in range(30000):
        s += k * k % 11

s, k
with framejit.jit():
    for k in range(30000):
        s += 1 / (25000 - k)

k
for k in range(60000): s += k

s
del weight
total(10)
total.__code__.co_name
1 +
"""

namespace = {"__name__": "__console__", "__doc__": None}
sys.stderr = sys.stdout
console = code.InteractiveConsole(namespace)
for line in TYPED.split("\n"):
    console.push(line)
print(sorted(name for name in namespace if name != "__builtins__"))
lines = iter(["a = 5", "print(a, s)", "exit_here = 1"])


def read(prompt):
    try:
        return next(lines)
    except StopIteration:
        raise EOFError from None


code.interact(banner="again", readfunc=read, local=namespace, exitmsg="over")
print(namespace["exit_here"])
