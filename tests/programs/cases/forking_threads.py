"""Several threads that fork at once, and whose children fork again: what runs beside the program ends for each of them."""
import os
import sys
import threading
import warnings

warnings.simplefilter("ignore")          # 3.12 warns of forks where there are threads
sys.setswitchinterval(0.001)


def busy(n):
    total = 0
    for k in range(n):
        total += k % 7
    return total


def forked(depth):
    total = 0
    for k in range(4):
        total += busy(2000 + k)
        pid = os.fork()
        if not pid:
            for j in range(1000):
                total += j
            if depth:
                total += forked(depth - 1)
            os._exit((total + busy(1000)) % 251)
        total += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return total


def behind(gate, found):
    gate.wait()
    found.append(forked(1))


def at_once(count):
    found = []
    gate = threading.Event()             # nobody has ended before the first look, however the machine shares out its time
    threads = [threading.Thread(target=behind, args=(gate, found)) for _ in range(count)]
    for thread in threads:
        thread.start()
    looked = 0
    while any(thread.is_alive() for thread in threads):
        looked += 1
        if looked == 1:
            gate.set()
    gate.set()
    for thread in threads:
        thread.join()
    return found, looked > 0


print(forked(1))
for _ in range(3):
    print(at_once(3))
