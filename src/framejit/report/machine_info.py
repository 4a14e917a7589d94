"""`python -m framejit info`: what a report of a problem should begin with."""

import importlib.metadata
import os
import platform
import sys
from typing import Sequence

from framejit.tables import settings

PACKAGES = ("numpy", "llvmlite", "numba")


def text(problems: Sequence[str]) -> str:
    """One line per fact; `problems` are the lines of what is off and why."""
    lines = [f"framejit  {package_version('framejit')}",
             f"python    {platform.python_version()} ({platform.python_implementation()}, {' '.join(platform.python_build())})",
             f"system    {platform.platform()}",
             f"cpu       {cpu_name()}, {os.cpu_count()} cores"]
    lines += [f"{name:<9} {package_version(name)}" for name in PACKAGES]
    lines += [f"set       {row.variable}={os.environ[row.variable]}" for row in settings.SETTINGS
              if row.variable and row.variable in os.environ]
    lines += [f"off       {problem}" for problem in problems] or ["off       nothing"]
    return "\n".join(lines)


def package_version(name: str) -> str:
    """An installed package's version without importing it."""
    if name == "framejit":
        return str(sys.modules["framejit"].__version__)
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def cpu_name() -> str:
    """The model's name as the kernel tells it, else the machine's kind."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        return platform.machine()
    return platform.machine()
