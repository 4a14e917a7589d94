"""The SSA graph: nodes in blocks with parameters, guards with exits; show, parse, verify, run."""
