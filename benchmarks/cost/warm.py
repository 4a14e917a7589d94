"""The first call of a ten-line loop that another process has compiled: `python -m benchmarks.cost.warm`, milliseconds of processor time as JSON.

In: the folder FRAMEJIT_CACHE_DIR, in which such a process has left it.  `hits`: how much of it was found there.
"""

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.cost.process import TEN_LINES, first_call


def measured(processes):
    """[{"all": ms, "hits": regions}] of so many processes behind one that leaves what it has compiled."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONHASHSEED": "0", "FRAMEJIT_CACHE_DIR": os.path.join(folder, "kept")}
        found = []
        for _ in range(processes + 1):
            answer = subprocess.run([sys.executable, "-m", "benchmarks.cost.warm"], capture_output=True, text=True, env=environment)
            if answer.returncode:
                raise SystemExit(answer.stderr)
            found.append(json.loads(answer.stdout))
    return found[1:]


def main():
    os.environ["FRAMEJIT_CACHE"] = "1"          # benchmarks keep nothing otherwise
    import framejit
    first = first_call(framejit, TEN_LINES, 10, 0.5)
    json.dump({"all": first["all"], "hits": framejit.stats()["cache_hits"]}, sys.stdout)


if __name__ == "__main__":
    main()
