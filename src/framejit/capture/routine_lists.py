"""Which routines a region has: what one that is begun anew leaves behind, and those that nothing calls any more."""

from framejit.graph.nodes import INVOKES


class Mark:
    """What there was, and what the region relied on, before a routine was begun; only itself and what it calls know of the rest."""

    def __init__(self, routines):
        graph, region = routines.machine.graph, routines.machine.region
        self.lists = [(items, len(items)) for items in (graph.routines, graph.nests, graph.constants, region.cells)]
        self.tables = [(table, dict(table)) for table in (graph.constant_index, region.known_cells, region.attributes, region.callees, routines.known)]
        self.classes = {key: (kind, dict(names)) for key, (kind, names) in region.classes.items()}

    def go_back(self, routines):
        for items, count in self.lists:
            del items[count:]
        for table, before in (*self.tables, (routines.machine.region.classes, self.classes)):
            table.clear()
            table.update(before)


def calls_of(graph):
    """Numbers of the routines that it calls."""
    return {node.attr for node in graph.nodes() if node.op in INVOKES}


def reached_from(roots, routines):
    """Numbers of the routines that these graphs call, and those call, and so on."""
    calls = [calls_of(routine) for routine in routines]
    return closed({number for root in roots for number in calls_of(root)}, calls)


def closed(numbers, calls):
    """These, and what they call by `calls`, and so on."""
    reached, work = set(), list(numbers)
    while work:
        number = work.pop()
        if number not in reached:
            reached.add(number)
            work += calls[number]
    return reached


def drop_unreached(graph):
    """The region's routines are those that are called, with new numbers."""
    numbers = {old: new for new, old in enumerate(sorted(reached_from([graph], graph.routines)))}
    if len(numbers) == len(graph.routines):
        return
    graph.routines[:] = [graph.routines[old] for old in numbers]
    for one in (graph, *graph.routines):
        for node in one.nodes():
            if node.op in INVOKES:
                node.attr = numbers[node.attr]


def spare_checks(graph):
    """A routine that doesn't come back to itself ends soon, but for its loops: it needn't ask at its entry whether anybody waits."""
    calls = [calls_of(routine) for routine in graph.routines]
    for number, routine in enumerate(graph.routines):
        if number not in closed(calls[number], calls):
            first = routine.blocks[0]
            first.nodes = [node for node in first.nodes if node.op != "calm"]


__all__ = ["Mark", "drop_unreached", "reached_from", "spare_checks"]
