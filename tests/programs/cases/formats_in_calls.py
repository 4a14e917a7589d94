# native: entry
# text % values and text.format(...) in functions: what forms of their own say, what doesn't fit, subclasses; numbers taken out of tables
# or given where there are none; ranges that variables hold.

import traceback


class Name(str):
    def __str__(self): return "named"


class Number(int):
    def __format__(self, spec): return f"<{spec}>"
    def __str__(self): return "numbered"


class Form:
    def __init__(self, l): self.l = l
    def __repr__(self): self.l.append(1); return "form"


def one(form, a): return form % a
def two(a, b): return "%s of %s" % (a, b)
def three(form, a, b, c): return form % (a, b, c)
def filled(form, a, b): return form.format(a, b)
def padded(a): return "{:>5}|{:<4}".format(a, "x")


def calls(n, form, a, b):
    size = 0
    for k in range(n):
        text = one("%d", k) + two(k, 0.5 * k) + two("a", None) + three("%5.2f %s %x", k / 3, a, k) + filled("{}-{:>6}", k, b) + padded(k) + one("%s!", form)
        size += len(text) + len(one(form, k))
    return size, text


def odd(n, form, values):
    for k in range(n):
        text = three("%s %r %s", k, values[k % len(values)], k) + filled("{} {!r}", values[k % len(values)], k) + one("%s", values[k % len(values)])
    return text


def wrong(n, how):
    for k in range(n):
        x = one("%d", k) if k < 40 else one("%d", "a") if how == 0 else one("%d %d", k) if how == 1 else three("%d", k, k, k) if how == 2 else filled("{} {} {}", k, k) if how == 3 else filled("{:d}", 0.5, 1)
    return x


def taken(table, key, other):
    return table.pop(key, other)


def takes(n, x):
    table, total, same = {}, 0, 0
    for k in range(n):
        if k % 3:
            table[k] = x if k % 2 else k * 1000
        other = k + 2000
        got = taken(table, k if k % 4 else -1, other)
        same += got is other
        total += got + taken(table, "p", k)
    return total, same, table


def ranges(n, m, x):
    r, found = range(n), 0
    for a in r:
        for b in r:
            if a + b in r:
                found += len(r) - b
        if a == 5:
            str(a)                      # behind which the range is an object
        down = range(a, -a, -2)
        found += (a in down) + (x in r) + len(down) + sum(i for i in down)
        for i in down:
            found ^= i
            if i == m:
                return found, r, down, r is r
    return found, r, down, len(range(3, n, 4))


def passed(r, n):
    s = 0
    for k in range(n):
        s += len(r) + (k in r)
        for i in r:
            s += i
            break
    return s


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        trace = error.__traceback__.tb_next
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, str))]))
            trace = trace.tb_next
        frame = None        # no cycle is left for the collector
        print("".join(traceback.format_exception(error)) if turn == 0 else repr(error))


for turn in range(3):
    shown(calls, 80, "%d", "a", "b")
    shown(calls, 80, "%s", 2.5, "\u20ac")
    shown(calls, 80, "%.3f", Name("a"), Number(7))
    l = []
    shown(odd, 60, "%s", [1, 2.5, "a"])
    shown(odd, 60, "%s", [1, Number(3), Name("a"), Form(l), None, (1,), 2**70, [1]][:3 + 3 * turn])
    print(len(l))
    for how in range(5):
        shown(wrong, 60, how)
    shown(takes, 100, 300)
    shown(takes, 100, 2.5)
    shown(takes, 100, "a") if turn else None
    for x in (3, 2.0, 2.5, True, "a", 2**70):
        shown(ranges, 30, 99, x)
    shown(ranges, 30, 20, 1)
    for r in (range(10), range(3, 50, 7), range(9, 0, -1), range(0), range(2**62, 2**63 + 5), range(0, 2**70, 2**69), [1, 2], range(5)):
        shown(passed, r, 40)
