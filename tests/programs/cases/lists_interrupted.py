# native: loop
# Somebody interrupts a loop that builds a long list again and again: a thread that wakes, one that computes, a timer's signals.
import signal
import threading
import time


def build(n):
    values = []
    for k in range(n):
        values.append(k * 0.5)
    return len(values), values[-1]


def several(n):
    a, b, values, flags = 0, 0, [], []
    for k in range(n):
        a += k
        b += 1
        values.append(k - 7)
        flags.append(k % 3 == 0)
    return a, b, len(values), sum(values), flags.count(True)


def beside(work):
    stop = []
    thread = threading.Thread(target=work, args=(stop,))
    thread.start()
    print(build(1_500_000), several(400_000))
    stop.append(1)
    thread.join()


def wakes(stop):
    while not stop:
        time.sleep(0.001)


def computes(stop):
    x = 0
    while not stop:
        x += 1


for turn in range(30):
    build(20_000)
    several(5_000)
beside(wakes)
beside(computes)

count = 0


def handler(number, frame):
    global count
    count += 1


signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
for turn in range(6):
    print(build(300_000), several(200_000))
signal.setitimer(signal.ITIMER_REAL, 0)
print(count > 0)
