"""docs/conformance-numpy.md: which files of NumPy's own tests have been judged, per version of Python, and what came of each.

    python -m tests.numpy_suite.table [--folder build/numpy]    takes the folder's complete outcomes into the table

Rows of files that the folder doesn't have stay: the folder is a build product, the table is kept.
"""

from tests.cpython.table import ROOT, main, row_of

TABLE = ROOT / "docs" / "conformance-numpy.md"
HEAD = """# NumPy's own tests

Each file of NumPy's test suite is run plain and with everything compiled at its first call (`FRAMEJIT_EAGER=1`), pytest and the tests themselves
included, and the outcomes of all tests are compared: `make conformance-numpy`. This table is made by `python -m tests.numpy_suite.table`; a test holds each
name under "differ" to a row with a reason in `tests/numpy_suite/accepted.py`, where what isn't run stands, too.
"Entered" counts calls and running loops that were entered natively, "exits" what was left before its end, "breaks" what stayed with the interpreter;
what tests run in other processes isn't counted.
"""


def judged(name, folder, commit):
    """The row of a file whose outcomes lie in the folder."""
    from tests.numpy_suite import run
    return row_of(name, folder, commit, [test.replace("|", "/").replace(", ", ",") for test, *_ in run.differences(name, folder)])


if __name__ == "__main__":
    main("python -m tests.numpy_suite.table", "numpy", TABLE, HEAD, judged)
