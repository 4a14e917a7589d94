"""Processes of one program that take their turns alternately: a plain one and an enabled one."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import tomllib
from typing import NamedTuple

MODES = ("plain", "enabled")
LEAST = 0.03            # seconds that a turn takes: a program that is over sooner makes several loops
PATIENCE = 4.0          # seconds of all turns of a process, beyond which fewer have to do


def programs(folder):
    """(name, path of the program, its options) of all that a folder of pyperformance's holds."""
    for name in sorted(os.listdir(folder)):
        program = os.path.join(folder, name, "run_benchmark.py")
        if os.path.exists(program):
            rows = [os.path.join(folder, name, file) for file in sorted(os.listdir(os.path.join(folder, name))) if file.endswith(".toml")]
            for row in rows:
                with open(row, "rb") as file:
                    told = tomllib.load(file)
                told = told.get("tool", {}).get("pyperformance", {})
                if "name" in told and (len(rows) == 1 or "extra_opts" in told or not row.endswith("pyproject.toml") or not any("bm_" in other for other in rows)):
                    yield told["name"], program, told.get("extra_opts", [])


class Contestant:
    """A process that makes a turn of its program when it is asked; `names` is None where the program can't be run, for the reason `problem`."""

    def __init__(self, mode, program, options):
        self.process = subprocess.Popen([sys.executable, "-m", "benchmarks.suite.child", mode, program, *options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONHASHSEED": "0"})
        first = self.process.stdout.readline()
        self.names = json.loads(first) if first else None
        self.problem = "" if first else (self.process.communicate()[1].strip().splitlines() or ["nothing to run"])[-1]

    def turn(self, which, loops):
        self.process.stdin.write(f"{which} {loops}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(self.process.communicate()[1][-2000:])
        return json.loads(line)

    def end(self):
        """The counters of the run; none of a plain one."""
        rest, _ = self.process.communicate()
        return json.loads(rest) if rest else {}


def loops_for(program, options, which):
    """How many loops make a turn of LEAST seconds, and how long one turn takes then."""
    trial = Contestant("plain", program, options)
    loops, seconds = 1, trial.turn(which, 1)["seconds"]
    while seconds < LEAST and loops < 1 << 20:
        loops *= max(2, min(100, int(LEAST / max(seconds, 1e-6))))
        seconds = trial.turn(which, loops)["seconds"]
    trial.end()
    return loops, seconds


def calibrated(program, options, which, loops, turns):
    """A process that only fills the folder of kept code, as pyperf's calibrating one does: the seconds of its turns."""
    first = Contestant("enabled", program, options)
    seconds = [first.turn(which, loops)["seconds"] for _ in range(turns)]
    first.end()
    return seconds


def measure(program, options, which, turns, processes, seed):
    """A row: seconds of a turn behind the first third in each mode (medians), `ratio` of neighbouring ones, `least` of the least ones, `whole` of all,
    first turns included; of several pairs of processes, since where a process lies in memory alone makes some per cent, and noise comes in bursts.

    `cold` is the ratio of all turns of the first process, which found nothing on disk.
    """
    loops, seconds = loops_for(program, options, which)
    turns = max(6, min(turns, int(PATIENCE / seconds)))
    order = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(FRAMEJIT_CACHE="1", FRAMEJIT_CACHE_DIR=folder)
        cold = calibrated(program, options, which, loops, turns)
        pairs = [side_by_side(program, options, which, loops, turns, order) for _ in range(processes)]
    stats = pairs[-1].stats
    steady = {mode: [seconds for pair in pairs for seconds in pair.seconds[mode][turns // 3:]] for mode in MODES}
    whole = {mode: sum([sum(pair.seconds[mode]) for pair in pairs]) / processes for mode in MODES}
    return {**{mode: statistics.median(steady[mode]) for mode in MODES}, "ratio": statistics.median([pair.ratio() for pair in pairs]),
            "least": min(steady["enabled"]) / min(steady["plain"]), "whole": whole["enabled"] / whole["plain"], "cold": sum(cold) / whole["plain"],
            "loops": loops, "same": all([pair.same for pair in pairs]),
            **{key: stats[key] for key in ("regions_compiled", "native_entries", "osr_entries", "callouts", "exits", "compile_seconds", "places")}}


class Pair(NamedTuple):
    """What two processes, a plain one and an enabled one, have taken and written, turn by turn."""

    seconds: dict
    same: bool
    stats: dict

    def ratio(self):
        """Of turns that were made one behind the other, the first third left out."""
        ratios = [enabled / plain for enabled, plain in zip(self.seconds["enabled"], self.seconds["plain"])]
        return statistics.median(ratios[len(ratios) // 3:])


def side_by_side(program, options, which, loops, turns, order):
    """A plain process and an enabled one that make their turns alternately."""
    contestants = {mode: Contestant(mode, program, options) for mode in MODES}
    made = {mode: [] for mode in MODES}
    for _ in range(turns):
        for mode in order.sample(MODES, 2):
            made[mode].append(contestants[mode].turn(which, loops))
    stats = {mode: contestant.end() for mode, contestant in contestants.items()}["enabled"]
    return Pair({mode: [turn["seconds"] for turn in made[mode]] for mode in MODES},
                [turn["written"] for turn in made["plain"]] == [turn["written"] for turn in made["enabled"]], stats)
