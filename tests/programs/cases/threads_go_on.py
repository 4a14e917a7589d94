# native: loop
# While one thread computes, others get their turns; measured in the time that the process has, for the machine may be busy.
import threading
import time

stamps = []


def tick():
    while not finished:
        stamps.append(time.process_time())
        time.sleep(0.005)


def compute(n):
    total = 0.0
    for k in range(n):
        total += k * 0.125
    return total


finished = False
compute(2000)
thread = threading.Thread(target=tick)
thread.start()
start = time.process_time()
while len(stamps) < 40 and time.process_time() - start < 30:
    compute(400_000)
finished = True
thread.join()
gaps = [later - earlier for earlier, later in zip(stamps, stamps[1:])]
print(len(stamps) >= 40, sorted(gaps)[len(gaps) // 2] < 0.3)
