"""Imports the modules that $IMPORT_FIRST names before the program begins: see tests/imports.py."""

import importlib
import os

for name in os.environ.pop("IMPORT_FIRST", "").split():
    importlib.import_module(name)
