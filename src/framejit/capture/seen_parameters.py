"""Which of a routine's parameters its callers have to give objects to, for somebody may come to know them by their identity.

    def f(t): return t, 1       # t is given: a caller's tuple that is no object yet becomes one, and what it gets has that very one in it
"""

from framejit.capture import callees, state as states, tuples, value_parts, values as v


class Seen:
    """The part of a routine's machine that notes them."""

    def enter(self, unit, state):
        """Also: parameters that nobody reads any more, and that a tuple has in it, or one of their items: behind the way they are apart."""
        live = self.live.get(unit, -1)
        for place in range(len(self.parameters)):
            value = state.locals[place]
            if live >> place & 1 or value.__class__ is v.Const:
                continue
            if tuples.held(state, value, live):
                self.routine.seen.add(place)
            if any([entry is not value and tuples.meet(value, entry) for entry in tuples.holders(state, live)]):
                self.routine.seen.add(~place)
        return super().enter(unit, state)

    def edge(self, unit, state, shape, version, nodes):
        """Also: parameters that other names share, and that part on this way."""
        for index, ((entry, _), (wanted, _)) in enumerate(zip(shape.entries, version.shape.entries)):
            if entry[0] == "=" and wanted[0] != "=":        # what nobody reads any more shares with what stands behind it
                self.routine.seen |= {place for place in (index, states.root(shape, index)) if place < len(self.parameters)}
        return super().edge(unit, state, shape, version, nodes)

    def note_seen(self, value):
        """This number, or this tuple, is known by its identity."""
        places = range(len(self.parameters))
        self.routine.seen |= {place for place in places if any([leaf is value for leaf in value_parts.leaves(self.state.locals[place])])}
        self.routine.seen |= {~place for place in places if tuples.meet(self.state.locals[place], value)}


def places_seen(routine):
    return sorted([place for place in routine.seen if place >= 0])


def known_tuples(routine, order, values):
    """The tuples of its caller that the routine knows by their identity: arguments, and what a tuple has in it that holds the arguments left over."""
    places = [~place for place in routine.seen if place < 0]
    given = [value for place in places for value in (values[place].items if order[place].__class__ is callees.Rest else [values[place]])]
    return [value for value in given if value.__class__ is v.Tup]


__all__ = ["Seen", "known_tuples", "places_seen"]
