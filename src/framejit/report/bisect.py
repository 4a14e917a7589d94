"""`python -m framejit bisect script.py`: which compiled region makes a difference.

The program runs plain, then accelerated with everything compiled, then with only the first n places of that run
(FRAMEJIT_ONLY names a file that lists them); a binary search finds the smallest n whose output, errors or exit status
differ.  What is found when may change from run to run, the places don't.
"""

import json
import os
import subprocess
import sys
import tempfile
from typing import Callable, NamedTuple, Optional


class Outcome(NamedTuple):
    """All that a run shows."""

    status: int
    output: bytes
    errors: bytes


def report(words: list[str]) -> int:
    """Searches and prints; 0: no difference, 1: found, 2: can't tell."""
    given = b"" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer.read()
    plain = run(words, given)
    if run(words, given) != plain:
        print("two plain runs differ: the program isn't deterministic, so nothing can be told")
        return 2
    full, regions = accelerated(words, given, None)
    if full == plain:
        print(f"no difference with {len(regions)} regions compiled")
        return 0
    outcomes: dict[int, Outcome] = {}

    def differs(limit: int) -> bool:
        outcomes[limit] = accelerated(words, given, regions[:limit])[0]
        return outcomes[limit] != plain

    limit = smallest(differs, len(regions))
    if limit == 0:
        print("a difference with no region compiled: it comes from the command line or the runtime, not from compiled code")
    else:
        print(f"region {limit} of {len(regions)} makes the difference: {regions[limit - 1]}")
    print(difference(plain, outcomes.get(limit, full)))
    return 1


def smallest(differs: Callable[[int], bool], count: int) -> int:
    """The smallest limit in 0..count that differs, given that `count` does."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if differs(middle):
            high = middle
        else:
            low = middle + 1
    return low


def run(words: list[str], given: bytes) -> Outcome:
    """One plain run."""
    return finished([sys.executable, *subprocess._args_from_interpreter_flags(), *words], given, dict(os.environ))


def accelerated(words: list[str], given: bytes, places: Optional[list[str]]) -> tuple[Outcome, list[str]]:
    """One accelerated run with these places compiled (None: all), and the places that were, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        path, allowed = os.path.join(folder, "stats.json"), os.path.join(folder, "places")
        environment = {"FRAMEJIT_EAGER": "1", **os.environ, "FRAMEJIT_STATS_FILE": path}
        if places is not None:
            environment["FRAMEJIT_ONLY"] = allowed
            with open(allowed, "w", encoding="utf-8") as file:
                file.write("\n".join(places))
        command = [sys.executable, *subprocess._args_from_interpreter_flags(), "-m", "framejit", *words]
        outcome = finished(command, given, environment)
        try:
            with open(path, encoding="utf-8") as file:
                return outcome, list(dict.fromkeys(json.load(file)["regions"]))
        except FileNotFoundError:      # the process ended without its exit functions
            return outcome, []


def finished(command: list[str], given: bytes, environment: dict[str, str]) -> Outcome:
    """Runs a command to its end."""
    process = subprocess.run(command, input=given, capture_output=True, env=environment)
    return Outcome(process.returncode, process.stdout, process.stderr)


def difference(plain: Outcome, other: Outcome) -> str:
    """The first thing that differs, plain first."""
    for name in ("output", "errors"):
        left, right = getattr(plain, name).splitlines(), getattr(other, name).splitlines()
        for number, (one, two) in enumerate(zip(left, right), 1):
            if one != two:
                return f"{name}, line {number}:\n  plain       {one!r}\n  accelerated {two!r}"
        if len(left) != len(right):
            return f"{name}: {len(left)} lines plain, {len(right)} accelerated"
    return f"exit status {plain.status} plain, {other.status} accelerated"
