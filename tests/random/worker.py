"""A process that compares programs one after the other, so that a crash takes only itself down.

`python -m tests.random.worker` reads a JSON line {"source": text, "script": bool, "quick": bool}, answers with a verdict as a line.
`Worker` is the other end: `ask` gives a verdict always, of kind "crash" or "timeout" when the process had to go.
"""

import json
import os
import resource
import select
import subprocess
import sys

PATIENCE = 60           # seconds until a silent process is ended
ROOM = 8 << 30          # bytes of memory
PLAIN = "plain"         # what it says when plain Python is done with the program


class Worker:
    """One such process, started when first asked and again after it went."""

    def __init__(self):
        self.process = None
        self.asked = 0

    def ask(self, source, script=False, quick=False):
        """The verdict on a program; `quick`: of the two manners of compiling it.  Slow: plain Python isn't done with it in time."""
        if self.process is None:
            self._start()
        self.asked += 1
        try:
            self.process.stdin.write(json.dumps({"source": source, "script": script, "quick": quick}).encode() + b"\n")
        except BrokenPipeError:
            return self._gone()
        answer = self._answer()
        if answer is None:
            return {"kind": "slow", "native": 0}
        if answer["kind"] == PLAIN:
            answer = self._answer()
        if answer and answer.pop("full", False):
            self.stop()
        return answer or {"kind": "timeout", "native": 0, "detail": f"no answer in {PATIENCE} s"}

    def _answer(self):
        """The next line that the process writes, what its end says, or None if it is silent for too long and had to go."""
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        if not ready:
            self.stop()
            return None
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else self._gone()

    def stop(self):
        """Ends the process, if there is one."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()
        self.process = None
        self.asked = 0

    def _start(self):
        from tests.random.compare import ROOT
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "0", "FRAMEJIT_CACHE": "0"}
        self.process = subprocess.Popen([sys.executable, "-m", "tests.random.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, bufsize=0, env=environment, cwd=ROOT)

    def _gone(self):
        status = self.process.wait()
        self.stop()
        return {"kind": "crash", "native": 0, "detail": f"exit status {status}"}


def serve():
    """Answers until there is nothing more to read."""
    from tests.random import compare
    answers = os.fdopen(os.dup(1), "w")
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))

    def say(answer):
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    for line in sys.stdin:
        question = json.loads(line)
        try:
            if question["script"]:
                answer = compare.script_verdict(question["source"])
            else:
                answer = compare.verdict(question["source"], question["quick"], lambda: say({"kind": PLAIN}))
        except (MemoryError, RecursionError):       # its numbers don't fit, or its tuples are nested too deeply to be compared
            answer = {"kind": "slow", "native": 0}
        except Exception as error:      # a program that can't be run at all, as shrinking makes them
            answer = {"kind": "broken", "native": 0, "detail": f"{type(error).__name__}: {error}"}
        answer["full"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10 > ROOM >> 3
        say(answer)


if __name__ == "__main__":
    serve()
