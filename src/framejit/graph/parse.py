"""Text -> graph, the inverse of `show`: show(parse(show(g))) == show(g).

    region   = "region" NAME "unit=" N "depth=" N ("framed" | "frameless")  constant*  nest*  block+  exit*  routine*
    routine  = "routine" NAME "takes" TYPE* "gives" TYPE*  block+  exit*
    constant = "k" N "=" TEXT
    nest     = "nest" N "=" the lines of nests.show, with ";" between them
    block    = "b" N "(" ("%" N ":" TYPE),* ")" ":" ("@" N)? "header"?  (("line" N) | node)*  terminator
    node     = ("%" N ":" TYPE "=")? OPERATION ("[" LITERAL "]")? operand,* ("!" N)?
    exit     = "!" N KIND "@" N "locals(" … ")" "stack(" … ")" "names(" … ")" "facts(" … ")" "iterations" operand …
    operand  = "%" N | "k" N | LITERAL ":" TYPE

A constant whose text is no literal is looked up by its name (`k0`) in `objects`; without an entry a placeholder with
the same text stands for it.
"""

import ast
import re

from framejit.graph import nests
from framejit.graph.nodes import Exit, Graph, Node, Terminator
from framejit.graph.show import Placeholder
from framejit.tables.operations import OPERATIONS
from framejit.tables.types import MACHINE_TYPES

HEAD = re.compile(r"region (.*) unit=(-?\d+) depth=(\d+) (framed|frameless)$")
ROUTINE = re.compile(r"routine (.*?) takes (.*?) gives ?(.*)$")
NEST = re.compile(r"  nest\d+ = (.*)$")
CONSTANT = re.compile(r"  k(\d+) = (.*)$")
BLOCK = re.compile(r"b(\d+)\((.*)\):(?: @(\d+))?( header)?$")
NODE = re.compile(r"    (?:%(\d+): (\w+) = )?(\w+)(?:\[(.*)\])? ?(.*?)(?: ?!(\d+))?$")
EXIT = re.compile(r"!(\d+) ('.*?'|\".*?\") @(-?\d+) (.*)$")
ENDS = ("jump", "branch", "return", "give", "leave", "miss")
TOKEN = re.compile(rf"\s*(%\d+|!\d+|[^\s,()=%!]+:(?:{'|'.join(MACHINE_TYPES)})\b|[\w-]+|[(),=])")
SPECIAL = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}


class Malformed(ValueError):
    """The text is no graph; the message names the line."""


def parse(text, objects=None):
    """The finished graph that `text` shows.  Raises Malformed."""
    return Parser(text, objects or {}).run()


class Parser:
    def __init__(self, text, objects):
        self.lines = [line for line in text.splitlines() if line.strip()]
        self.objects = objects
        self.nodes = {}
        self.blocks = {}
        self.exits = {}
        self.pending = []       # (function, its arguments), to be done once every name of a graph is known

    def run(self):
        head = HEAD.match(self.lines[0]) if self.lines else None
        if head is None:
            raise Malformed("no region line")
        self.graph = Graph(head[1])
        self.graph.unit, self.graph.depth, self.graph.framed = int(head[2]), int(head[3]), head[4] == "framed"
        whole = self.filled = self.graph
        for line in self.lines[1:]:
            self.line(line)
        self.connect_all()
        return whole.finish()

    def connect_all(self):
        for function, *arguments in self.pending:
            function(*arguments)
        self.pending = []

    def line(self, line):
        for pattern, handle in ROWS:
            match = pattern.match(line)
            if match:
                try:
                    handle(self, match)
                except (KeyError, ValueError, SyntaxError, IndexError) as error:
                    raise Malformed(f"{line.strip()!r}: {error}") from error
                return
        raise Malformed(f"not understood: {line!r}")

    # ---- lines

    def routine(self, match):
        self.connect_all()
        self.nodes, self.blocks, self.exits = {}, {}, {}
        self.filled = self.graph.routine(match[1])
        self.filled.arguments, self.filled.gives = tuple(match[2].split()), tuple(match[3].split())

    def constant(self, match):
        try:
            value = ast.literal_eval(match[2])
        except (ValueError, SyntaxError):
            value = self.objects.get(f"k{match[1]}")
            value = Placeholder(match[2]) if value is None else value
        graph = self.graph
        graph.constant_index.setdefault(id(value), len(graph.constants))
        graph.constants.append(value)

    def nest(self, match):
        self.graph.nests.append(nests.parse(match[1].replace("; ", "\n")))

    def block(self, match):
        block = self.current = self.filled.block(int(match[3]) if match[3] else -1)
        self.blocks[int(match[1])] = block
        block.header = bool(match[4])
        for param in filter(None, match[2].split(", ")):
            name, type = param.split(": ")
            node = self.nodes[int(name[1:])] = Node("param", (), type)
            block.params.append(node)
        self.source_line = 0

    def number(self, match):
        self.source_line = int(match[1])

    def node(self, match):
        number, type, op, attribute, arguments, leaves = match.groups()
        if op in ENDS:
            return self.terminator(op, arguments, leaves)
        if op not in OPERATIONS:
            raise Malformed(f"no operation {op!r}")
        node = Node(op, (), type, None if attribute is None else ast.literal_eval(attribute), None, self.source_line)
        if number is not None:
            self.nodes[int(number)] = node
        self.current.nodes.append(node)
        self.pending.append((self.connect, node, arguments, leaves))

    def terminator(self, op, arguments, leaves):
        end = self.current.end = Terminator(op, line=self.source_line)
        self.pending.append((self.connect_end, end, arguments, leaves))

    def exit(self, match):
        exit = Exit(ast.literal_eval(match[2]), int(match[3]), [], [], [], [], None)
        self.exits[int(match[1])] = exit
        self.pending.append((self.fill, exit, match[4]))

    # ---- once every name is known

    def connect(self, node, arguments, leaves):
        reader = Reader(self, arguments)
        while reader.more():
            node.args.append(reader.operand())
            reader.skip(",")
        node.exit = None if leaves is None else self.find_exit(leaves)

    def connect_end(self, end, arguments, leaves):
        reader = Reader(self, arguments.rstrip(","))
        while reader.more():
            token = reader.peek()
            if re.fullmatch(r"b\d+", token):
                reader.next()
                end.targets.append((self.find_block(token), reader.several(reader.operand)))
            elif token == "iterations":
                reader.next()
                end.iterations = reader.operand()
            else:
                end.args.append(reader.operand())
            reader.skip(",")
        end.exit = None if leaves is None else self.find_exit(leaves)

    def find_exit(self, number):
        if int(number) not in self.exits:
            raise Malformed(f"no exit !{number}")
        return self.exits[int(number)]

    def find_block(self, token):
        if int(token[1:]) not in self.blocks:
            raise Malformed(f"no block {token}")
        return self.blocks[int(token[1:])]

    def fill(self, exit, text):
        reader = Reader(self, text)
        while reader.more():
            PARTS[reader.next()](exit, reader)


class Reader:
    """The words of one line."""

    def __init__(self, parser, text):
        self.parser = parser
        self.text = text
        self.tokens = []
        position = 0
        while position < len(text.rstrip()):
            match = TOKEN.match(text, position)
            if match is None:
                raise Malformed(f"not understood: {text[position:]!r}")
            self.tokens.append(match[1])
            position = match.end()
        self.tokens.reverse()

    def more(self):
        return bool(self.tokens)

    def peek(self):
        return self.tokens[-1] if self.tokens else ""

    def next(self):
        if not self.tokens:
            raise Malformed(f"ends too early: {self.text!r}")
        return self.tokens.pop()

    def skip(self, token):
        if self.peek() == token:
            self.tokens.pop()

    def expect(self, token):
        if self.next() != token:
            raise Malformed(f"no {token!r} where one belongs: {self.text!r}")

    def operand(self):
        token = self.next()
        if token[0] == "%":
            if int(token[1:]) not in self.parser.nodes:
                raise Malformed(f"no node {token}")
            return self.parser.nodes[int(token[1:])]
        if ":" in token:
            text, type = token.rsplit(":", 1)
            return Node("const", (), type, SPECIAL[text] if text in SPECIAL else ast.literal_eval(text))
        if token[0] == "k" and token[1:].isdecimal():
            return Node("object", (), "ptr", int(token[1:]))
        raise Malformed(f"no operand: {token!r}")

    def several(self, read):
        self.expect("(")
        found = []
        while self.peek() != ")":
            found.append(read())
            self.skip(",")
        self.expect(")")
        return found

    def part(self):
        """Part of an expression: a plain number, an operand or an expression."""
        token = self.peek()
        if re.fullmatch(r"-?\d+", token):
            return int(self.next())
        if re.fullmatch(r"[A-Z_]+", token):
            return self.expression()
        return self.operand()

    def expression(self):
        word = self.next()
        return (word, *self.several(self.part)) if self.peek() == "(" else (word,)

    def assigned(self):
        number = int(self.next())
        self.expect("=")
        return number, self.expression()

    def integer(self):
        return int(self.next())


def set_part(name, read):
    return lambda exit, reader: setattr(exit, name, read(reader))


PARTS = {
    "locals": set_part("locals", lambda reader: reader.several(reader.assigned)),
    "stack": set_part("stack", lambda reader: reader.several(reader.expression)),
    "names": set_part("names", lambda reader: reader.several(reader.assigned)),
    "facts": set_part("facts", lambda reader: reader.several(reader.expression)),
    "iterations": set_part("iterations", Reader.operand),
    "observed": set_part("observed", Reader.operand),
    "site": set_part("site", lambda reader: tuple(reader.several(reader.integer))),
    "call": set_part("call", lambda reader: tuple(reader.several(reader.integer))),
    "line": set_part("line", Reader.integer),
}

ROWS = (
    (ROUTINE, Parser.routine), (CONSTANT, Parser.constant), (NEST, Parser.nest), (BLOCK, Parser.block), (re.compile(r"    line (\d+)$"), Parser.number),
    (NODE, Parser.node), (EXIT, Parser.exit),
)

__all__ = ["parse", "Malformed", "Placeholder"]
