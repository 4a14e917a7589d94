"""Writes ext/recipes_gen.h: the numbers that C shares with the tables in src/framejit/tables/."""

import importlib.util
import pathlib

TABLES = pathlib.Path(__file__).resolve().parent.parent / "src" / "framejit" / "tables"


def table(name):
    """Load a table as a module of its own: the package itself is not built yet."""
    specification = importlib.util.spec_from_file_location(f"framejit_table_{name}", TABLES / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def lines():
    recipes, callouts = table("recipes"), table("callouts")
    yield "/* Written by ext/generate.py from src/framejit/tables/recipes.py and callouts.py. */"
    yield from (f"#define FJ_W_{word.name} {word.code}" for word in recipes.WORDS)
    yield from (f"#define FJ_FACT_{name} {code}" for code, name, _ in recipes.FACTS)
    yield from (f"#define FJ_C_{row.name} {row.code}" for row in callouts.ROWS)
    yield f"#define FJ_C_ROWS {len(callouts.ROWS)}"


def generate(path):
    """Write the header at `path`, only when its text changes: an unchanged file causes no new build."""
    text = "\n".join(lines()) + "\n"
    target = pathlib.Path(path)
    if not target.exists() or target.read_text() != text:
        target.write_text(text)


if __name__ == "__main__":
    generate(pathlib.Path(__file__).resolve().parent / "recipes_gen.h")
