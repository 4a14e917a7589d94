"""What goes on around a loop: tracing, profiling, frames and their locals, threads, signals, fork, collections, contexts."""

import _thread
import asyncio
import gc
import os
import signal
import sys
import threading
import time
import weakref

from attacked import attempt, compiled, say

flag = False
shared = [0] * 8
step = 1


@compiled
def trace_begins_inside(act, n):
    total = 0
    for i in range(n):
        total += i * 2
        if i == n - 4:
            act()
    return total


events = []


def trace(frame, event, argument):
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, sorted(frame.f_locals)))
    return trace


def start_tracing():
    sys._getframe(1).f_trace = trace
    sys.settrace(trace)


for turn in range(3):
    result = trace_begins_inside(start_tracing, 300)
    sys.settrace(None)
    say(result, events)
    events.clear()


def start_profiling():
    sys.setprofile(lambda frame, event, argument: events.append((frame.f_code.co_name, event, str(argument)[:20] if event == "return" else "")))


for turn in range(3):
    result = trace_begins_inside(start_profiling, 300)
    sys.setprofile(None)
    say(result, [event for event in events if event[0] == "trace_begins_inside"])
    events.clear()


@compiled
def looks_at_its_frame(look, n):
    total = 0
    x = 0.5
    for i in range(n):
        total += i
        x = x * 1.25
        if i % 100 == 50:
            look(sys._getframe())
    return total, x


def look(frame):
    say(frame.f_lineno - frame.f_code.co_firstlineno, {name: value for name, value in sorted(frame.f_locals.items()) if name != "look"}, frame.f_back is not None)


attempt(looks_at_its_frame, lambda: (look, 300))


@compiled
def locals_are_written(write, n):
    total = 0
    x = 1
    for i in range(n):
        total += x
        if i % 100 == 50:
            write(sys._getframe(), i)
    return total, x


def write(frame, i):
    frame.f_locals["x"] = 0.5 if i > 200 else 1000 + i
    frame.f_locals["x"] = 2000 + i
    frame.f_locals["total"] = frame.f_locals["total"]


attempt(locals_are_written, lambda: (write, 300))


@compiled
def frame_outlives(n):
    values = []
    total = 0
    for i in range(n):
        total += i
        if i == 10:
            values.append(sys._getframe())
    return values[0]


for turn in range(3):
    frame = frame_outlives(300)
    say({name: value for name, value in sorted(frame.f_locals.items()) if name != "values"}, frame.f_lineno - frame.f_code.co_firstlineno)
    frame.clear()
    say(sorted(frame.f_locals))
    del frame


@compiled
def waits_for_a_thread():
    spins = 0
    while not flag:
        spins += 1
    return spins >= 0


def set_flag():
    global flag
    time.sleep(0.05)
    flag = True


for turn in range(2):
    flag = False
    thread = threading.Thread(target=set_flag)
    thread.start()
    say(waits_for_a_thread())
    thread.join()


@compiled
def list_of_a_thread(values, stop):
    turns = 0
    while len(values) < 5 or type(values[4]) is not float:
        turns += 1
    values[0] = 1
    return values[4], turns >= 0


def change(values):
    time.sleep(0.03)
    values.extend([1, 2, 3, 4, 5])
    time.sleep(0.03)
    values[4] = 2.5


for turn in range(2):
    values = []
    thread = threading.Thread(target=change, args=(values,))
    thread.start()
    say(list_of_a_thread(values, None), values)
    thread.join()


@compiled
def signalled(n):
    total = 0
    for i in range(n):
        total += step
        if step == 3:
            return "seen", total > 0
    return "never"


def handler(number, frame):
    global step
    step = 3
    events.append(frame.f_code.co_name)


for turn in range(2):
    step = 1
    events.clear()
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    say(signalled(10 ** 12), events)


class Interruption(Exception):
    pass


def interrupt(number, frame):
    raise Interruption(frame.f_code.co_name)


@compiled
def interrupted(n):
    total = 0
    for i in range(n):
        total += i & 3
    return total


for turn in range(2):
    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        say(interrupted(10 ** 12))
    except Interruption as error:
        local = error.__traceback__.tb_next.tb_frame.f_locals
        i, total = local["i"], local["total"]
        say(error, total - (i // 4 * 6 + (0, 1, 3, 6)[i % 4]) in (0, -(i & 3)), error.__traceback__.tb_next.tb_lineno)


@compiled
def forks(n):
    total = 0
    for i in range(n):
        total += i
        if i == n // 2:
            child = os.fork()
            if child == 0:
                total = -10 ** 9
            else:
                total += os.waitpid(child, 0)[1]
        if i == n - 1 and total < 0:
            os._exit(7)
    return total


attempt(forks, lambda: (300,), times=2)


@compiled
def collected(n):
    seen = []
    total = 0
    for i in range(n):
        cell = [i]
        cell.append(cell)
        total += len(cell)
        if i % 100 == 99:
            gc.collect()
            seen.append(total)
    return seen


callbacks = []
gc.callbacks.append(lambda phase, info: callbacks.append(phase))
attempt(collected, lambda: (300,))
say(callbacks.count("start") >= 9)
gc.callbacks.clear()


async def task(n):
    total = 0
    for i in range(n):
        total += sums(i)
        if i % 20 == 0:
            await asyncio.sleep(0)
    return total


@compiled
def sums(n):
    total = 0
    for i in range(n):
        total += i
    return total


async def main():
    return await asyncio.gather(*[task(60) for _ in range(4)])


say(asyncio.run(main()))


def numbers(n):
    total = 0
    for i in range(n):
        total += sums(i)
        sent = yield total
        if sent:
            total = sent


generator = numbers(200)
say(sum(next(generator) for _ in range(50)), generator.send(5), list(generator)[-1])


def make_adder(n):
    total = 0

    def add(k):
        nonlocal total
        for i in range(k):
            total += i * n
        return total
    return compiled(add)


add = make_adder(3)
say(add(300), add(300), add.__closure__[0].cell_contents, [f(10) for f in map(make_adder, range(4))])
results = []
threads = [threading.Thread(target=lambda k=k: results.append(sums(200000 + k))) for k in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
say(sorted(results))
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
other = interpreters.create()
code = "t = 0\nfor i in range(200000): t += i\nassert t == 19999900000"
say(getattr(interpreters, "run_string")(other, code))
interpreters.destroy(other)
say(sums(1000))
