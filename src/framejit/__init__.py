"""framejit: a just-in-time compiler for CPython that takes unmodified Python programs.

`framejit.enable()` or `python -m framejit script.py`; single functions: `@framejit.jit`.
"""

first = []      # made before all that the import makes

from framejit import own

own.have(__path__[0])

with own.as_guest(first):
    from framejit.api import GraphBreakError, disable, enable, explain, is_enabled, jit, set_logs, skip, stats

del first

__version__ = "0.1.0"
__all__ = ["GraphBreakError", "disable", "enable", "explain", "is_enabled", "jit", "set_logs", "skip", "stats"]
