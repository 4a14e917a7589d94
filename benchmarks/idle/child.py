"""One contestant, a process of its own: `python -m benchmarks.idle.child NAME plain|enabled|control`.

Each line that comes in is a turn; the answer is a line of JSON with its result and its seconds of processor time, those
of the sampler's thread included.  The first turn holds what enabling and looking for loops cost.
"""

import json
import sys
import time

from benchmarks.idle.programs import PROGRAMS


def main():
    name, mode = sys.argv[1:]
    setup, turn = PROGRAMS[name]
    data = setup()
    print("ready", flush=True)
    for number, _ in enumerate(sys.stdin):
        start, wall = time.process_time(), time.perf_counter()
        if number == 0 and mode == "enabled":
            import framejit
            enabling = time.process_time()
            framejit.enable()
            start += enabling - start       # the import is a row of benchmarks.cost
        result = turn(data)
        seconds, wall = time.process_time() - start, time.perf_counter() - wall
        print(json.dumps({"result": repr(result), "seconds": seconds, "wall": wall}), flush=True)
    if mode == "enabled":
        print(json.dumps({"stats": framejit.stats()}), flush=True)


if __name__ == "__main__":
    main()
