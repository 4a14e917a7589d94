# native: loop
# A loop that waits for a global that only another thread sets.
import threading

running = True
limit = 0


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


for turn in range(8):
    running = True
    threading.Timer(0.4 if turn else 2.0, stop).start()      # the first call is compiled meanwhile
    print(wait())
for turn in range(3):
    limit = 0
    threading.Timer(0.4 if turn else 2.0, raise_limit).start()
    print(wait_for_limit())
