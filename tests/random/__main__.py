"""`python -m tests.random --count 20000 --seed 1`: random programs, plain against accelerated.

Each failure is tried again in a process of its own, shrunk, and written to tests/random/kept/, whose programs always
run in the tests.  The last line says how many programs had native iterations.  Exit status 1 on any failure.
"""

import argparse
import collections
import concurrent.futures
import sys
import threading
import time
from pathlib import Path

from tests.random import generator, shrink
from tests.random.worker import Worker

KEPT = Path(__file__).parent / "kept"
GOOD = {"same", "slow", "unsure"}
RECYCLE = 120           # programs after which a worker starts anew
SCRIPTS = 60            # one program of so many runs at module level too
THOROUGH = 8            # and one of so many with optimised code, only what is worth it being compiled; the others quickly, all that can be


def main():
    options = parser().parse_args()
    if options.show is not None:
        print((generator.script if options.script else generator.program)(options.show), end="")
        return 0
    if options.check:
        return check(options.check)
    failures, counts = compare(options)
    print(summary(counts), flush=True)
    for seed, script, verdict in failures:
        print(keep(seed, script, verdict, options.shrink), flush=True)
    return 1 if failures else 0


def parser():
    made = argparse.ArgumentParser(prog="python -m tests.random", description=__doc__)
    made.add_argument("--count", type=int, default=300, help="how many programs (300)")
    made.add_argument("--seed", type=int, default=0, help="the number of the first (0)")
    made.add_argument("--workers", type=int, default=1, help="processes at a time (1)")
    made.add_argument("--scripts", type=int, default=SCRIPTS, help=f"one module-level script for so many programs, 0 for none ({SCRIPTS})")
    made.add_argument("--shrink", type=float, default=60.0, help="seconds to spend on making each failure smaller, 0 to write none (60)")
    made.add_argument("--seconds", type=float, default=0.0, help="stop taking new programs after that time")
    made.add_argument("--show", type=int, metavar="SEED", help="print one program")
    made.add_argument("--script", action="store_true", help="with --show: the module-level one")
    made.add_argument("--check", nargs="+", metavar="FILE", help="compare these programs instead")
    return made


def compare(options):
    """All programs on a few workers: the failures, and a count of each kind of verdict."""
    counts, failures, lock = collections.Counter(), [], threading.Lock()
    deadline = time.monotonic() + options.seconds if options.seconds else float("inf")
    jobs = [(seed, False) for seed in range(options.seed, options.seed + options.count)]
    jobs += [(seed, True) for seed, _ in jobs if options.scripts and seed % options.scripts == 0]

    def work(share):
        worker = Worker()
        for seed, script in share:
            if time.monotonic() > deadline:
                break
            verdict = judge(worker, seed, script)
            with lock:
                tally(counts, verdict)
                for failure in verdict.get("failures", ()):
                    print(f"program {seed}: compiler failure: {failure[:300]}", flush=True)
                if verdict["kind"] not in GOOD:
                    failures.append((seed, script, verdict))
                    print(f"{'script' if script else 'program'} {seed}: {verdict['kind']}\n{verdict.get('detail', '')[:600]}", flush=True)
        worker.stop()

    with concurrent.futures.ThreadPoolExecutor(options.workers) as pool:
        list(pool.map(work, [jobs[first::options.workers] for first in range(options.workers)]))
    return sorted(failures, key=lambda failure: failure[:2]), counts


def is_quick(seed):
    """Which of the two manners of compiling this program is tried in."""
    return seed % THOROUGH != 0


def judge(worker, seed, script):
    """The verdict on one program; one that failed is tried again alone, and says if it didn't fail there."""
    source = (generator.script if script else generator.program)(seed)
    verdict = worker.ask(source, script, is_quick(seed))
    if verdict["kind"] not in GOOD:
        before = worker.asked
        worker.stop()
        again = worker.ask(source, script, is_quick(seed))
        worker.stop()
        if again["kind"] in GOOD and verdict["kind"] == "timeout":
            verdict = again                 # the machine had other work
        elif again["kind"] in GOOD:
            again_fine = "not every time" if script else f"only after other programs ({before} before it)"
            verdict["detail"] = again_fine + "\n" + verdict.get("detail", "")
            verdict["alone"] = False
    if worker.asked >= RECYCLE:
        worker.stop()
    return verdict


def tally(counts, verdict):
    counts["programs"] += 1
    counts[verdict["kind"]] += 1
    counts["with native iterations"] += verdict["native"] > 0
    counts["native iterations"] += verdict["native"]
    counts["with native entries"] += verdict.get("entries", 0) > 0
    counts["with compiler failures"] += bool(verdict.get("failures"))
    counts["calls"] += verdict.get("calls", 0)
    counts["calls that raised"] += verdict.get("raised", 0)


def summary(counts):
    return ", ".join(f"{number} {word}" for word, number in counts.items())


def keep(seed, script, verdict, seconds):
    """Shrinks the program and writes it down; a sentence that says where."""
    name = f"{'script' if script else 'program'}_{seed}"
    if not seconds or not verdict.get("alone", True):
        return f"{name}: not kept ({verdict['kind']})"
    worker = Worker()
    source = shrink.shrink((generator.script if script else generator.program)(seed), lambda text: worker.ask(text, script, is_quick(seed))["kind"] == verdict["kind"], seconds)
    worker.stop()
    path = KEPT / f"{name}.py"
    KEPT.mkdir(exist_ok=True)
    path.write_text(source)
    return f"{name}: {verdict['kind']}, kept as {path.name}, {len(source.splitlines())} lines"


def check(paths):
    """Compares the programs in these files; prints a line each."""
    worker, bad = Worker(), 0
    for path in paths:
        script = Path(path).name.startswith("script")
        for quick in (False,) if script else (False, True):
            verdict = worker.ask(Path(path).read_text(), script, quick)
            bad += verdict["kind"] not in GOOD or bool(verdict.get("failures"))
            words = f"{Path(path).name}{', quickly' if quick else ''}: {verdict['kind']}, {verdict['native']} native iterations"
            print("\n".join([words, verdict.get("detail", ""), *verdict.get("failures", ())]).rstrip(), flush=True)
    worker.stop()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
