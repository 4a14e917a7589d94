"""Builds the extension modules; everything else stands in pyproject.toml.

`_machine` is the mechanism (one Cython file and every C file in ext/), `_functions` has functions that NumPy has in Python, `_launch`
starts programs for the command line.  The C files need CPython's internal headers, which come with every development installation.
"""

import importlib.util
import os
import pathlib
import sys
import sysconfig
import tempfile

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOT = pathlib.Path(__file__).resolve().parent
OLDEST = (3, 11)
KNOWN = ((3, 11), (3, 12), (3, 13))
FLAGS = ["-O2", "-fno-strict-aliasing", "-Wno-unused-function", "-Wno-unused-variable"]


class NoCompiler(SystemExit):
    """One line, exit status 1."""


def generate_recipes():
    """Write ext/recipes_gen.h from the tables, so that C and Python read one list."""
    path = ROOT / "ext" / "generate.py"
    if not path.exists():
        return
    specification = importlib.util.spec_from_file_location("framejit_generate", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    module.generate(str(ROOT / "ext" / "recipes_gen.h"))


def machine_sources():
    """Paths relative to the root: setuptools refuses others."""
    return ["ext/machine.pyx"] + sorted(f"ext/{path.name}" for path in (ROOT / "ext").glob("*.c") if path.name != "machine.c")


def included():
    """What a change of makes a new build necessary."""
    return sorted(str(path.relative_to(ROOT)) for suffix in ("h", "pxi") for path in (ROOT / "ext").rglob(f"*.{suffix}"))


def extensions():
    internal = os.path.join(sysconfig.get_paths()["include"], "internal")
    launch = Extension("framejit._launch", ["ext/launch/launch.c", "ext/launch/first_path.c"], extra_compile_args=FLAGS)
    if sys.version_info[:2] not in KNOWN or sysconfig.get_config_var("Py_GIL_DISABLED"):
        print("framejit: this Python isn't known: programs will run, but nothing will be compiled", file=sys.stderr)
        return [launch]
    machine = Extension("framejit._machine", machine_sources(), include_dirs=["ext", internal], depends=included(),
                        extra_compile_args=FLAGS, libraries=["pthread"])
    functions = Extension("framejit._functions", ["ext/functions/functions.pyx"], depends=included(), extra_compile_args=[*FLAGS, "-ffp-contract=off"])
    return [launch, machine, functions]


def require_compiler(compiler):
    """Raise NoCompiler unless the configured C compiler compiles an empty function."""
    command = (getattr(compiler, "compiler_so", None) or ["cc"])[0]
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "probe.c")
        pathlib.Path(source).write_text("int probe(void) { return 0; }\n")
        try:
            compiler.compile([source], output_dir=folder)
        except Exception as error:
            raise NoCompiler(f"framejit: no working C compiler ({command}: {error}); install one, or set CC") from None


class Build(build_ext):
    """build_ext that fails early and in one line."""

    def build_extensions(self):
        if sys.version_info < OLDEST:
            raise SystemExit(f"framejit: CPython {OLDEST[0]}.{OLDEST[1]} or newer is needed")
        require_compiler(self.compiler)
        generate_recipes()
        super().build_extensions()


setup(ext_modules=extensions(), cmdclass={"build_ext": Build})
