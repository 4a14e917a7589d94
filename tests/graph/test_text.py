"""show and parse are inverse to each other; the parser says what it does not understand."""

import pytest
from .programs import PROGRAMS, captured

from framejit.graph.parse import Malformed, Placeholder, parse
from framejit.graph.show import show

NAMES = [function.__name__ for function, _ in PROGRAMS]


@pytest.mark.parametrize("function, arguments", PROGRAMS, ids=NAMES)
def test_reads_back_what_is_shown(function, arguments):
    _, graph = captured(function, arguments)
    text = show(graph)
    again = parse(text, {f"k{index}": value for index, value in enumerate(graph.constants)})
    assert show(again) == text
    assert show(parse(text)) == text
    assert [node.line for node in again.nodes()] == [node.line for node in graph.nodes()]
    assert [(exit.kind, exit.unit, exit.site, exit.line) for exit in again.exits] == \
        [(exit.kind, exit.unit, exit.site, exit.line) for exit in graph.exits]


def test_constants_without_a_literal_are_handed_in():
    text = "region f unit=1 depth=0 frameless\n  k0 = <class 'int'>\n  k1 = (1, 'a')\nb0():\n    return k0, iterations 0:i64\n"
    assert parse(text, {"k0": int}).constants == [int, (1, "a")]
    assert isinstance(parse(text).constants[0], Placeholder)


@pytest.mark.parametrize("value", ["nan:f64", "-inf:f64", "inf:f32", "1e-05:f64", "-0.0:f64", "-9223372036854775808:i64", "True:i1", "None:ptr"])
def test_literals(value):
    text = f"region f unit=1 depth=0 frameless\nb0():\n    jump b1({value})\nb1(%0: {value.rsplit(':')[1]}):\n    leave !0\n" \
           "!0 'x' @3 locals() stack(MAYBE(True:i1, INT(4:i64))) names(2=NULL) facts(HEADER(k0)) iterations 0:i64\n"
    assert show(parse(text)) == text


@pytest.mark.parametrize("line, message", [
    ("    %1: i64 = iadd %0, %9", "no node %9"), ("    frob %0", "no operation"), ("    jump b7()", "no block b7"),
    ("    leave !4", "no exit !4"), ("   what is this", "not understood"), ("    %1: i64 = iadd ?", "not understood"),
])
def test_says_what_it_does_not_understand(line, message):
    text = f"region f unit=1 depth=0 frameless\nb0():\n    %0: ptr = home[0]\n{line}\n    return %0, iterations 0:i64\n"
    with pytest.raises(Malformed, match=message):
        parse(text)
