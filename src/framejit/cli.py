"""python -m framejit [--log KINDS] [--stats] PROGRAM: runs a program as `python` itself would, accelerated.

In: the command line.  Out: the program's own exit status; 2 and one line where the command line is wrong.
What the program sees (sys.argv, sys.path[0], __main__, frames, recursion depth, tracebacks) is what it sees
without us: `framejit._launch` runs it with our frames unlinked and ends the process.
"""

import atexit
import builtins
import os
import sys
from _json import encode_basestring_ascii
from typing import Any, Callable, NamedTuple, Optional

from framejit import api, own
from framejit.report import logs
from framejit.report.records import RECORDS
from framejit.tables import settings as rows

USAGE = """\
usage: python [python's own options] -m framejit [options] PROGRAM

PROGRAM is one of
  script.py args...     a file, a folder or an archive, as python takes it
  -m module args...     a module or package
  -c code args...       a command
  - args...             standard input
  info                  versions, CPU, what is off and why
  bisect script.py ...  finds the compiled region that makes a difference
  cache [--clear]       where machine code is kept on disk, and how much; --clear: removes it

options
  --log KINDS           log lines to standard error, comma-separated; --log help lists the kinds
  --stats               counters to standard error when the program ends
  --version, --help
"""


class Program(NamedTuple):
    """What is to be run."""

    kind: str               # a kind of framejit._launch, or info, bisect, cache
    arguments: list[str]    # argv[0] first


class Options(NamedTuple):
    """Our own options, and the words behind them."""

    log: str
    stats: bool
    rest: list[str]


class WrongUsage(Exception):
    """One line for standard error."""


def main(arguments: list[str]) -> int:
    """Runs the command line; returns only where no program was started, with the exit status."""
    try:
        if arguments and arguments[0] in INFORMATION:
            print(INFORMATION[arguments[0]]())
            return 0
        options = parse(arguments)
        kinds = logs.parse(options.log) + logs.parse(os.environ.get("FRAMEJIT_LOG", ""))
        if "help" in kinds:
            print(logs.help_text())
            return 0
        chosen = program(options.rest)
    except (WrongUsage, ValueError) as error:
        print(f"framejit: {error} (python -m framejit --help)", file=sys.stderr)
        return 2
    command = COMMANDS.get(chosen.kind)
    return command(chosen.arguments) if command else start(chosen, options)


def parse(arguments: list[str]) -> Options:
    """Our own options; raises WrongUsage."""
    log, stats, position = "", False, 0
    while position < len(arguments) and arguments[position].startswith("--"):
        option, equals, value = arguments[position].partition("=")
        if option == "--stats" and not equals:
            stats = True
        elif option == "--log":
            if not equals:
                position += 1
                value = arguments[position] if position < len(arguments) else ""
            if not value:
                raise WrongUsage("--log needs kinds of log lines")
            log = value
        else:
            raise WrongUsage(f"unknown option {arguments[position]}")
        position += 1
    return Options(log, stats, arguments[position:])


def program(words: list[str]) -> Program:
    """What is to be run, from the words behind our options; raises WrongUsage."""
    if not words:
        raise WrongUsage("no program given")
    first = words[0]
    if first == "-":
        return Program("stdin", words)
    for flag, kind in (("-m", "module"), ("-c", "command")):
        if first == flag and len(words) < 2:
            raise WrongUsage(f"argument expected for {flag}")
        if first.startswith(flag):
            attached = [first[2:]] if first != flag else []
            return Program(kind, [flag, *attached, *words[1:]])
    if first.startswith("-"):
        raise WrongUsage(f"unknown option {first}")
    return Program(first if first in COMMANDS else "file", words)


def start(chosen: Program, options: Options) -> int:
    """Sets the stage as the interpreter would, switches acceleration on, and runs the program."""
    try:
        from framejit import _launch
    except ImportError as error:
        print(f"framejit: not built for this Python: {error}", file=sys.stderr)
        return 2
    kind, arguments = STAGES[chosen.kind](chosen.arguments, _launch)
    names = list(sys.modules)                   # in the order in which their imports ended
    own.forget_shadowed(names[names.index("site" if "site" in names else "__main__"):])     # `python script.py` had not imported these
    sys.modules["__main__"] = new_main_module()
    settings = rows.read(os.environ, {})
    if options.stats or settings.stats_file:
        atexit.register(_launch.unobserved, write_stats, os.getpid(), options.stats, settings.stats_file)
    api.enable(**({"log": options.log} if options.log else {}))
    _launch.launch(kind, arguments)
    return 0


def new_main_module() -> Any:
    """`__main__` as it is before a program starts.  A new one: our frames keep the old one's names alive."""
    module = type(sys)("__main__")
    module.__dict__.update(__annotations__={}, __builtins__=builtins, __loader__=sys.modules["_frozen_importlib"].BuiltinImporter)
    return module


def set_first_path(entry: str, launch: Any) -> None:
    """sys.path[0]; left alone under -P and -I, where there is none."""
    if not sys.flags.safe_path:
        sys.path[0] = entry
        launch.first_path(entry)


def stage_file(words: list[str], launch: Any) -> tuple[str, tuple[Any, ...]]:
    """A file as it is; a folder or an archive as runpy runs it."""
    sys.argv[:] = words
    path = os.getcwd() if words[0] in ("", ".") else os.path.join(os.getcwd(), words[0])
    if launch.importable(path):
        set_first_path(path, launch)
        if sys.flags.safe_path:
            sys.path.insert(0, path)
        return "module", ("__main__", False)
    set_first_path(os.path.dirname(os.path.realpath(path)), launch)
    return "file", (sys.orig_argv[0], os.fsencode(path), path)


def stage_module(words: list[str], launch: Any) -> tuple[str, tuple[Any, ...]]:
    """runpy puts the module's path in the place of -m."""
    sys.argv[:] = ["-m", *words[2:]]
    return "module", (words[1], True)


def stage_command(words: list[str], launch: Any) -> tuple[str, tuple[Any, ...]]:
    """The command ends in a line break, as python's own has it."""
    sys.argv[:] = ["-c", *words[2:]]
    set_first_path("", launch)
    return "command", (words[1] + "\n",)


def stage_stdin(words: list[str], launch: Any) -> tuple[str, tuple[Any, ...]]:
    """Standard input."""
    sys.argv[:] = words
    set_first_path("", launch)
    return "stdin", ()


STAGES: dict[str, Callable[[list[str], Any], tuple[str, tuple[Any, ...]]]] = {
    "file": stage_file, "module": stage_module, "command": stage_command, "stdin": stage_stdin}


def write_stats(process: int, to_stderr: bool, path: str) -> None:
    """At exit, after the program's own exit functions; not in its forked children."""
    if os.getpid() != process:
        return
    api.disable()
    stats = api.stats()
    if to_stderr:
        for name, value in stats.items():
            print(f"framejit: {name} = {value:,}", file=sys.__stderr__)
    if path:
        from framejit.runtime import controller
        whole = {**stats, "regions": RECORDS.regions, "places": [(place.code, place.filename, place.lineno, place.count) for place in RECORDS.breaks()],
                 "compiles": getattr(controller, "COMPILES", True)}
        with open(path, "w", encoding="utf-8") as file:
            file.write(as_json(whole))


def as_json(value: Any) -> str:
    """JSON's text of strings, numbers, lists and dictionaries: the program's json module may be another one."""
    if isinstance(value, dict):
        return "{" + ", ".join([f"{as_json(key)}: {as_json(item)}" for key, item in value.items()]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([as_json(item) for item in value]) + "]"
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    return CONSTANTS.get(repr(value), repr(value))


CONSTANTS = {"True": "true", "False": "false", "None": "null"}


def info(words: Optional[list[str]] = None) -> int:
    """Prints versions, the CPU and what is off."""
    from framejit.report import machine_info
    print(machine_info.text(api._problems()))
    return 0


def bisect(words: list[str]) -> int:
    """Finds the compiled region that makes a difference."""
    from framejit.report import bisect as search
    if len(words) < 2:
        print("framejit: bisect needs a script (python -m framejit --help)", file=sys.stderr)
        return 2
    return search.report(words[1:])


def cache(words: list[str]) -> int:
    """Shows the folder of kept machine code, or empties it."""
    if words[1:] not in ([], ["--clear"]):
        print(f"framejit: cache takes --clear, not {' '.join(words[1:])} (python -m framejit --help)", file=sys.stderr)
        return 2
    from framejit.runtime import kept
    print(kept.text(rows.read(os.environ, {}), os.environ, "--clear" in words))
    return 0


def version() -> str:
    """The version's line."""
    from framejit import __version__
    return f"framejit {__version__}"


COMMANDS: dict[str, Callable[[list[str]], int]] = {"info": info, "bisect": bisect, "cache": cache}
INFORMATION: dict[str, Callable[[], str]] = {"--help": lambda: USAGE.rstrip(), "-h": lambda: USAGE.rstrip(), "--version": version}
