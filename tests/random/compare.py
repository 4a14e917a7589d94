"""One program, plain and accelerated, in this process; a module-level program as two processes.

A verdict is {"kind": word, "native": iterations, ...}; kinds: same, slow (not compared), unsure
(plain Python varies there), or what differs first.
"""

import gc
import os
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import contextmanager
from pathlib import Path

from tests.random import observe

ROOT = Path(__file__).resolve().parents[2]
FAILURE = "FJ024"       # the code of a break where the compiler failed
STATS = "framejit: "    # how a line of `--stats` starts
PATIENCE = 90           # seconds of the processor's time that an accelerated run may take: machines may be busy
PATIENCE_PLAIN = 10     # and a plain one, which is given up then
SLOW = 1.0              # seconds of plain Python: longer programs are left out


class OutOfTime(BaseException):
    """The run took longer than PATIENCE."""


def _out_of_time(number, frame):
    raise OutOfTime


def observations(code, accelerate):
    """What was seen of each call, and the seconds that they took; functions other than f stay as they are."""
    namespace = {"__name__": "program", "__file__": observe.FILENAME}
    exec(code, namespace)
    function = accelerate(namespace["f"])
    start = time.process_time()
    seen = [observe.call(function, namespace, arguments) for arguments in namespace["CALLS"]]
    return seen, time.process_time() - start


def compiled(source):
    """The module's code, a new one each time: a code object remembers in its bytecode what has run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(source, observe.FILENAME, "exec")


def difference(expected, got):
    """(call, aspect) of the first difference, or None."""
    for place, (plain, fast) in enumerate(zip(expected, got)):
        for aspect, text in plain.items():
            if fast[aspect] != text:
                return place, aspect
    return None


def unsure(source, got, place, aspect):
    """Whether plain Python gives that too when its bytecode is warm.

    An UnboundLocalError in the second half of a superinstruction is reported at the first half's line, and which
    instructions are fused depends on how often they ran.
    """
    code = compiled(source)
    return any(observations(code, lambda function: function)[0][place][aspect] == got[place][aspect] for turn in range(4))


@contextmanager
def manner(quick):
    """Quick: code without optimisation, for all that can be compiled, its graphs verified, and no collections; else as framejit
    is by itself."""
    from framejit import pipeline
    os.environ["FRAMEJIT_EAGER"] = "1" if quick else "0"
    pipeline.CHECKS = quick
    gc.freeze()
    if not quick:
        gc.enable()
    try:
        yield
    finally:
        os.environ.pop("FRAMEJIT_EAGER")
        gc.disable()


def verdict(source, quick=False, announce=lambda: None):
    """Runs the program both ways and compares all that was seen; `announce()` between the two."""
    with manner(quick):
        return compared(source, announce)


def compared(source, announce):
    """The verdict, whatever the manner."""
    import framejit
    before, failed = framejit.stats(), compiler_failures()
    signal.signal(signal.SIGPROF, _out_of_time)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE_PLAIN)
    expected = None
    try:
        expected, seconds = observations(compiled(source), lambda function: function)
        if seconds > SLOW or any(seen["exception"].startswith("MemoryError") for seen in expected):
            return {"kind": "slow", "native": 0}
        announce()
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        got, _ = observations(compiled(source), framejit.jit)
        different = difference(expected, got)
        if different is not None and unsure(source, got, *different):
            return {"kind": "unsure", "native": 0}
    except OutOfTime:
        if expected is None:
            return {"kind": "slow", "native": 0}
        return {"kind": "timeout", "native": 0, "detail": f"more than {PATIENCE} s"}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    counted = {key: value - before.get(key, 0) for key, value in framejit.stats().items()}
    answer = {"kind": "same", "native": counted["native_iterations"], "entries": counted["native_entries"],
              "raised": sum(seen["exception"] != "none" for seen in expected), "calls": len(expected)}
    answer["failures"] = sorted(text for text, count in compiler_failures().items() if count > failed.get(text, 0))
    if different is not None:
        place, aspect = different
        answer["kind"] = aspect
        answer["detail"] = f"call {place}: plain {expected[place][aspect]}\ncall {place}: accelerated {got[place][aspect]}"
    return answer


def compiler_failures():
    """{what the compiler itself failed at so far: how often}: the program went on, but that shouldn't happen."""
    import framejit
    counts = {}
    for place in framejit.explain().breaks:
        if place.code == FAILURE:
            text = f"{place.reason} (line {place.lineno})"
            counts[text] = counts.get(text, 0) + place.count
    return counts


def script_verdict(source):
    """Runs a script with and without `-m framejit`, and compares what it printed, on both streams, and its status."""
    answers = []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "program.py").write_text(source)
        for words in ([], ["-m", "framejit", "--stats"]):
            try:
                answers.append(run_script(folder, words))
            except subprocess.TimeoutExpired:
                return {"kind": "timeout" if answers else "slow", "native": 0, "detail": ""}
    plain, fast = answers
    counted = {}
    if fast["status"] >= 0:
        lines = fast["errors"].splitlines(keepends=True)
        counted = dict(line[len(STATS):].replace(",", "").split(" = ") for line in lines if line.startswith(STATS) and " = " in line)
        fast["errors"] = "".join(line for line in lines if not line.startswith(STATS))
    answer = {"kind": "same", "native": int(counted.get("native_iterations", 0)), "entries": int(counted.get("native_entries", 0)),
              "raised": int(plain["status"] != 0), "calls": 1}
    for aspect, text in plain.items():
        if fast[aspect] != text:
            answer["kind"] = "crash" if aspect == "status" and fast["status"] < 0 else f"script {aspect}"
            answer["detail"] = f"plain {text}\naccelerated {fast[aspect]}"
            break
    return answer


def run_script(folder, words):
    """What one process gave."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "FRAMEJIT_EAGER": "1", "PYTHONWARNINGS": "always"}
    process = subprocess.run([sys.executable, *words, "program.py"], capture_output=True, text=True, env=environment, timeout=2 * PATIENCE, cwd=folder)
    return {"status": process.returncode, "output": process.stdout, "errors": process.stderr}
