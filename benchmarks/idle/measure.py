"""Pairs of processes, one plain and one enabled, that take their turns alternately."""

import json
import os
import statistics
import subprocess
import sys

MODES = ("plain", "enabled")
TURNS = 12


class Contestant:
    """A process that makes a turn of its program when it is asked."""

    def __init__(self, name, mode):
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        self.process = subprocess.Popen([sys.executable, "-m", "benchmarks.idle.child", name, mode], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, env=environment)

    def turn(self):
        self.process.stdin.write("turn\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        """The counters of the run; none of a plain one."""
        rest, _ = self.process.communicate()
        return json.loads(rest)["stats"] if rest else {}


def pair(name, turns, number):
    """One pair: by mode, the results and seconds of all turns; `number` says who begins."""
    contestants = {mode: Contestant(name, mode) for mode in MODES}
    made = {mode: [] for mode in MODES}
    for turn in range(turns):
        order = MODES if (turn + number) % 2 == 0 else MODES[::-1]
        for mode in order:
            made[mode].append(contestants[mode].turn())
    stats = {mode: contestant.end() for mode, contestant in contestants.items()}
    return made, stats["enabled"]


def measure(name, rounds, turns=TURNS):
    """One row: medians over the pairs, in percent: `whole` of all turns, `steady` of the least ones."""
    whole, steady, least, stats, same = [], [], [], {}, True
    for number in range(rounds):
        made, stats = pair(name, turns, number)
        seconds = {mode: [turn["seconds"] for turn in made[mode]] for mode in MODES}
        whole.append(100 * (sum(seconds["enabled"]) / sum(seconds["plain"]) - 1))
        steady.append(100 * (min(seconds["enabled"]) / min(seconds["plain"]) - 1))
        least.append(min(seconds["plain"]))
        same = same and len({turn["result"] for mode in MODES for turn in made[mode]}) == 1
    return {"name": name, "seconds": min(least), "whole": statistics.median(whole), "steady": statistics.median(steady), "spread": spread(whole),
            "pairs": whole, "regions": stats["regions_compiled"], "same": same}


def spread(values):
    """Half the distance between the quartiles."""
    if len(values) < 2:
        return 0.0
    low, _, high = statistics.quantiles(values, n=4)
    return (high - low) / 2
