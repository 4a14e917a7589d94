"""Random programs of functions that look things up in dictionaries, sets and strings, and fill them: values, identity, tracebacks, what the tables hold."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
NAMES = ("'p'", "'q'", "'long name'", "'\\u20ac'", "text", "text[k % 3]", "text.upper()")
ODD = ("1.0", "True", "None", "Key(1)", "Key('p')", "2 ** 70", "[]", "float('nan')")
HEAD = """
class Key:
    def __init__(self, value): self.value = value
    def __hash__(self): return hash(self.value)
    def __repr__(self): return f'Key({self.value!r})'
    def __eq__(self, other): asked.append(other); return self.value == other
from collections import Counter, defaultdict
asked = []
counts = defaultdict(int)
tally = Counter()
groups = defaultdict(list)
lists = {}
text = 'abcpq'
table = {}
known = set()
"""


class Tables(Generator):
    """Beside their arguments all functions know a dictionary, a set and a text, which they change, too."""

    def key(self):
        kind = self.random.randrange(12)
        if kind == 0:
            return self.pick(*ODD)
        if kind < 3:
            return "({}, {})".format(self.pick(*"abck", "7", "1.0", *NAMES), self.pick(*"abck", "k % 3", "True", *NAMES))
        return self.pick(*NAMES) if kind < 5 else self.pick("a", "b", "c", "k", "k % 5", "7", "-1", "{} * 2".format(self.pick(*"abcd")))

    def expression(self, calls=True):
        kind, number = self.random.randrange(20), self.pick(*"abcd")
        if kind == 0:
            return f"table[{self.key()}]"
        if kind == 1:
            return f"table.get({self.key()}, {self.pick(number, '4', '0.5', '1000')})"
        if kind == 2:
            return f"({number} if {self.key()} in {self.pick('table', 'known')} else {self.expression(False)})"
        if kind == 3:
            return self.pick("len(table)", "len(known)", "text.find('p')", "len(text * 2)", f"len(f'{{{number}}}')", f"len(f'<{{{number}:>9}}> {{text}}')", f"len(str({number}))", "ord(text[k % 5])", "int('12' + str(k % 7))", "len(text[1:])", "len(text[k % 4:-1])", f"({number} if text[:k % 7] == 'abc' else 2)", "ord(text[k % 5:k % 5 + 1])", f"len(str({number})[-3:k])")
        return super().expression(calls)

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(0, 3)):
            name, target, key = self.pick(*"abcd"), self.pick(*"abcd"), self.key()
            lines += [indent + line for line in self.pick(
                (f"table[{key}] = {name}",), (f"table[{key}] = {self.expression(False)}",), (f"if {key} in table: table[{key}] += {name}",),
                (f"known.add({key})",), (f"if text[k % 4] {self.pick('==', '<', '!=')} {self.pick(*NAMES)}: {target} = {name}",),
                (f"for x in {self.pick('text', repr('xyz'))}:", f"    {target} = {name} if x in 'bqz' else {target}"),
                (f"table[{key}] = f'{{{name}}}'", f"if table.get({key}) == '1500': {target} = {name}"),
                (f"counts[{key}] += {self.pick('1', '0.5', name)}",), (f"groups[{key}].append({name})", f"if len(groups[{self.key()}]) > 2: {target} = {name}"), (f"{target} = counts[{key}]",),
                (f"tally[{key}] += {self.pick('1', '0.5', name)}", f"{target} = tally[{self.key()}]"), (f"{target} = {name} if {key} in tally else {self.pick('len(tally)', f'tally[{key}]', f'table.get({key}, {name})')}",),
                (f"if {key} in table: del table[{key}]",), (f"if {key} in table: {target} = table.pop({key})",), (f"{target} = table.setdefault({key}{self.pick('', f', {name}', ', 0.5', f', {name} * 3')})",), (f"{target} = table.pop({key}, {self.pick('4', '1.5', 'None')})", f"if {target} is None: {target} = {name}"),
                (f"lists.setdefault({key}, []).append({name})", f"{target} = len(lists.pop({self.key()}, ()))"),
                (f"del table[{key}]",) if self.random.random() < 0.2 else (f"counts.pop({key}) if {key} in counts else 0",),
                (f"for x, y in table.items():", f"    {self.pick(f'{target} = y', f'if x == {key}: {target} = {name}', f'{target} = {target} if y is x else {name}', f'table[x] = {name}', f'if y == 7: table[{key}] = 1')}"),
                (f"for x in {self.pick('table', 'known', 'table.keys()', 'table.values()', 'set(table)')}:", f"    {self.pick(f'{target} = x', f'if x == {key}: break', f'if x in known: {target} = {name}', f'known.add({key})')}"),
                (f"for pair in table.items():", f"    {self.pick(f'{target} = pair[1]', f'if pair[0] == {key}: break', f'last = pair; {target} = last[1]', f'{target} = {name} if pair[1] is {target} else pair[0]')}"),
                (f"made = {{{key}: {name}, {self.key()}: {self.pick('a', 'k', '{}')}}}", f"{target} = made.get({self.key()}, {name})", f"if {target} == {{}}: {target} = len(made)"), (f"made = {{'p': {name}, 'q': {target}}}", f"{target} = made[{self.pick(*NAMES[:2])}]"),
                (f"for x in f'{{{name}:.3}} b'.split():", f"    {target} = len(x) if x.isdigit() else {target}"))]
        return lines

    def program(self):
        text = HEAD + super().program()
        text = text.replace("    count = 0\n", "    count = 0\n    table.clear(); counts.clear(); tally.clear(); groups.clear(); lists.clear(); known.clear(); asked.clear()\n    table.update({1: a, 'p': b, 7: 2.5})\n", 1)
        text = text.replace("(ZeroDivisionError, IndexError)", f"(ZeroDivisionError, IndexError{self.pick('', ', KeyError', ', KeyError, TypeError, ValueError')})")
        return text.replace("return [a, b, c, d, *items], count", "return [a, b, c, d, *items, *[x for pair in table.items() for x in pair], len(asked), len(known), *[x for pair in (*counts.items(), *tally.items()) for x in pair], *[x for table_of in (groups, lists) for key, value in table_of.items() for x in (key, *value)]], count")


@pytest.mark.parametrize("kind", KINDS)
def test_tables_and_texts(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, Tables(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
