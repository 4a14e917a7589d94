"""Which subscripts are of the same variable's items."""

from framejit.bytecode.siblings import subscripts_alike
from framejit.runtime.controller import controller


def table(cost, dims, n):
    for i in range(n):
        for j in range(n):
            q = cost[i][j] + cost[i + 1][j] * dims[i] + cost[j][0]
            if q < cost[j][i]:
                cost[i][j] = q - dims[j + 1]
    return cost[0], dims[n - 1]


def attributes(o, k):
    return o.grid[k][1] + o.grid[k + 1][1] + o.names[k] + o.grid[k][0]


def counted(function):
    """How many others are like each subscript of a function."""
    bytecode = controller().code_of(function.__code__).bytecode
    units = [one.unit for one in bytecode.instructions if one.op == "SUBSCR"]
    return sorted([len(subscripts_alike(bytecode, unit)) for unit in units])


def test_items_and_items_of_items():
    """Items of `cost`: five, and one by a literal; items of these: three, and one by a literal; items of `dims`: three."""
    assert counted(table) == [0, 0, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4]


def test_attributes_are_told_apart():
    """`o.grid`'s items: three; the second items of these: two; the first one, and the one of `o.names`, are alone."""
    assert counted(attributes) == [0, 0, 1, 1, 2, 2, 2]
