"""A tour: what introductions to jax.jit show that it can't do, in plain Python with `framejit.jit` and no other change.

    python examples/tour.py                     prints each stop, then times add(a, b)
    python examples/tour.py --plot add.png      where to draw the timings, if matplotlib is there (default: tour_add.png)

No static_argnums, no lax.cond, lax.while_loop or lax.fori_loop, no jax.debug.print, no restriction on types.
"""

import math
import sys
import threading
import time

import numpy as np

import framejit

CALLS = (10, 100, 1_000, 10_000)
REPEATS = 5


# 1. Straight lines

@framejit.jit
def sine_and_cosine(x):
    return math.sin(x) + math.cos(x)


# 2. A side effect: it happens at each call, not once while tracing

@framejit.jit
def squares_aloud(n):
    total = 0
    for k in range(n):
        total += k * k
    print("the squares below", n, "make", total)
    return total


# 3. Loops: ten times, and n times for any n

@framejit.jit
def ten_times(x):
    for k in range(10):
        x = x + k
    return x


@framejit.jit
def n_times(x, n):
    for k in range(n):
        x = x + k
    return x


# 4. `while` and `if` on values

@framejit.jit
def sum_up_to(x):
    total = 0
    while x > 0:
        total += x
        x -= 1
    return total


@framejit.jit
def myabs(x):
    if x < 0:
        return -x
    return x


# 5. Factorials, by loop and by recursion, into the big integers

@framejit.jit
def factorial_by_loop(n):
    product = 1
    for k in range(2, n + 1):
        product *= k
    return product


@framejit.jit
def factorial_by_recursion(n):
    if n < 2:
        return 1
    return n * factorial_by_recursion(n - 1)


# 6. Arrays: what is written is one pass over memory, with NumPy's own bits, types and warnings

@framejit.jit
def sine_and_cosine_of(x):
    return np.sin(x) + np.cos(x)


@framejit.jit
def relu(x):
    return np.maximum(x, 0)


# 7. C[i] = A[i] + B[i], the indices split over threads

@framejit.jit
def add_part(A, B, C, first, end):
    for i in range(first, end):
        C[i] = A[i] + B[i]


def add_in_threads(A, B, count):
    C = np.empty_like(A)
    bounds = [len(A) * k // count for k in range(count + 1)]
    threads = [threading.Thread(target=add_part, args=(A, B, C, first, end)) for first, end in zip(bounds, bounds[1:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return C


# 8. A function so small that calling it is all the work

def add(a, b):
    return a + b


accelerated_add = framejit.jit(add)


def compilations(function, arguments):
    """How many regions were compiled while `function` ran on each tuple of arguments."""
    before = framejit.stats()["regions_compiled"]
    for values in arguments:
        function(*values)
    return framejit.stats()["regions_compiled"] - before


def stops():
    """Every stop of the tour but the timings."""
    print("sin(x) + cos(x) at 0, 0.5 and 1:", [sine_and_cosine(x) for x in (0.0, 0.5, 1.0)])
    for turn in range(3):
        squares_aloud(100)
    print("ten times:", ten_times(1), ten_times(0.5))
    print("n times, for fifty different n:", compilations(n_times, [(1, n) for n in range(50)]), "compilation")
    print("sum up to 10, 1000, -3:", sum_up_to(10), sum_up_to(1000), sum_up_to(-3))
    print("absolute values:", [myabs(x) for x in (3, -3, -2.5, -0.0, -10**30, True)])
    for n in (5, 20, 21, 40):
        print(f"{n}! = {factorial_by_loop(n)}, the same by recursion: {factorial_by_recursion(n) == math.factorial(n)}")
    print("sin(x) + cos(x) of an array:", sine_and_cosine_of(np.array([0.0, 0.5, 1.0])).tolist())
    print("relu, for ints and floats:", relu(np.arange(-2, 3)).tolist(), relu(np.array([-1.5, -0.0, 2.5])).tolist())
    A, B = np.arange(10_000) * 0.5, np.arange(10_000) * 2.0
    print("four threads add what NumPy adds:", np.array_equal(add_in_threads(A, B, 4), A + B))


def seconds(function, calls):
    """The best time of `calls` calls."""
    best = math.inf
    for repeat in range(REPEATS):
        start = time.perf_counter()
        for call in range(calls):
            function(1.5, 2.5)
        best = min(best, time.perf_counter() - start)
    return best


def contenders():
    """name -> a function that adds; jax.jit's too where it is installed."""
    found = {"plain": add, "framejit.jit": accelerated_add}
    try:
        import jax
    except ImportError:
        return found
    compiled = jax.jit(add)
    return {**found, "jax.jit": lambda a, b: compiled(a, b).block_until_ready()}


def timings():
    """name -> seconds for each of CALLS; every function has run before."""
    found = contenders()
    for function in found.values():
        function(1.5, 2.5)
    return {name: [seconds(function, calls) for calls in CALLS] for name, function in found.items()}


def draw(measured, path):
    """A plot of the timings, or a line that says why not."""
    try:
        import matplotlib
    except ImportError:
        return "no plot: matplotlib is not installed (pip install framejit[examples])"
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots()
    for name, values in measured.items():
        axes.loglog(CALLS, values, marker="o", label=name)
    axes.set(xlabel="calls of add(a, b)", ylabel="seconds")
    axes.legend()
    figure.savefig(path)
    return f"drawn: {path}"


def main(arguments):
    stops()
    measured = timings()
    print("seconds".ljust(14), *[f"{calls:>10,} calls" for calls in CALLS])
    for name, values in measured.items():
        print(name.ljust(14), *[f"{value:16.6f}" for value in values])
    print(draw(measured, arguments[1] if arguments[:1] == ["--plot"] and len(arguments) > 1 else "tour_add.png"))


if __name__ == "__main__":
    main(sys.argv[1:])
