# native: entry
# alone: yes
# Processes of every start method, made by a program whose functions run natively: what they are given, what they give, what they raise.

import multiprocessing
import os
import signal
import sys

import framejit


@framejit.jit
def weighed(n):
    total = 0
    for k in range(n):
        total += k * k % 7
    return total


def fails(n):
    return weighed(n) // (n - 3000)


def block(n, answers):
    with framejit.jit():
        total = 0.0
        for k in range(n):
            total += k % 3 * 0.5
    answers.put((n, total, weighed(n)))


def by_method(method):
    context = multiprocessing.get_context(method)
    with context.Pool(2) as pool:
        print(method, pool.map(weighed, [10, 2000, 3000]), pool.apply(max, (1, 2)))
        try:
            pool.map(fails, [2000, 3000])
        except ZeroDivisionError as error:
            print(method, "raised", error)
    answers = context.Queue()
    process = context.Process(target=block, args=(4000, answers))
    process.start()
    print(method, answers.get(timeout=60))
    process.join()
    print(method, process.exitcode)


def forks():
    """A child that goes on natively, one that ends in the middle of a loop, one that is killed there."""
    for way in range(3):
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            found = weighed(2000)
            if way == 1:
                for k in range(10**9):
                    if k == 300_000:
                        os._exit(5)
            if way == 2:
                os.kill(os.getpid(), signal.SIGTERM)
            os._exit(found % 100)
        _, status = os.waitpid(child, 0)
        print("forked", way, os.waitstatus_to_exitcode(status), weighed(2000))


if __name__ == "__main__":
    print(weighed(2000), weighed(3000))
    forks()
    for method in ("fork", "forkserver", "spawn"):
        by_method(method)
    print(weighed(2000))
