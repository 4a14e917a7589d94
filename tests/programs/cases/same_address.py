# native: loop
"""An immutable value dies in a call-out, and its successor takes its place in memory: in a global, a local, a list."""
import sys

import numpy as np

KINDS = {
 "tuple": lambda k: (k % 11 + 0.5, k % 7), "tuple1": lambda k: (float(k % 11),), "range": lambda k: range(k % 11, 40 + k % 11),
 "str": lambda k: "x" * (k % 11 + 500), "bytes": lambda k: bytes(k % 11 + 500), "complex": lambda k: complex(k % 11, 1), "np.bool": lambda k: np.bool_(k % 2),
 "int32": lambda k: np.int32(k % 11), "f4": lambda k: np.float32(k % 11), "u8": lambda k: np.uint64(k % 11), "list": lambda k: [k % 11 + 0.5, k % 7],
 "array": lambda k: np.arange(2) + k % 11, "array2": lambda k: np.arange(2.0) + k % 11, "big": lambda k: 2**65 + k % 11, "int": lambda k: 10**12 + k % 11, "float": lambda k: k % 11 + 0.25,
 "nested": lambda k: ((k % 11 + 0.5, 3), k % 7),
}
USES = {
 "item": "x[0]", "last": "x[-1]", "len": "len(x)", "value": "x", "first": "x[0][0]", "sum": "(x[0] + x[1])",
}
PAIRS = [("tuple","item"),("tuple","last"),("tuple","sum"),("tuple1","item"),("range","item"),("range","len"),("range","last"),("str","len"),("bytes","len"),("bytes","item"),("complex","value"),("np.bool","value"),
 ("int32","value"),("f4","value"),("u8","value"),("list","item"),("list","sum"),("array","item"),("array2","item"),("array2","len"),("big","value"),("int","value"),("float","value"),("nested","first")]
TEXT = '''
x = None
def swap(k):
    global x
    if k % 1000 == 700:
        x = None
        x = make(k)
def run(n):
    s = 0.0
    for k in range(n):
        for j in range(6):
            s = s * 0.5 + {use}
        swap(k)
    return s
def swap_local(k):
    if k % 1000 == 700:
        seen = sys._getframe(1).f_locals
        seen['x'] = None
        seen['x'] = make(k)
def run_local(n):
    x = make(3)
    s = 0.0
    for k in range(n):
        for j in range(6):
            s = s * 0.5 + {use}
        swap_local(k)
    return s
def run_list(n):
    box = [make(3)]
    s = 0.0
    x = box[0]
    for k in range(n):
        for j in range(6):
            x = box[0]
            s = s * 0.5 + {use}
        renew(box, k)
    return s
def renew(box, k):
    if k % 1000 == 700:
        box[0] = None
        box[0] = make(k)
'''
for kind, use in PAIRS:
    space = {"make": KINDS[kind], "sys": sys}
    exec(compile(TEXT.format(use=USES[use]), f"<{kind}-{use}>", "exec"), space)
    out = []
    for turn in range(3):
        space["x"] = KINDS[kind](3)
        out.append([space["run"](2003), space["run_local"](2003), space["run_list"](2003)])
    print(kind, use, out)


def changed_kind(k):
    if k % 1000 == 700:
        seen = sys._getframe(1).f_locals
        seen["x"] = None
        seen["x"] = np.int64(k % 11)


def run(n):
    x = np.float64(1.5)
    s = 0.0
    for k in range(n):
        for j in range(10):
            s = s * 0.5 + x
        changed_kind(k)
    return s, type(x).__name__


for turn in range(4):
    print(run(2003))
