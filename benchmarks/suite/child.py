"""One contestant, a process of its own: `python -m benchmarks.suite.child plain|enabled PROGRAM [options of the program ...]`.

Each line that comes in is a turn of so many loops; the answer is a line of JSON with its seconds of processor time, those of the
sampler's thread included, and what it has written.  The first turn holds what enabling and looking for loops costs.
"""

import contextlib
import io
import json
import os
import resource
import sys
import time
import types

from benchmarks.suite import stand_in


def main():
    mode, program, *options = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    stand_in.put_in()
    sys.argv = [program, *options]
    sys.path.insert(0, os.path.dirname(program))
    sys.modules["__main__"] = module = types.ModuleType("__main__")      # where processes that it starts look for its functions
    module.__file__ = program
    with open(program, encoding="utf-8") as file:
        exec(compile(file.read(), program, "exec"), vars(module))
    turns = stand_in.Runner.turns
    answers.write(json.dumps([name for name, _ in turns]) + "\n")
    answers.flush()
    enabled = mode == "plain"
    for line in sys.stdin:
        which, loops = map(int, line.split())
        written = io.StringIO()
        start, wall = spent(), time.perf_counter()
        if not enabled:
            import framejit
            enabling = spent()
            framejit.enable()
            start, enabled = start + enabling - spent(), True     # the import is a row of benchmarks.cost
        with contextlib.redirect_stdout(written):
            turns[which][1](loops)
        answers.write(json.dumps({"seconds": spent() - start, "wall": time.perf_counter() - wall, "written": written.getvalue()}) + "\n")
        answers.flush()
    if mode != "plain":
        answers.write(json.dumps({**framejit.stats(), "places": [str(place) for place in framejit.explain().breaks[:8]]}) + "\n")
        answers.flush()


def spent():
    """Seconds of processor time of this process and of those that it has waited for."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


if __name__ == "__main__":
    main()
