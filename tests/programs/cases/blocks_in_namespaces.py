# native: loop
# alone: yes
"""Blocks in class bodies, in exec with its own locals, in namespaces with keys that aren't text; in functions with cells."""

import framejit

s = "the module's"


class Table:
    s = 0
    with framejit.jit():
        for k in range(2000):
            s += k
        squares = s * 2


class Recording(dict):
    def __missing__(self, name):
        print("missing", name)
        raise KeyError(name)

    def __setitem__(self, name, value):
        if name == "last":
            print("set", name, value)
        super().__setitem__(name, value)


source = compile("with framejit.jit() as j:\n    t = 0\n    for k in range(1500):\n        t += k\n    last = t\n", "<text>", "exec")
local, odd = Recording(), {"framejit": framejit, 1: 2}
for _ in range(2):
    exec(source, {"framejit": framejit}, local)
    exec(source, odd)
print(sorted(local), local["t"], odd["t"], odd["k"])


def outer(n):
    total, step = 0.0, 0.5

    def add(x):
        nonlocal total
        total += x

    for turn in range(3):
        with framejit.jit():
            for k in range(n):
                total += k * step
                if k % 500 == 7:
                    add(k)
                    step = -step
    return total, step, add.__closure__[0].cell_contents


def maker(n):
    made = []
    with framejit.jit():
        for k in range(n):
            made.append(k * 2)
        made = [x + 1 for x in made]
        functions = [lambda x=k: x + n for k in range(3)]
        for k in range(n):
            made[k] -= k
    return sum(made), [f() for f in functions]


def deleted(n):
    global gone
    gone = 0
    with framejit.jit():
        for k in range(n):
            gone += k
            if k == 900:
                del gone
    return gone


print(Table.s, Table.squares, Table.k, s)
print([outer(n) for n in (10, 1200, 3000)])
print([maker(n) for n in (3, 1200, 2000)])
for n in (5, 2000):
    try:
        print(deleted(n))
    except NameError as error:
        print(error, error.__traceback__.tb_next.tb_lineno)
with framejit.jit():
    for s in range(3000):
        if s == 2500:
            del framejit
print("framejit" in globals(), s)
