"""What pyperformance's programs see as `pyperf`: a runner that takes down what they would measure, and measures nothing.

    runner.bench_func("go", versus_cpu)     ->      Runner.turns: [("go", function of a number of loops)]
"""

import argparse
import asyncio
import platform
import sys
import time
import types


class Runner:
    """One per program; `turns` of all programs of the process."""

    turns = []

    def __init__(self, **ignored):
        self.argparser = argparse.ArgumentParser()
        self.metadata = {}
        self.args = None

    def parse_args(self, args=None):
        self.args = self.argparser.parse_args(args)
        return self.args

    def bench_func(self, name, function, *arguments, inner_loops=None, **ignored):
        self.turns.append((name, lambda loops: [function(*arguments) for _ in range(loops)] and None))

    def bench_time_func(self, name, function, *arguments, inner_loops=None, **ignored):
        self.turns.append((name, lambda loops: function(loops, *arguments)))

    def bench_async_func(self, name, function, *arguments, loop_factory=None, **ignored):
        async def turns(loops):
            for _ in range(loops):
                await function(*arguments)

        def turn(loops):
            with asyncio.Runner(loop_factory=loop_factory) as runner:
                runner.run(turns(loops))

        self.turns.append((name, turn))

    def bench_command(self, name, command):
        raise SystemExit("a program of its own")


def put_in():
    """`import pyperf` gives this from now on."""
    module = types.ModuleType("pyperf")
    module.Runner = Runner
    module.perf_counter = time.perf_counter
    module.python_implementation = lambda: platform.python_implementation().lower()
    module.python_has_jit = lambda: False
    sys.modules["pyperf"] = module
