"""Waiting for a module's process: its end, a test that hangs, or more processor time than it may take."""

import contextlib
import os
import pathlib
import signal
import subprocess
import time

CUT = "cut off"             # stands in a file of outcomes where the module's processor time was over
LOOK = 5                    # seconds between two looks at a process
TICKS = os.sysconf("SC_CLK_TCK")
IDLE = 0.02                 # of a processor: less is waiting


def waited(process, path, patience, limit):
    """(Status, standard error, why it was ended) of a module's process; the status is None where it was ended: "hang" or CUT.

    A test hangs if none has begun or ended for `patience` seconds of processor time, or of time in which it hardly computed:
    beside other work everything takes longer, which is no hang.
    """
    seen, moved, used = None, time.monotonic(), 0.0
    while True:
        try:
            _, errors = process.communicate(timeout=LOOK)
            end_group(process.pid)
            return process.returncode, errors, None
        except subprocess.TimeoutExpired:
            size, now, computed = size_of(path), time.monotonic(), processor_time(process.pid)
            if size != seen:
                seen, moved, used = size, now, computed
            waiting = now - moved
            hangs = computed - used > patience or waiting > patience and computed - used < IDLE * waiting
            if hangs or computed > limit:
                end_group(process.pid)
                process.communicate()
                return None, "", "hang" if hangs else CUT


def size_of(path):
    """Bytes of a file of outcomes, or of those in a folder."""
    if path.is_dir():
        return sum([file.stat().st_size for file in path.glob("*.jsonl")])
    return path.stat().st_size if path.exists() else 0


def processor_time(pid):
    """Seconds that a process and its children that have ended have computed."""
    with contextlib.suppress(OSError):
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS
    return 0.0


def end_group(leader):
    """Ends a module's process and what it has started and left behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
