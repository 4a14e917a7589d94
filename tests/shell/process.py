"""Runs the interpreter in a process of its own, with the package's source on its path."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def clean_environment(**extra):
    """This environment without settings of Python and of framejit; no machine code is kept on disk, and calls wait for theirs."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FRAMEJIT_", "PYTEST_", "PYTHON"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "FRAMEJIT_CACHE": "0", "FRAMEJIT_PLAIN_FIRST": "0", **extra}


def python(*words, given="", cwd=ROOT, **extra):
    """A finished process with text output."""
    return subprocess.run([sys.executable, *map(str, words)], input=given, capture_output=True, text=True, cwd=cwd,
                          env=clean_environment(**extra), timeout=120)


def framejit(*words, **options):
    """`python -m framejit ...`"""
    return python("-m", "framejit", *words, **options)
