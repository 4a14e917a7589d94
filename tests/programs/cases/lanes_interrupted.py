# native: loop
# A signal between iterations that are computed side by side finds the state after one of them, and changes nothing.
import signal

import numpy as np


def fill(a, out, n):
    s = 0.0
    for i in range(n):
        t = a[i] * 2.0
        out[i] = t
        s += t
    return s, i


def pull(a, me, n):
    s = 0.0
    for i in range(n):
        if i != me:
            s += a[i]
    return s, i


def look(number, frame):
    if frame.f_code.co_name in ("fill", "pull"):
        known = frame.f_locals
        if "i" in known and "s" in known:
            seen.append((frame.f_code.co_name, known["i"], float(known["s"]), float(known.get("t", 0.0))))


def holds(name, i, s, t):
    """The sum is that of the iterations up to i, or to the one before, where i has only just been taken."""
    done = i * (i + 1.0)
    if name == "fill":
        return (s, t) in ((done, 2.0 * i), (done - 2.0 * i, 2.0 * i), (done - 2.0 * i, 2.0 * (i - 1)), (0.0, 0.0))
    skipped = ME if i >= ME else 0
    return s in (done / 2 - skipped, done / 2 - i - (ME if i > ME else 0))


seen = []
size, ME = 3001, 1500
a, out = np.arange(float(size)), np.zeros(size)
signal.signal(signal.SIGALRM, look)
signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
good = True
for turn in range(300):
    out[:] = -1.0
    good = good and fill(a, out, size) == (size * (size - 1.0), size - 1) and bool((out == 2.0 * a).all())
    good = good and pull(a, ME, size) == (size * (size - 1.0) / 2 - ME, size - 1)
signal.setitimer(signal.ITIMER_REAL, 0)
print("results", good)
print("states", [state for state in seen if not holds(*state)])
