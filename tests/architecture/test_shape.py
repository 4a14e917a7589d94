"""What the source must look like: who imports whom, sizes, documents of what is public.

Read off the source by `ast`; nothing is imported.
"""

import ast
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "framejit"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION = 60
LONGEST_FILE = 320
GENERATED = ("machine.c", "functions.c")        # by Cython
HANDWRITTEN = [path for suffix in ("c", "h", "pyx", "pxi") for path in sorted((ROOT / "ext").rglob(f"*.{suffix}")) if path.name not in GENERATED]

# Each may import what stands to its right, and itself.  Those between bars don't import each other unless listed.
LEVELS = (
    ("__main__",), ("cli",), ("__init__",), ("api",), ("runtime.controller",), ("pipeline",), ("transforms",),
    ("capture", "backends", "runtime", "report"), ("loops",), ("graph", "bytecode"), ("tables",), ("own",),
)
SIDEWAYS = {("capture", "report"), ("backends", "report"), ("runtime", "report"), ("runtime", "capture"), ("runtime", "backends")}
FORBIDDEN = {"llvmlite": "backends", "dis": "bytecode", "opcode": "bytecode", "pycuda": "backends"}
CONTROLLER = {("runtime", name) for name in ("controller", "dispatch", "blocks", "running", "functions", "compilation", "compiling", "check")}
                                                                        # what compiles: the rest of runtime/ stands below the pipeline
EXTENSIONS = {"_machine", "_launch"}


def part_of(path):
    """The level's name that a file belongs to."""
    words = path.relative_to(PACKAGE).with_suffix("").parts
    return "runtime.controller" if words in CONTROLLER else words[0]


def level_of(part):
    return next(number for number, names in enumerate(LEVELS) if part in names)


def imports(path, tree):
    """(dotted module, imported name or "", line) of every import statement; relative ones resolved."""
    package = ["framejit", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "", node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[:len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield from ((module, alias.name, node.lineno) for alias in node.names)


def target_part(module, name):
    """The part of framejit that an import reaches, or None."""
    words = module.split(".")
    if words[0] != "framejit":
        return None
    words = words[1:] + ([name] if name else [])
    if not words:
        return "__init__"
    if words[0] in EXTENSIONS:
        return None
    if tuple(words[:2]) in CONTROLLER:
        return "runtime.controller"
    known = {name for names in LEVELS for name in names}
    return words[0] if words[0] in known else "__init__"


def trees():
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


TREES = trees()
NAMES = [str(path.relative_to(PACKAGE)) for path, _ in TREES]


@pytest.mark.parametrize("path, tree", TREES, ids=NAMES)
def test_imports_point_downwards(path, tree):
    own = part_of(path)
    for module, name, line in imports(path, tree):
        other = target_part(module, name)
        if other is None or other == own:
            continue
        allowed = level_of(own) < level_of(other) or (own, other) in SIDEWAYS
        assert allowed, f"{path.name}:{line}: {own} imports {other}"


@pytest.mark.parametrize("path, tree", TREES, ids=NAMES)
def test_who_may_import_what(path, tree):
    for module, name, line in imports(path, tree):
        owner = FORBIDDEN.get(module.split(".")[0])
        assert owner is None or part_of(path) == owner, f"{path.name}:{line}: {module} belongs to {owner}/"
    if part_of(path) != "bytecode":
        used = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("version_info", "hexversion")]
        assert not used, f"{path.name}:{used}: versions of Python are the business of bytecode/"


@pytest.mark.parametrize("path, tree", TREES, ids=NAMES)
def test_functions_fit_a_screen(path, tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{path.name}:{node.lineno}: {node.name} has {length} lines"


@pytest.mark.parametrize("path", SOURCES + HANDWRITTEN, ids=lambda path: path.name)
def test_files_are_read_in_one_go(path):
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_FILE


@pytest.mark.parametrize("path, tree", TREES, ids=NAMES)
def test_no_name_is_defined_twice(path, tree):
    names = [node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))
             and not any(getattr(decorator, "id", "") == "overload" for decorator in node.decorator_list)]
    assert len(set(names)) == len(names), path.name


@pytest.mark.parametrize("path, tree", TREES, ids=NAMES)
def test_no_exception_is_swallowed(path, tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and all(isinstance(child, ast.Pass) for child in node.body):
            names = {getattr(child, "id", "") for child in ast.walk(node.type)} if node.type else {"Exception"}
            assert not names & {"Exception", "BaseException"}, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path, tree", TREES, ids=NAMES)
def test_every_file_says_what_it_is(path, tree):
    assert ast.get_docstring(tree), path.name


def test_the_public_face_is_documented():
    tree = dict(zip(NAMES, TREES))["api.py"][1]
    for node in tree.body:
        public = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
        if public and not any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list):
            assert ast.get_docstring(node), node.name


def test_names_say_something():
    for path in SOURCES:
        assert path.stem not in ("utils", "helpers", "misc", "common"), path


def used_names(method):
    """First-argument strings of calls like records.event("...") in the whole package, with the argument's place."""
    place = {"event": 0, "break_": 2}[method]
    for path, tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == method and len(node.args) > place:
                if isinstance(node.args[place], ast.Constant):
                    yield node.args[place].value, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("method, table", [("event", "events"), ("break_", "breaks")])
def test_what_is_reported_has_a_row(method, table):
    text = (PACKAGE / "tables" / f"{table}.py").read_text(encoding="utf-8")
    rows = set(re.findall(r'(?:Event|Reason)\((?:"FJ\d+", )?"(\w+)"', text))
    assert rows
    for name, place in used_names(method):
        assert name in rows, f"{place}: {name!r} has no row in tables/{table}.py"
