"""Makes a failing program smaller while it fails in the same way.

    for i in range(60):                 for i in range(60):
        v1 = p0 + G_INT       ->            v1 = p0
        if v1 > 3:                      return v1
            noisy(v1)
    return (p0, v1)

Steps: drop calls, drop statements, put a block in its statement's place, put a part of an expression or a constant in
the expression's place.  Each candidate is judged by a worker; the first that still fails is kept.
"""

import ast
import copy
import time

SIMPLE = (0, 1, 1.5, True)


def shrink(source, still_fails, seconds):
    """The smallest program found in that time; `still_fails` judges a text."""
    deadline = time.monotonic() + seconds
    tree = ast.parse(source)
    changed = True
    while changed and time.monotonic() < deadline:
        changed = False
        for candidates in (fewer_calls, fewer_statements, smaller_expressions):
            place = 0
            while time.monotonic() < deadline:
                smaller = candidates(copy.deepcopy(tree), place)
                if smaller is None:
                    break
                if still_fails(text(smaller)):
                    tree, changed = smaller, True
                else:
                    place += 1
    return text(tree)


def text(tree):
    """The program's text."""
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def fewer_calls(tree, place):
    """Without one of CALLS."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.List) and ast.unparse(statement.targets[0]) == "CALLS":
            if place < len(statement.value.elts) and len(statement.value.elts) > 1:
                del statement.value.elts[place]
                return tree
    return None


def suites(tree):
    """Every list of statements, the later ones first."""
    found = [getattr(node, name) for node in ast.walk(tree) for name in ("body", "orelse", "finalbody") if isinstance(getattr(node, name, None), list)]
    return [suite for suite in found if suite]


def fewer_statements(tree, place):
    """Without one statement, or with its block in its place."""
    for suite in suites(tree):
        for position, statement in enumerate(suite):
            if isinstance(statement, ast.Pass) or is_needed(statement):
                continue
            blocks = [block for name in ("body", "orelse") if isinstance(block := getattr(statement, name, None), list) and block and not isinstance(statement, ast.FunctionDef)]
            for replacement in [[], *blocks]:
                if place == 0:
                    suite[position:position + 1] = replacement or ([ast.Pass()] if len(suite) == 1 else [])
                    return tree
                place -= 1
    return None


def is_needed(statement):
    """Whether the comparison itself needs it."""
    return (isinstance(statement, ast.FunctionDef) and statement.name == "f") or (isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "CALLS")


def smaller_expressions(tree, place):
    """With a part of an expression, or a constant, in the expression's place."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            for holder, key in places(parent, name, value):
                for replacement in replacements(holder[key] if isinstance(holder, list) else getattr(holder, key)):
                    if place == 0:
                        if isinstance(holder, list):
                            holder[key] = replacement
                        else:
                            setattr(holder, key, replacement)
                        return tree
                    place -= 1
    return None


def places(parent, name, value):
    """Where expressions stand: (list, position) or (node, field)."""
    if isinstance(value, list):
        return [(value, position) for position, item in enumerate(value) if isinstance(item, ast.expr)]
    return [(parent, name)] if isinstance(value, ast.expr) else []


def replacements(expression):
    """Simpler expressions: its parts, then constants; none for what is assigned to or simple already."""
    if isinstance(getattr(expression, "ctx", None), (ast.Store, ast.Del)) or isinstance(expression, (ast.Name, ast.Attribute, ast.JoinedStr)):
        return []
    if isinstance(expression, ast.Constant):
        return [ast.Constant(1)] if type(expression.value) in (int, float) and expression.value not in SIMPLE else []
    parts = [part for part in ast.iter_child_nodes(expression) if isinstance(part, ast.expr) and not isinstance(part, ast.Starred)]
    return parts + [ast.Constant(value) for value in SIMPLE]
