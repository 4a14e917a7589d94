# native: loop
# A loop that waits for a global that only another thread sets.
import threading
import time

running = True
limit = 0
CLOCK = time.pthread_getcpuclockid(threading.main_thread().ident)


def wait():
    turns = 0
    while running:
        turns += 1
    return turns > 0


def wait_for_limit():
    turns = 0
    while turns >= limit:
        turns += 1
    return turns > 1000


def stop():
    global running
    running = False


def raise_limit():
    global limit
    limit = 10**15


def later(seconds, what):
    """Calls it once the main thread has had so many seconds of the processor: on a busy machine, too, it has waited before."""
    until = time.clock_gettime(CLOCK) + seconds

    def wake():
        while (left := until - time.clock_gettime(CLOCK)) > 0:
            time.sleep(max(left, 0.01))
        what()

    threading.Thread(target=wake).start()


for turn in range(8):
    running = False
    wait()                      # what is to be compiled before the function begins is compiled here
    running = True
    later(0.2 if turn else 1.5, stop)      # the first call is compiled meanwhile
    print(wait())
for turn in range(3):
    limit = 10**15
    wait_for_limit()
    limit = 0
    later(0.2 if turn else 1.5, raise_limit)
    print(wait_for_limit())
