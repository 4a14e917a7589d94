"""The command line: what is wrong gives one line and a status; what is right is what `python` gives."""

import json
import zipfile

import pytest
from process import ROOT, framejit, python


@pytest.mark.parametrize("words, expected", [
    ((), "no program given"),
    (("--nonsense", "x.py"), "unknown option --nonsense"),
    (("-z",), "unknown option -z"),
    (("--stats=1", "x.py"), "unknown option --stats=1"),
    (("--log", "nonsense", "x.py"), "unknown log kind 'nonsense'"),
    (("--log",), "--log needs kinds"),
    (("-c",), "argument expected for -c"),
    (("-m",), "argument expected for -m"),
    (("bisect",), "bisect needs a script"),
])
def test_wrong_usage_is_one_line(words, expected):
    process = framejit(*words)
    assert process.returncode == 2 and process.stdout == ""
    assert process.stderr.startswith("framejit: ") and process.stderr.count("\n") == 1 and expected in process.stderr


def test_wrong_log_kind_in_the_environment():
    process = framejit("examples/hello.py", FRAMEJIT_LOG="breaks,nonsense")
    assert process.returncode == 2 and process.stderr.count("\n") == 1 and "'nonsense'" in process.stderr


@pytest.mark.parametrize("words", [
    ("missing.py",), ("./sub/../missing.py", "a"), ("-m", "no_such_module"), ("-m", "json.no_such"), ("-m", "framejit.tables"), (".",),
    ("-c", "1 +"), ("-cprint(1)", "x"), ("-mthis.that",), ("-c", "import sys; print(sys.argv, sys.path[0])", "--log", "-"),
    ("-c", "print('\udcff')"), ("-m", "json.tool", "--help"), ("/dev/null",), ("broken.py",), ("nul.py",), ("latin.py",), ("zipped.zip", "x"),
    ("compiled.pyc",), ("link.py",), ("nopermission",), ("-", "a"), ("package",), ("-m", "package", "b"), ("-m", "package.inner"),
])
def test_same_as_python(tmp_path, words):
    prepare_folder(tmp_path)
    given = "import sys; print(sys.argv); 1/0\n"
    plain, other = python(*words, given=given, cwd=tmp_path), framejit(*words, given=given, cwd=tmp_path)
    assert (other.returncode, other.stdout, other.stderr) == (plain.returncode, plain.stdout, plain.stderr)


def prepare_folder(folder):
    """Programs of all sorts, good and bad."""
    (folder / "sub").mkdir()
    shown = "import sys, os\nprint([os.path.basename(word) for word in sys.argv], os.path.basename(sys.path[0]), __spec__ and __spec__.name, __package__, os.path.basename(__file__))\n"
    (folder / "broken.py").write_text("def f(:\n    pass\n")
    (folder / "nul.py").write_bytes(b"x = 1\n\0\n")
    (folder / "latin.py").write_bytes(b"# a comment \xe9\nprint(1)\n")
    (folder / "sub" / "real.py").write_text(shown)
    (folder / "link.py").symlink_to("sub/real.py")
    (folder / "nopermission").mkdir()
    with zipfile.ZipFile(folder / "zipped.zip", "w") as archive:
        archive.writestr("__main__.py", shown + "raise SystemExit(4)\n")
    python("-c", "import py_compile; py_compile.compile('sub/real.py', 'compiled.pyc')", cwd=folder)
    (folder / "package").mkdir()
    (folder / "package" / "__init__.py").write_text("print('package', __name__)\n")
    (folder / "package" / "__main__.py").write_text(shown + "1/0\n")
    (folder / "package" / "inner.py").write_text(shown)


def test_interactive_afterwards():
    code = "import sys; x = 5; sys.exit(3)"
    given = "x + 1\n"
    plain, other = python("-i", "-c", code, given=given), python("-i", "-m", "framejit", "-c", code, given=given)
    assert plain.stdout == "6\n"
    assert (other.returncode, other.stdout, other.stderr) == (plain.returncode, plain.stdout, plain.stderr)


def test_help_version_and_log_kinds():
    assert framejit("--help").stdout.startswith("usage: ")
    assert framejit("--version").stdout == "framejit 0.1.0\n"
    kinds = framejit("--log", "help").stdout.splitlines()
    assert [line.split()[0] for line in kinds] == "breaks guards recompiles exits graph loops llvm asm cache time".split()
    assert framejit("x.py", FRAMEJIT_LOG="help").stdout.splitlines() == kinds


def test_info_names_versions():
    process = framejit("info")
    assert process.returncode == 0 and process.stderr == ""
    for word in ("framejit", "python", "cpu", "numpy", "llvmlite", "off"):
        assert f"\n{word} " in "\n" + process.stdout


def test_stats_to_standard_error_and_file(tmp_path):
    path = tmp_path / "stats.json"
    process = framejit("--stats", "examples/hello.py", FRAMEJIT_STATS_FILE=str(path))
    assert process.stdout == "333328333350000\n"
    stats = json.loads(path.read_text())
    for name in ("regions_compiled", "native_iterations", "osr_entries", "compile_seconds"):
        assert name in stats and f"framejit: {name} = " in process.stderr
    if not stats["compiles"]:
        assert stats["regions_compiled"] == 0


def test_bisect_without_a_difference():
    process = framejit("bisect", "examples/hello.py")
    assert process.returncode == 0 and process.stdout.startswith("no difference with ")
    process = framejit("bisect", "-c", "import os; print(os.getpid())")
    assert process.returncode == 2 and "isn't deterministic" in process.stdout


def test_nothing_big_is_imported_before_the_program_does():
    code = "import sys; print([name for name in ('numpy', 'llvmlite', 'logging', 'dataclasses', 'json', 'argparse') if name in sys.modules])"
    assert framejit("-c", code).stdout == "[]\n"
    assert python("-c", "import framejit\n" + code).stdout == "[]\n"


def test_disabled_and_unreadable_settings_run_the_program():
    for settings in ({"FRAMEJIT_DISABLE": "1"}, {"FRAMEJIT_CHECK": "many"}, {"FRAMEJIT_CHECK": "1"}, {"FRAMEJIT_EAGER": "yes"}):
        process = framejit("examples/hello.py", **settings)
        assert (process.returncode, process.stdout, process.stderr) == (0, "333328333350000\n", "")


def test_source_tree_is_what_runs():
    code = "import framejit; print(framejit.__file__)"
    assert python("-c", code).stdout.startswith(str(ROOT))


@pytest.mark.parametrize("option", [(), ("-i",)])
@pytest.mark.parametrize("extra", [{}, {"PYTHONINSPECT": "1"}])
@pytest.mark.parametrize("source", ["import os; os.environ['PYTHONINSPECT'] = '1'; 1 / 0", "import sys; sys.exit(3)", "x = 1"])
def test_the_prompt_behind_the_program(tmp_path, option, extra, source):
    """It comes where somebody can be asked, and the status is the program's where not."""
    (tmp_path / "program.py").write_text(source)
    runs = [python(*option, *module, "program.py", given="print(6)\n", cwd=tmp_path, **extra) for module in ((), ("-m", "framejit"))]
    plain, accelerated = [(run.returncode, run.stdout, run.stderr) for run in runs]
    assert accelerated == plain
