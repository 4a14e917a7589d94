# native: loop
# Ctrl-C in a hot loop arrives soon (by the time that the process has had), in a state that the loop has been in.
import os
import signal
import threading
import time


def count(n):
    k = total = 0
    while k < n:
        total += k & 3
        k += 1


def count_range(n):
    total = 0
    for k in range(n):
        total += k & 3
    return total


for loop in (count, count_range):
    loop(50_000)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    start = time.process_time()
    try:
        loop(10**13)
    except KeyboardInterrupt as error:
        frame = error.__traceback__.tb_next.tb_frame
        k, total = frame.f_locals["k"], frame.f_locals["total"]
        before = 6 * (k // 4) + sum(range(k % 4))
        print("interrupted", time.process_time() - start < 2, total - before in (0, k & 3))
