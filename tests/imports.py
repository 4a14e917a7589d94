"""What programs import, imported before framejit begins.

Under FRAMEJIT_EAGER=1 whatever runs is compiled.  What imports run is the same for every program: the standard library's and NumPy's own code,
which took two thirds of the time of all tests.  Programs that are about it compile it still; the others find it imported (tests/first/sitecustomize.py).
"""

import os
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "first"
PACKAGES = ("numpy", "coverage", "cloudpickle", "pytest")
IMPORT = re.compile(r"^\s*(?:import|from) +([A-Za-z_]\w*)", re.MULTILINE)


def from_elsewhere(paths, folder) -> list[str]:
    """The modules of the standard library and of installed packages that these files name, and the files of this folder that they import."""
    found, paths = set(), list(paths)
    for path in paths:
        for module in IMPORT.findall(path.read_text(encoding="utf-8")):
            beside = folder / (module + ".py")
            if not beside.exists():
                found.update({module} & {*sys.stdlib_module_names, *PACKAGES})
            elif beside not in paths:
                paths.append(beside)
    return sorted(found)


def settings(names, path) -> dict[str, str]:
    """What the environment says of modules that are to be imported first; `path`: what PYTHONPATH would be."""
    return {"PYTHONPATH": os.pathsep.join([path, str(FOLDER)]), "IMPORT_FIRST": " ".join(names)} if names else {"PYTHONPATH": path}
