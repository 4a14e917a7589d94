"""A block whose body isn't worth compiling, with a loop that takes long to capture: what was asked for is captured to its end once, not begun in vain at each entry."""

import bisect
import heapq

import framejit
from framejit.capture.ends import NotYet
from framejit.runtime.codes import CALL, REFUSALS
from framejit.runtime.compilation import Compilation


def run(n, accelerated):
    h, s, out, xs, block = [], 0, [], [(i * 7919) % 101 for i in range(20)], framejit.jit() if accelerated else memoryview(b"")
    fl = [x * 0.5 for x in xs]
    with block:
        for i in range(n):
            v = (i * 48271) % 1009
            try:
                heapq.heappush(h, (v, i)) if len(h) < 30 else out.append(heapq.heappushpop(h, (v, i))[0])
                if len(h) >= 30 and i % 3 == 0:
                    s += heapq.heappop(h)[1]
                xs[i % 20] = v
                fl[i % 20] = v * 0.25
                if i % 50 == 0:
                    xs.sort(key=lambda z: -z)
                    ys = sorted(fl, reverse=True)
                    s += bisect.bisect_left(sorted(xs), v)
                    bisect.insort(fl, ys[0])
                    fl.pop(3)
                s += max(fl) - min(xs) + sum(fl[:5])
            except (TypeError, ValueError, OverflowError) as e:
                out.append((i, repr(e)))
                h = [z for z in h if type(z[0]) is int and len(z) == 2]
                heapq.heapify(h)
    return s, out[-8:], h[:6], xs, fl


def test_attempts_come_to_an_end(monkeypatch):
    attempts, failed = [], Compilation.failed

    def noted(self, state, entry, error, dtypes):
        if state.code is run.__code__ and entry != CALL:
            attempts.append((entry, type(error)))
        return failed(self, state, entry, error, dtypes)

    monkeypatch.setattr(Compilation, "failed", noted)
    monkeypatch.setattr("framejit.runtime.compilation.ATTEMPT", 0.0)        # as on a slow machine: what nobody has asked for is broken off
    expected = run(2000, False)
    assert all([run(2000, True) == expected for _ in range(15)])
    assert NotYet not in [kind for _, kind in attempts]
    assert all([[one for one, _ in attempts].count(entry) <= REFUSALS for entry, _ in attempts])
