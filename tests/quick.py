"""The selection of `make quick` (`pytest --quick`): the same tests each time, from all folders, in less than a minute's processor time.

Of each folder it is every so many, in the order of its files, without those that are marked slow: so that each file that has many tests is
in it.  Of whole programs these are the cases.
"""

EVERY = {
    "architecture": 4, "arrays": 36, "attack": 27, "benchmarks": 6, "bytecode": 5, "cpython": 3, "examples": 6, "exits": 8, "functions": 12, "graph": 12, "lists": 12,
    "machine": 16, "memory": 30, "mutation": 16, "numpy_suite": 8, "random": 37, "scalars": 24, "scope": 6, "shell": 40,
}
PROGRAMS = {"cells.py", "exceptions_caught.py", "identity_of_elements.py", "module_level.py"}


def chosen(items):
    """Those of the collected tests that are run."""
    seen: dict[str, int] = {}
    kept = []
    for item in items:
        folder = item.path.parent.name
        name = getattr(item, "callspec", None) and item.callspec.params.get("name")
        if item.get_closest_marker("slow"):
            continue
        if folder == "programs":
            wanted = name in PROGRAMS
        else:
            seen[folder] = seen.get(folder, 0) + 1
            wanted = seen[folder] % EVERY[folder] == EVERY[folder] // 2
        if wanted:
            kept.append(item)
    return kept
