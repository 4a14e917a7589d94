"""k-means on the handwritten digits: one unmodified program, plain and accelerated, timed and compared.

Runs examples/kmeans.py as a process of its own, by `python` and by `python -m framejit`, each as often as the
argument says (2); prints the shortest time of each, that of the imports and the data alone, which no compiler shortens,
and whether everything that they printed is the same.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

BEFORE_THE_LOOPS = "from sklearn.datasets import load_digits; load_digits()"
PROGRAM = pathlib.Path(__file__).resolve().with_name("kmeans.py")


def run(launcher, environment):
    """One run: seconds, what it printed, its exit status."""
    start = time.perf_counter()
    process = subprocess.run([sys.executable, *launcher, str(PROGRAM)], capture_output=True, text=True, env=environment)
    return time.perf_counter() - start, process.stdout, process.stderr, process.returncode


def seconds_before_the_loops():
    """Of a process that only imports and loads."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", BEFORE_THE_LOOPS], check=True)
    return time.perf_counter() - start


def main(rounds=2):
    print(f"{PROGRAM.name}: k-means in plain Python loops over scikit-learn's digits")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "stats.json")
        plain = [run([], dict(os.environ)) for _ in range(rounds)]
        accelerated = [run(["-m", "framejit"], {**os.environ, "FRAMEJIT_STATS_FILE": path}) for _ in range(rounds)]
        with open(path, encoding="utf-8") as file:
            stats = json.load(file)
        before = min(seconds_before_the_loops() for _ in range(rounds))
    print(plain[0][1], plain[0][2], end="", sep="")
    slow, fast = min(times[0] for times in plain), min(times[0] for times in accelerated)
    print(f"plain        {slow:7.2f} s")
    print(f"accelerated  {fast:7.2f} s   ({slow / fast:.1f} times as fast, {stats['regions_compiled']} regions compiled, "
          f"{stats['native_iterations']:,} loop iterations in machine code)")
    print(f"imports      {before:7.2f} s   in both; without them {(slow - before) / max(fast - before, 1e-3):.0f} times as fast")
    same = len({result[1:] for result in plain + accelerated}) == 1
    print(f"results      {'identical' if same else 'DIFFERENT'}")
    return 0 if same and plain[0][3] == 0 else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
