"""Seconds of the processor that this process has had, and those before that it was forked from: a child's own begin at zero."""

from time import process_time

BEFORE = [0.0]          # what the processes had that this one comes from


def had():
    """Never less than what it was."""
    return BEFORE[0] + process_time()


def goes_on_from(seconds):
    """Behind a fork, before which it was so much."""
    BEFORE[0] += max(0.0, seconds - had())


__all__ = ["goes_on_from", "had"]
