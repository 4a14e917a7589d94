"""Runs whole programs plain and accelerated, in processes of their own, for comparing byte for byte.

A case is a Python file in cases/.  Lines of its opening comment are its header:

    # native: loop            its hot part has to run natively (stats: native_iterations > 0)
    # native: entry           ... (stats: native_entries > 0)
    # python: -W error        options of the interpreter
    # arguments: a b          sys.argv[1:]
    # as: module | command | stdin    instead of `python case.py`; folders and packages are cases of their own
    # input: text             standard input (escapes as in a string literal)
    # status: 3               the plain run's exit status, checked so that a case is known to do what it says
    # alone: yes              accelerated by itself, too: run without `python -m framejit`; plain runs have FRAMEJIT_DISABLE=1
    # imports: compiled       in eager runs, too, what it imports is imported by the program itself

Eager runs of the others find imported what they import from elsewhere (tests/imports.py).

Runs are started in a pool as soon as the cases are collected; `outcome` waits for one.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Mapping, NamedTuple, Optional, Sequence

from tests import imports

FOLDER = pathlib.Path(__file__).resolve().parent / "cases"
SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"
MODES = {
    "plain": None,
    "accelerated": {},
    "eager": {"FRAMEJIT_EAGER": "1"},
    "warm": {"FRAMEJIT_EAGER": "1"},        # the same again, with the machine code that the eager run has left
}
EAGER = ("eager", "warm")
TIMEOUT = 240       # seconds: an eager run compiles what it meets of the standard library too
STEP = 5            # seconds, from one look at what it has used to another
KEYS = ("native", "python", "arguments", "as", "input", "status", "alone", "imports")
ALONE = "alone"


class Outcome(NamedTuple):
    """All that can be seen of a run, and the accelerated run's statistics; no status: it didn't end in time."""

    status: Optional[int]
    output: bytes
    errors: bytes
    stats: Optional[dict]


def cases() -> list[str]:
    """Names of all cases: files and folders."""
    return sorted(path.name for path in FOLDER.iterdir()
                  if path.suffix == ".py" or path.is_dir() and not path.name.startswith("_"))


def header(name: str) -> dict[str, str]:
    """The `# key: value` lines at the head of a case."""
    path = FOLDER / name
    if path.is_dir():
        path = path / "__main__.py"
    fields: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        key, colon, value = line[1:].partition(":")
        if colon and key.strip() in KEYS:
            fields[key.strip()] = value.strip()
    return fields


def words(name: str, fields: dict[str, str]) -> list[str]:
    """How the program is named on a command line."""
    arguments = fields.get("arguments", "").split()
    form = fields.get("as", "file")
    if form == "module":
        return ["-m", name.removesuffix(".py"), *arguments]
    if form == "command":
        return ["-c", (FOLDER / name).read_text(encoding="utf-8"), *arguments]
    if form == "stdin":
        return ["-", *arguments]
    return [name, *arguments]


def imported_first(name: str) -> list[str]:
    """The modules from elsewhere that a case and the cases that it imports name."""
    if header(name).get("imports") == "compiled":
        return []
    paths = sorted((FOLDER / name).glob("*.py")) if (FOLDER / name).is_dir() else [FOLDER / name]
    return imports.from_elsewhere(paths, FOLDER)


def environment(mode: str, stats_file: str, code_folder: str = "", first: Sequence[str] = ()) -> dict[str, str]:
    """This process's environment without settings of Python and of ours, and the mode's; `code_folder`: for machine code."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FRAMEJIT_", "PYTEST_", "PYTHON"))}
    kept.update(imports.settings(first, str(SOURCE)), PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0", FRAMEJIT_CACHE="1" if code_folder else "0",
                FRAMEJIT_CACHE_DIR=code_folder)
    if mode == ALONE:
        return kept
    extra = MODES[mode]
    return {**kept, "FRAMEJIT_DISABLE": "1"} if extra is None else {**kept, **extra, "FRAMEJIT_STATS_FILE": stats_file}


def run(name: str, mode: str, code_folder: str = "") -> Outcome:
    """Runs one case in one mode."""
    fields = header(name)
    given = fields.get("input", "").encode().decode("unicode_escape").encode()
    if fields.get("as") == "stdin":
        given = (FOLDER / name).read_bytes()
    launcher = [] if MODES.get(mode) is None else ["-m", "framejit"]
    command = [sys.executable, *fields.get("python", "").split(), *launcher, *words(name, fields)]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "stats.json"
        ended = finished(command, given, environment(mode, str(path), code_folder, imported_first(name) if mode in EAGER else ()))
        stats = json.loads(path.read_text()) if path.exists() else None
    return Outcome(*ended, stats)


def finished(command: Sequence[str], given: bytes, variables: Mapping[str, str]) -> tuple[Optional[int], bytes, bytes]:
    """Status, output and errors of a process; no status: it has used TIMEOUT seconds of processors, or nothing in as many seconds.  How
    long others let it wait doesn't matter."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=FOLDER, env=variables) as process:
        before, since, unsent = 0.0, time.monotonic(), given or None
        while True:
            try:
                output, errors = process.communicate(unsent, timeout=STEP)
                return process.returncode, output, errors
            except subprocess.TimeoutExpired as late:
                used, unsent = seconds_used(process.pid), None      # it is being sent
                before, since = (before, since) if used == before else (used, time.monotonic())
                if used >= TIMEOUT or time.monotonic() - since >= TIMEOUT:
                    process.kill()
                    return None, late.output or b"", late.stderr or b""


def seconds_used(pid: int) -> float:
    """Of processors, by a process and those of its children that it has waited for."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")


class Pool:
    """Runs ahead of the tests that ask for them; as many at once as there are cores."""

    def __init__(self) -> None:
        self.executor = ThreadPoolExecutor(max_workers=os.cpu_count() or 1)
        self.futures: dict[tuple[str, str], Future[Outcome]] = {}
        self.folder = tempfile.TemporaryDirectory()

    def start(self, name: str, mode: str) -> "Future[Outcome]":
        """Queues a run once."""
        if (name, mode) not in self.futures:
            before = self.start(name, "eager") if mode == "warm" else None
            self.futures[name, mode] = self.executor.submit(self.run, name, mode, before)
        return self.futures[name, mode]

    def run(self, name: str, mode: str, before: "Optional[Future[Outcome]]") -> Outcome:
        """Runs one case behind another run."""
        if before is not None:
            before.result()
        return run(name, mode, os.path.join(self.folder.name, name) if mode in EAGER else "")

    def outcome(self, name: str, mode: str) -> Outcome:
        """Waits for a run."""
        return self.start(name, mode).result()

    def close(self) -> None:
        """Drops what nobody waited for."""
        self.executor.shutdown(cancel_futures=True)
        self.folder.cleanup()
