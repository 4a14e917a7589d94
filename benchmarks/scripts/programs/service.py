"""Requests that a thread works off, while the main one waits."""

import queue
import threading

requests, answers = queue.Queue(), {}


def longest(n):
    best, start = 0, 0
    for i in range(1, n):
        m, length = i, 0
        while m != 1:
            m = m // 2 if m % 2 == 0 else 3 * m + 1
            length += 1
        if length > best:
            best, start = length, i
    return best, start


def work():
    while True:
        n = requests.get()
        if n is None:
            break
        answers[n] = longest(n)


worker = threading.Thread(target=work)
worker.start()
for n in range(1000, 1300):
    requests.put(n)
requests.put(None)
worker.join()
print(len(answers), answers[1299])
