"""Graphs for tests, built node by node."""

from framejit.graph.nodes import Exit, Graph, Node, Terminator


class Builder:
    """One block that reads inputs, computes, and leaves with all results spilled."""

    def __init__(self):
        self.graph = Graph("test")
        self.graph.framed = True
        self.block = self.graph.block()
        self.base = self.emit("home", type="ptr", attr=0)
        self.count = 0
        self.results = []

    def emit(self, op, *args, type=None, attr=None, exit=None):
        node = Node(op, args, type, attr, exit)
        self.block.nodes.append(node)
        return node

    def input(self, type):
        """The next eight bytes of the input buffer; an i1 is the lowest bit of a byte."""
        if type == "c128":
            return self.emit("complex_of", self.input("f64"), self.input("f64"), type=type)
        place = self.emit("address", self.base, Node("const", (), "i64", 8 * self.count), type="ptr")
        self.count += 1
        if type == "i1":
            byte = self.emit("load", place, type="i8", attr="i8")
            return self.emit("icmp_ne", byte, Node("const", (), "i8", 0), type="i1")
        return self.emit("load", place, type=type, attr=type)

    def exit(self, kind="left"):
        """An exit here: everything computed so far is spilled."""
        words = {"ptr": ("OBJECT",), "c128": ("COMPLEX",)}
        recipe = [(slot, (*words.get(node.type, ("SCALAR", 12)), node)) for slot, node in enumerate(self.results)]
        return Exit(kind, 0, recipe, [], [], [], Node("const", (), "i64", 7))

    def finish(self):
        self.block.end = Terminator("leave", exit=self.exit("end"))
        return self.graph.finish()
