"""Processes that take their turns alternately: a plain one, an enabled one, and a second plain one, whose difference is the noise."""

import json
import os
import random
import statistics
import subprocess
import sys

MODES = ("plain", "enabled", "control")
TURNS = 12


class Contestant:
    """A process that makes a turn of its program when it is asked."""

    def __init__(self, name, mode):
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        self.process = subprocess.Popen([sys.executable, "-m", "benchmarks.idle.child", name, mode], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, env=environment)
        self.process.stdout.readline()      # its data are there: nobody's setup disturbs another's turns

    def turn(self):
        self.process.stdin.write("turn\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        """The counters of the run; none of a plain one."""
        rest, _ = self.process.communicate()
        return json.loads(rest)["stats"] if rest else {}


def round_of(name, turns, number):
    """One round: by mode, the results and seconds of all turns; `number` says who begins."""
    contestants = {mode: Contestant(name, mode) for mode in shuffled(number)}
    made = {mode: [] for mode in MODES}
    for turn in range(turns):
        for mode in shuffled(turn * 1000 + number):
            made[mode].append(contestants[mode].turn())
    stats = {mode: contestant.end() for mode, contestant in contestants.items()}
    return made, stats["enabled"]


def shuffled(number):
    """The modes in an order of their own: nobody comes first, or behind the same other one, in all rounds."""
    return random.Random(number).sample(MODES, len(MODES))


def measure(name, rounds, turns=TURNS):
    """One row: medians over the rounds, in percent of the plain process: `whole` of all turns, `steady` of the least ones;
    `control`: what a second plain process takes more."""
    found, least, stats, same = {"whole": [], "steady": [], "control": []}, [], {}, True
    for number in range(rounds):
        made, stats = round_of(name, turns, number)
        seconds = {mode: [turn["seconds"] for turn in made[mode]] for mode in MODES}
        found["whole"].append(more(sum, seconds, "enabled"))
        found["steady"].append(more(min, seconds, "enabled"))
        found["control"].append(more(sum, seconds, "control"))
        least.append(min(seconds["plain"]))
        same = same and len({turn["result"] for mode in MODES for turn in made[mode]}) == 1
    medians = {key: statistics.median(values) for key, values in found.items()}
    return {"name": name, "seconds": min(least), **medians, "spread": spread(found["whole"]), "pairs": found["whole"],
            "regions": stats["regions_compiled"], "same": same}


def more(of, seconds, mode):
    return 100 * (of(seconds[mode]) / of(seconds["plain"]) - 1)


def spread(values):
    """Half the distance between the quartiles."""
    if len(values) < 2:
        return 0.0
    low, _, high = statistics.quantiles(values, n=4)
    return (high - low) / 2
