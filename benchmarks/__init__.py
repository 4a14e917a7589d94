"""Programs that are timed: `python -m benchmarks.loops`."""
