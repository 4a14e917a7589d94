"""Exits that store much the same share a block; each still finds its own values."""

from framejit.backends.llvm.spills import shared
from framejit.graph.nodes import Exit, Node


def nodes(count):
    return [Node("param", (), "i64") for _ in range(count)]


def exit_of(kind, values, iterations):
    return Exit(kind, 1, [(slot, ("INT", value)) for slot, value in enumerate(values)], [], [], [], iterations)


def test_common_values_come_first_and_only_once():
    many, (start, *others) = nodes(12), nodes(3)
    exits = [exit_of("overflow", [*many, other], start) for other in others]
    spills, (tail,) = shared(exits)
    assert tail.exits == exits and list(tail.common.values()) == many
    for one, other in zip(spills, others):
        assert one.nodes == [start, *many, other] and one.common == tuple(many)


def test_every_word_names_the_slot_of_its_value():
    many, (start, one, other) = nodes(12), nodes(3)
    exits = [exit_of("overflow", [one, *many], start), exit_of("index", [*many[::-1], other], start)]
    spills, _ = shared(exits)
    for exit, known in zip(exits, spills):
        for slot, (word, value) in exit.locals:
            place = known.words.index(slot, 2 + 3 * slot)
            assert known.nodes[known.words[place + 2]] is value


def test_exits_with_little_in_common_store_for_themselves():
    start, = nodes(1)
    exits = [exit_of("overflow", nodes(5), start) for _ in range(3)]
    spills, tails = shared(exits)
    assert not tails and all(not one.common for one in spills)


def test_polls_store_for_themselves():
    many, (start,) = nodes(12), nodes(1)
    exits = [exit_of(kind, many, start) for kind in ("poll", "callout", "overflow")]
    spills, tails = shared(exits)
    assert not tails and all(not one.common for one in spills)
