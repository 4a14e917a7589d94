"""Programs that are timed: `python -m benchmarks.loops`.  With the compiler's own time: nothing is taken from disk, or left there."""

import os

os.environ.setdefault("FRAMEJIT_CACHE", "0")
