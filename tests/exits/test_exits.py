"""Every kind of exit is taken by some program, every guard misses in one, and all is as in plain Python.

Value, exception, traceback with locals, warnings, output, arguments and globals of each call are compared; that the
exit was really taken is read off the machine's counts.
"""

import math
import signal

import numpy as np
import pytest

import framejit
from framejit.runtime.controller import controller
from framejit.tables.exits import EXITS
from tests.exits.anomalies import ANOMALIES, UNFIRED
from tests.exits.guards import GUARDS
from tests.exits.states import STATES
from tests.random.observe import FILENAME, call

PROGRAMS = ANOMALIES + GUARDS + STATES
TRIES = 20


class Watcher:
    """Keeps every variant that the functions of a namespace ever had, so that counts outlive recompiling."""

    def __init__(self, namespace):
        self.codes = [value.__code__ for value in namespace.values() if hasattr(value, "__code__")]
        self.variants = {}
        self.left_before = self.left()

    @staticmethod
    def left():
        return controller().machine.counters()["left"]

    def look(self):
        """To be called behind each call of the program: news makes variants go away."""
        for code in self.codes:
            for variant in controller().code_of(code).known_variants():
                self.variants[id(variant)] = variant

    def exits(self):
        """(kind, how often) of every exit of every variant."""
        for variant in self.variants.values():
            yield from zip([exit.kind for exit in variant.compiled.graph.every_exit()], variant.region.exit_counts)

    def taken(self, kind):
        return sum(count for found, count in self.exits() if found == kind)

    def missed(self, kind):
        return sum(variant.region.misses for variant in self.variants.values())

    def left_behind(self, kind):
        """World points that native code didn't go on behind: what left without an exit's being taken."""
        others = sum(count for found, count in self.exits() if found not in ("poll", "callout"))
        there = any(found == kind for found, _ in self.exits())
        return there and self.left() - self.left_before - others


EVIDENCE = {"exit": Watcher.taken, "miss": Watcher.missed, "left": Watcher.left_behind}


def namespace_of(anomaly):
    namespace = {"np": np, "math": math, "signal": signal, "__name__": "program"}
    exec(compile(anomaly.source, FILENAME, "exec"), namespace)
    return namespace


def functions(namespace):
    return [name for name, value in namespace.items() if hasattr(value, "__code__")]


def plain_run(anomaly):
    namespace = namespace_of(anomaly)
    return [call(namespace["f"], namespace, arguments) for arguments in anomaly.warm + anomaly.leave]


def compiled_run(anomaly):
    """(what was seen, watcher)."""
    namespace = namespace_of(anomaly)
    watcher = Watcher(namespace)
    for name in functions(namespace):
        namespace[name] = framejit.jit(namespace[name])
    seen = []
    for arguments in anomaly.warm + anomaly.leave:
        seen.append(call(namespace["f"], namespace, arguments))
        watcher.look()
    return seen, watcher


def sampled_run(anomaly):
    """The same, entered by the sampler while the loop runs."""
    for attempt in range(TRIES):
        namespace = namespace_of(anomaly)
        watcher = Watcher(namespace)
        before = framejit.stats()["osr_entries"]
        framejit.enable()
        try:
            seen = [call(namespace["f"], namespace, arguments) for arguments in anomaly.leave]
        finally:
            framejit.disable()
        watcher.look()
        if framejit.stats()["osr_entries"] > before:
            break
    return seen, watcher


@pytest.mark.parametrize("anomaly", PROGRAMS, ids=[anomaly.name or anomaly.kind for anomaly in PROGRAMS])
def test_leaves_as_plain_python_goes_on(anomaly):
    expected = plain_run(anomaly)
    seen, watcher = (sampled_run if anomaly.sampled else compiled_run)(anomaly)
    for arguments, plain, native in zip(anomaly.warm + anomaly.leave, expected, seen):
        assert native == plain, arguments
    counts = {kind: count for kind, count in watcher.exits() if count}
    assert EVIDENCE[anomaly.evidence](watcher, anomaly.kind) >= 1, f"taken were {counts}"


def test_every_kind_has_a_program_and_a_row():
    fired, rows = {anomaly.kind for anomaly in ANOMALIES}, {row.kind for row in EXITS}
    assert not fired & set(UNFIRED)
    assert fired | set(UNFIRED) == rows
