"""A program as a whole script with its loops at module level, made from the text of its `run`.

    def run(a, n):                     a, n = setup(20)
        s = 0                          s = 0
        for i in range(n):     ->      for i in range(n):
            s += a[i]                      s += a[i]
        return s                       print(repr(s))
"""

import ast
import textwrap

from benchmarks.loops import catalogue


def script(name, size, whole=True):
    """The script's text; it prints the result.  Not `whole`: imports and data only."""
    text = catalogue.source(name)
    lines = text.splitlines()
    run = next(node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == "run")
    *body, last = run.body
    returns = [node for node in ast.walk(run) if isinstance(node, ast.Return)]
    if returns != [last]:
        raise ValueError(f"{name}: run() has to end with its only return")
    arguments = ", ".join(argument.arg for argument in run.args.args)
    head = "\n".join(lines[:run.lineno - 1]).rstrip()
    loops = textwrap.dedent("\n".join(lines[body[0].lineno - 1:last.lineno - 1]))
    comma = "," if len(run.args.args) == 1 else ""
    behind = f"{loops}\nprint(repr({ast.unparse(last.value)}))\n" if whole else ""
    return f"{head}\n\n\n{arguments}{comma} = setup({size})\n{behind}"
