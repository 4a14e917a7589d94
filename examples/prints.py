"""An ordinary script with prints in its loop: no decorator, `python -m framejit` finds what is hot, and the lines come as ever.

    python -m framejit examples/prints.py
    FRAMEJIT_LOG=time,breaks python -m framejit examples/prints.py
    python examples/prints.py                           the same, interpreted

In the log, look at
- `<module>@...: compiled in ... ms`: the loop is entered while it runs;
- FJ004 for `print`: a call-out, which native code makes and goes on behind.
"""

import time

LIMIT = 300_000

start = time.perf_counter()
longest, number, steps_of_all = 0, 0, 0
for first in range(1, LIMIT):
    n, steps = first, 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    steps_of_all += steps
    if steps > longest:
        longest, number = steps, first
        print(f"{number:,} takes {longest} steps")
print(f"{steps_of_all:,} steps in all")
print(f"{time.perf_counter() - start:.2f} s")
