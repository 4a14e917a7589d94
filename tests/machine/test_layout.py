"""The self-test, the tables that C and Python share, and what generated code may call."""

from framejit import _machine as machine
from framejit.tables import callouts


def test_self_test_finds_nothing():
    assert machine.self_test() == [] and machine.supported()


def test_symbols_and_layout():
    symbols, layout = machine.symbols(), machine.layout()
    assert all(symbols.values()) and {"fj_poll", "fj_callout", "fj_scalar", "fj_long_fits", "fj_box_int", "fj_dealloc", "fj_home_set"} <= set(symbols)
    assert layout["context_spill"] == 64 and layout["object_type"] == 8


def test_rows_have_their_numbers():
    assert [row.code for row in callouts.ROWS] == list(range(len(callouts.ROWS)))
    assert callouts.BINARY_NUMBER["+", False] == 0 and callouts.BINARY_NUMBER["^", True] == 25
