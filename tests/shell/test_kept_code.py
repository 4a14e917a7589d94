"""Machine code kept on disk: a second process finds it, loads it without LLVM, and runs as the first one did."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
from process import ROOT, clean_environment, framejit, python

PROGRAM = """
import framejit, sys
import numpy as np
from framejit.runtime.controller import controller
controller().tiers.possible = False        # thorough code at once

@framejit.jit
def total(n):
    s = 0
    for k in range(n):
        s += k * CONSTANT
    return s

@framejit.jit
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

@framejit.jit
def fused(a, b):
    return np.sqrt(a[1:] * 2.0 + b[1:]) - np.exp(a[1:])

CONSTANT = 3
a = np.linspace(0.0, 1.0, 50)
print(total(1000), fib(15), repr(float(fused(a, a)[7])), repr(float(fused(a, a)[7])))
stats = framejit.stats()
print(stats["regions_compiled"], stats["cache_hits"], stats["cache_misses"], stats["native_entries"], stats["exits"], file=sys.stderr)
print("llvmlite" in sys.modules, file=sys.stderr)
"""


def run(folder, program=PROGRAM, **extra):
    """Standard output; regions, hits, misses, native entries, exits; whether LLVM was loaded."""
    result = python("-c", program, **{"FRAMEJIT_CACHE": "1", "FRAMEJIT_CACHE_DIR": str(folder), **extra})
    assert result.returncode == 0, result.stderr
    numbers, loaded = result.stderr.splitlines()
    return result.stdout, [int(word) for word in numbers.split()], loaded == "True"


def test_found_by_the_next_process(tmp_path):
    cold, (compiled, hits, misses, entries, _), loaded = run(tmp_path / "kept")
    assert compiled == misses >= 3 and hits == 0 and loaded and entries >= 4
    for folder, changed, expected, llvm in (("kept", {"PYTHONHASHSEED": "11"}, (compiled, 0), False), ("kept", {"FRAMEJIT_CACHE": "0"}, (0, 0), True),
                                            ("other", {}, (0, compiled), True)):
        output, (regions, hits, misses, entries, _), loaded = run(tmp_path / folder, **changed)
        assert (output, regions, (hits, misses), loaded) == (cold, compiled, expected, llvm) and entries >= 4


SEVERAL = """
import framejit, math, sys

class Point:
    RATE = 0.25
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)
    @property
    def size(self):
        return math.hypot(self.x, self.y)
    def step(self, dt):
        self.x += self.RATE * dt

@framejit.jit
def walk(point, other, n):
    s = 0.0
    for k in range(n):
        point.step(0.5)
        s += (point + other).size
    return s

def maker(a, b):
    def inner(x):
        return a * x + b
    return inner

@framejit.jit
def applied(f, g, n):
    return sum(f(k) - g(k) for k in range(n)) + max(f(k) for k in range(n))

@framejit.jit
def sieve(n):
    flags = [True] * n
    count = 0
    for k in range(2, n):
        if flags[k]:
            count += 1
            for m in range(k * k, n, k):
                flags[m] = False
    return count

@framejit.jit
def words(texts):
    seen = {}
    for text in texts:
        seen[text] = seen.get(text, 0) + len(text)
    return len(seen)

for turn in range(3):
    print(walk(Point(1.0, 2.0), Point(3.0, 4.0), 50), applied(maker(2, 3), maker(1.5, 1), 40), sieve(500), words(["a", "b", "cc"] * 5))
stats = framejit.stats()
print(stats["regions_compiled"], stats["cache_hits"], stats["cache_misses"], stats["native_entries"], stats["exits"], file=sys.stderr)
print("llvmlite" in sys.modules, file=sys.stderr)
"""


def test_every_process_makes_the_same_texts(tmp_path):
    found = [run(tmp_path / "kept", SEVERAL, PYTHONHASHSEED=seed) for seed in "0123"]
    assert len({output for output, *_ in found}) == 1
    assert found[0][1][2] >= 3 and [numbers[2] for _, numbers, _ in found[1:]] == [0, 0, 0]
    assert [loaded for *_, loaded in found] == [True, False, False, False]


CHANGES = {
    "a function": ("s += k * CONSTANT", "s += k * CONSTANT + 1"),
    "a constant": ("a[1:] * 2.0", "a[1:] * 2.5"),
    "a callee": ("fib(n - 1) + fib(n - 2)", "fib(n - 1) + fib(n - 3)"),
    "a type": ("CONSTANT = 3", "CONSTANT = 3.0"),
}


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_changed_programs_are_compiled_anew(tmp_path, change):
    _, (compiled, *_), _ = run(tmp_path / "kept")
    changed = PROGRAM.replace(*CHANGES[change])
    plain = python("-c", changed, FRAMEJIT_DISABLE="1").stdout
    output, (_, hits, misses, *_), loaded = run(tmp_path / "kept", changed)
    assert output == plain and misses == 1 and hits == compiled - 1 and loaded
    assert run(tmp_path / "kept", changed)[1][1] == compiled


def test_another_value_is_the_same_code(tmp_path):
    """What a global name holds is no part of the code: only its type is."""
    run(tmp_path / "kept")
    changed = PROGRAM.replace("CONSTANT = 3", "CONSTANT = 5")
    output, (_, _, misses, *_), _ = run(tmp_path / "kept", changed)
    assert (output, misses) == (python("-c", changed, FRAMEJIT_DISABLE="1").stdout, 0)


OTHERS = {
    "processor": "from framejit import _machine; _machine.cpu = lambda: b'another one'",
    "C library": "from framejit import _machine; _machine.system = lambda: '2.99'",
    "Python": "from framejit import _machine; _machine.python = lambda: '3.11.99'",
    "LLVM, framejit's build": "from framejit import _machine; _machine.stamp = lambda path: '1.2.3'",
    "framejit": "import framejit; framejit.__version__ = '0.0.0'",
    "passes": "from framejit.backends.llvm import engine; engine.PASSES[2] += ('sinking',)",
}


@pytest.mark.parametrize("other", sorted(OTHERS))
def test_code_of_other_surroundings_is_not_found(tmp_path, other):
    cold, (compiled, *_), _ = run(tmp_path / "kept")
    output, (_, hits, misses, *_), _ = run(tmp_path / "kept", OTHERS[other] + PROGRAM)
    assert (output, hits, misses) == (cold, 0, compiled)


def test_numpys_choice_of_loops_is_part_of_the_key(tmp_path):
    run(tmp_path / "kept")
    _, (compiled, hits, misses, *_), _ = run(tmp_path / "kept", "import numpy._core._multiarray_umath as core; core.__cpu_features__['MMX'] = None" + PROGRAM)
    assert misses == 1 and hits == compiled - 1         # the others have nothing to do with NumPy


def test_damaged_files_are_made_anew(tmp_path):
    cold, (compiled, *_), _ = run(tmp_path / "kept")
    for path in (tmp_path / "kept").iterdir():
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
    result = python("-c", PROGRAM, FRAMEJIT_CACHE="1", FRAMEJIT_CACHE_DIR=str(tmp_path / "kept"), FRAMEJIT_LOG="cache")
    assert result.stdout == cold and result.stderr.count("refused: the file is damaged") == 2 * compiled        # what was captured, and its code
    assert run(tmp_path / "kept")[1][1] == compiled


def unusable(tmp_path):
    """Folders in which nothing can be kept."""
    file, open_to_all, link, full = tmp_path / "file", tmp_path / "open", tmp_path / "link", "/dev/full/kept"
    file.touch()
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    link.symlink_to(tmp_path)
    return {"a file": file, "below a file": file / "kept", "open to all": open_to_all, "a link": link, "a device": full, "no file system": "/proc/kept",
            "too long a name": tmp_path / ("x" * 300), "too long a path": "/" + "/".join(["y" * 200] * 30)}


def test_folders_that_cannot_be_used(tmp_path):
    plain = python("-c", PROGRAM, FRAMEJIT_DISABLE="1").stdout
    for name, folder in unusable(tmp_path).items():
        output, (compiled, hits, *_), _ = run(folder)
        assert (output, hits) == (plain, 0) and compiled >= 3, name
    assert not list((tmp_path / "open").iterdir())


PLACES = {
    "XDG": ({"XDG_CACHE_HOME": "{0}/xdg", "HOME": "{0}/home"}, "xdg/framejit"),
    "HOME": ({"HOME": "{0}/home"}, "home/.cache/framejit"),
    "XDG that is no path": ({"XDG_CACHE_HOME": "xdg", "HOME": "{0}/home"}, "home/.cache/framejit"),
    "given": ({"FRAMEJIT_CACHE_DIR": "{0}/given/", "XDG_CACHE_HOME": "{0}/xdg"}, "given"),
    "relative": ({"FRAMEJIT_CACHE_DIR": "here"}, "here"),
    "none": ({"HOME": ""}, None),
    "no HOME": ({}, None),
}


@pytest.mark.parametrize("name", sorted(PLACES))
def test_where_it_is_kept(tmp_path, name):
    given, expected = PLACES[name]
    environment = {key: value for key, value in clean_environment(FRAMEJIT_LOG="cache").items() if key not in ("FRAMEJIT_CACHE", "HOME", "XDG_CACHE_HOME")}
    environment.update((key, value.format(tmp_path)) for key, value in given.items())
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=120)
    assert [path for path in tmp_path.rglob("*.kept") if path.parent != tmp_path / (expected or "")] == [], result.stderr
    if expected is None:
        assert result.stderr.count("nothing is kept on disk: no folder for it") == 1 and result.stderr.count("\n") == 3, result.stderr
    else:
        assert len(list((tmp_path / expected).glob("*.kept"))) >= 3, result.stderr


QUICK = """
import framejit, sys
framejit.enable()
s = 0
for k in range(TURNS):
    s += k & 7
print(s == TURNS // 8 * 28)
stats = framejit.stats()
print(stats["regions_compiled"], stats["cache_hits"], stats["cache_misses"], int(stats["native_iterations"] > 0), 0, file=sys.stderr)
print("llvmlite" in sys.modules, file=sys.stderr)
"""
LONG, SHORT = (QUICK.replace("TURNS", turns) for turns in ("1_200_000_000", "40_000_000"))       # whether thorough code comes in time


def codes(folder):
    """Level and path of each file of machine code: beside them are those of what was captured."""
    contents = [(path, path.read_bytes()) for path in folder.glob("*.kept")]
    return sorted((int(re.search(rb"code level (\d)", content)[1]), path) for path, content in contents if not re.search(rb"\nimage (call|loop|body) ", content))


def levels(folder):
    return [level for level, _ in codes(folder)]


def test_running_loops(tmp_path):
    """Quick code and the thorough code that replaces it are both kept; who comes later begins with the thorough one."""
    output, (compiled, hits, _, native, _), loaded = run(tmp_path / "kept", LONG)
    assert (output, hits, native, loaded) == ("True\n", 0, 1, True)
    assert 2 in levels(tmp_path / "kept")
    output, (compiled, hits, misses, native, _), loaded = run(tmp_path / "kept", SHORT)
    assert (output, misses, native, loaded) == ("True\n", 0, 1, False) and hits == compiled > 0


def test_quick_code_alone(tmp_path):
    """Thorough code that was never made is made by who runs for long enough, though it began without LLVM."""
    run(tmp_path / "kept", LONG)
    for level, path in codes(tmp_path / "kept"):
        if level == 2:
            path.unlink()
    if levels(tmp_path / "kept") == [0]:
        output, (_, hits, misses, native, _), loaded = run(tmp_path / "kept", LONG)
        assert (output, hits, misses, native, loaded) == ("True\n", 1, 0, 1, True)
        assert levels(tmp_path / "kept") == [0, 2]


def test_command(tmp_path):
    where = {"FRAMEJIT_CACHE": "1", "FRAMEJIT_CACHE_DIR": str(tmp_path / "kept")}
    assert framejit("cache", **where).stdout == f"folder   {tmp_path / 'kept'}\nentries  0\nbytes    0\n"
    assert not (tmp_path / "kept").exists()
    _, (compiled, *_), _ = run(tmp_path / "kept")
    size = sum(path.stat().st_size for path in (tmp_path / "kept").iterdir())
    assert framejit("cache", **where).stdout == f"folder   {tmp_path / 'kept'}\nentries  {2 * compiled}\nbytes    {size:,}\n"
    assert framejit("cache", "--clear", **where).stdout == f"folder   {tmp_path / 'kept'}\nremoved  {2 * compiled}\nentries  0\nbytes    0\n"
    assert list((tmp_path / "kept").iterdir()) == []
    assert framejit("cache", FRAMEJIT_CACHE="0").stdout == "off      switched off\n"
    (tmp_path / "kept").chmod(0o777)
    assert framejit("cache", **where).stdout.endswith("off      the folder isn't this user's alone\n")
    wrong = framejit("cache", "--cleer")
    assert wrong.returncode == 2 and wrong.stderr.count("\n") == 1


NOTICED = """
import os, sys, warnings
warnings.simplefilter("error")
mask = os.umask(0o022)
before = mask, os.getcwd(), sorted(os.listdir("/proc/self/fd"))
import framejit
def hot(n):
    s = 0.0
    for k in range(n):
        s += k * 0.5
    return s
first = framejit.jit(hot)(1000)
modules = sorted(name for name in sys.modules if name.partition(".")[0] not in ("framejit", "llvmlite"))
print(first, before == (os.umask(0o022), os.getcwd(), sorted(os.listdir("/proc/self/fd"))) or before)
print(modules, file=sys.stderr)
"""


def test_the_program_notices_nothing(tmp_path):
    """The same descriptors, umask, folder; and no module that isn't there without the folder."""
    found = [python("-c", NOTICED, FRAMEJIT_CACHE=on, FRAMEJIT_CACHE_DIR=str(tmp_path / "kept")) for on in "0111"]
    assert {result.stdout for result in found} == {found[0].stdout} and "True" in found[0].stdout, found[1].stderr
    without, cold, warm, _ = [set(json.loads(result.stderr.replace("'", '"'))) for result in found]
    assert cold == without and warm <= without


def test_two_processes_at_once(tmp_path):
    environment = clean_environment(FRAMEJIT_CACHE="1", FRAMEJIT_CACHE_DIR=str(tmp_path / "kept"))
    children = [subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
                for _ in range(4)]
    assert len({child.communicate(timeout=200)[0] for child in children}) == 1
    assert run(tmp_path / "kept")[1][2] == 0


def test_killed_in_the_middle(tmp_path):
    """Whenever a process is killed: what is there afterwards is whole."""
    environment = clean_environment(FRAMEJIT_CACHE="1", FRAMEJIT_CACHE_DIR=str(tmp_path / "kept"))
    for delay in (0.15, 0.25, 0.35, 0.5):
        child = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(delay)
        except subprocess.TimeoutExpired:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
    result = python("-c", PROGRAM, **{**environment, "FRAMEJIT_LOG": "cache"})
    assert result.returncode == 0 and "refused" not in result.stderr


FORKED = PROGRAM + """
import os
child = os.fork()
@framejit.jit
def product(n):
    s = 1.0
    for k in range(1, n):
        s *= 1.0 + 1.0 / k
    return s
print(product(50 if child else 60) > 0, flush=True)
if child:
    os.waitpid(child, 0)
else:
    os._exit(0)
"""


def test_fork(tmp_path):
    first = run(tmp_path / "kept", FORKED)
    assert first[0].count("True\n") == 2
    names = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert all(name.endswith(".kept") for name in names)
    assert run(tmp_path / "kept", FORKED)[0] == first[0]
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == names
