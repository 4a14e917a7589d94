"""What of NumPy's own tests isn't run, and which differences are accepted, each with its reason."""

from tests.cpython.accepted import Accepted

ACCEPTED: tuple[Accepted, ...] = ()

# Tests whose outcome varies from run to run, and why: compared with nothing.
VARYING = {
}

# Folders and files that aren't run, and why.
LEFT_OUT = {
    "f2py": "builds extension modules with a Fortran compiler in processes of their own",
    "_pyinstaller": "builds programs with PyInstaller",
    "typing": "runs mypy over stub files",
    "distutils": "of setuptools' predecessor: builds extension modules in processes of their own",
}


def reason(test, version, mode):
    """Why a difference is accepted, or None."""
    return next((row.reason for row in ACCEPTED if row.test == test and version in row.versions.split() and mode in row.modes.split()), None)
