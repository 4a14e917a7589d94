# native: entry
# **kwargs of functions that are called natively: the very dictionary that a traceback shows, keeps, changes; names that parameters have,
# too; what dies with it; and dictionaries that functions make themselves.

import gc
import sys
import traceback

from turns import Named, ended

kept = []


def plain(a, **kw):
    return a + len(kw)


def none_used(a, **kw):
    return a * 2


def asked(a, /, b=2, *rest, by=1, **kw):
    return a * by + b + kw.get("a", 0) + kw.get("c", 10) + len(rest) + ("d" in kw)


def changed(a, **kw):
    kw["new"] = a
    if "x" in kw:
        kw["x"] += 1
    b = 1000 // (a - 17)            # leaves with the dictionary as it is by then
    return kw["new"] + len(kw) + b


def keeps(a, **kw):
    kept.append(kw)
    return len(kept)


def gives(a, **kw):
    return kw


def same(a, **kw):
    return kw["x"] is a


def assigned(a, **kw):
    kw = len(kw) + a
    return kw


def in_a_cell(a, **kw):
    return sum(kw[name] + a for name in kw)


def many(a, **kw):
    return a + len(kw)


def walked(a, **kw):
    for name, value in kw.items():
        if name != "q":
            a += value
    return a


def ends(a, **kw):
    a.name = "changed"
    del a
    return len(kw)


def passes(a, **kw):
    return plain(a, **kw)


def calls(n):
    total = 0
    for k in range(n):
        total += plain(k) + plain(k, z=k) + plain(a=k, b=1, c=2) + none_used(k) + none_used(k, j=k) + many(k, a1=1, a2=2, a3=3, a4=4, a5=5, a6=6)
        total += asked(k) + asked(k, 1, 2, 3, a=k) + asked(k, by=2, d=1, c=k) + assigned(k, x=1) + in_a_cell(k, x=1, y=k) + walked(k, p=1, q="no", r=k) + passes(k, t=1)
    return total


def leaves(n):
    total = 0
    for k in range(n):
        total += changed(k) + changed(k, x=k + 1000)
    return total


def identities(n):
    count = 0
    for k in range(n):
        x = k + 1000
        count += same(x, x=x) + same(x, x=k + 1000) + (gives(k, x=x)["x"] is x)
    return count


def stored(n):
    kept.clear()
    for k in range(n):
        keeps(k)
        keeps(k, a1=k, b=kept)
    return len(kept), len({id(one) for one in kept}), list(kept[7]), kept[7]["a1"]


def dies(n):
    for k in range(n):
        ends(Named(k), x=Named(-k))
        plain(k, x=Named(k))
    return len(ended)


def wrong(n, how):
    total = 0
    for k in range(n):
        total += none_used(k, x=k)
        if k > 50:
            total += asked(k, a=1, b=2) if how == 0 else none_used(k, a=1, **{"a": 2}) if how == 1 else plain(b=k) if how == 2 else plain(k, k, x=1)
    return total


class Odd:
    def __init__(self, value): self.value = value
    def __hash__(self): return hash(self.value)
    def __eq__(self, other): print("asked", other); return self.value == other


def made(a, key):
    first = {}
    first["a"] = a
    second = {"x": a, "y": 2.5, "z": None}
    third = {key: a, a: key, 1.5: 0, True: second}
    if a == 93:
        third[None] = 1 // (a - 93)
    return len(first) + second["x"] + len(third), third


def makes(n, keys):
    total = 0
    for k in range(n):
        size, table = made(k, keys[k % len(keys)])
        total += size + len(table)
        local = {"k": k, "again": k, k: 1}
        total += local["k"] is local["again"]
    return total, list(table.items()), sys.getsizeof(table), sys.getsizeof({"a": total}), sys.getsizeof({"a": 1, "b": total, "c": 3, "d": 4, "e": 5})


def tracked(n):
    for k in range(n):
        one, two = gives(k, x=k), gives(k, x=[k])
    return gc.is_tracked(one), gc.is_tracked(two), gc.is_tracked({}), sys.getsizeof(one), gc.is_tracked(gives(1))


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        trace = error.__traceback__.tb_next
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, float, dict))], key=str))
            trace = trace.tb_next
        frame = None        # no cycle is left for the collector
        print("".join(traceback.format_exception(error)) if turn == 0 else repr(error))


for turn in range(3):
    shown(calls, 150)
    shown(leaves, 17)
    shown(leaves, 60)
    shown(identities, 200)
    shown(stored, 100)
    shown(dies, 20)
    for how in range(4):
        shown(wrong, 60, how)
    for keys in (["p", "q"], [3, "p"], ["p", None], ["p", 2**70], ["p", Odd(3)], ["p", []], [(1, 2), "p"]):
        shown(makes, 93, keys)
    shown(makes, 120, ["p"])
    shown(tracked, 200)
    if turn == 2:
        asked.__kwdefaults__ = {"by": 7}
print(ended)
