"""Programs of objects, generators, strings, deep recursion and many functions: nothing in them is worth compiling.

PROGRAMS: name -> (setup, turn); a setup makes the data, a turn of the program works on them and gives what is compared.
"""

import types


class Account(dict):
    """It may have entries, too: attributes of such objects are looked up by the interpreter."""

    def __init__(self, owner, balance):
        super().__init__()
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("a deposit is not negative")
        self.balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        if amount > self.balance:
            self.history.append(("refused", amount))
            return False
        self.balance -= amount
        self.history.append(("withdrawal", amount))
        return True


class Bank(dict):
    def __init__(self):
        super().__init__()
        self.accounts = {}

    def open(self, owner, balance):
        account = self.accounts[owner] = Account(owner, balance)
        return account

    def transfer(self, source, target, amount):
        if self.accounts[source].withdraw(amount):
            self.accounts[target].deposit(amount)

    def total(self):
        return sum(account.balance for account in self.accounts.values())


def many_transfers(orders):
    bank = Bank()
    for number in range(100):
        bank.open(f"owner {number}", 1000)
    for _ in range(4):
        for source, target, amount in orders:
            bank.transfer(source, target, amount)
    return bank.total(), sum(len(account.history) for account in bank.accounts.values())


def orders():
    return [(f"owner {step % 100}", f"owner {step * 7 % 100}", step % 50) for step in range(100000)]


def words_of(lines):
    for line in lines:
        yield from line.split()


def longer_than(words, length):
    for word in words:
        if len(word) > length:
            yield word


def in_pairs(items):
    before = None
    for item in items:
        if before is not None:
            yield before, item
        before = item


def followers(lines):
    found = {}
    for _ in range(100):
        for first, second in in_pairs(longer_than(words_of(lines), 3)):
            found[first] = found.get(first, 0) + len(second)
    return len(found), sum(found.values())


def foxes():
    return [f"the {'quick brown '[number % 7:]} fox jumps over line {number}" for number in range(2000)]


class Counts(dict):
    """How often each word was found."""

    def __missing__(self, word):
        return 0


def word_counts(text):
    counts, output = Counts(), []
    for step in range(2000):
        for word in text.replace(",", " ").replace(".", " ").lower().split():
            counts[word] += 1
        output.append("; ".join("%s=%6d" % pair for pair in sorted(counts.items())))
        output[-1] = output[-1].upper() if step % 2 else output[-1].title()
    return len("\n".join(output)), max(counts.items(), key=lambda item: item[1])


def a_tale():
    return "It was the best of times, it was the worst of times, it was the age of wisdom. " * 60


class Node(dict):
    """A value and the rest; subclasses of dict aren't compiled."""


def length(node):
    return 0 if node is None else 1 + length(node["rest"])


def reversed_onto(node, tail):
    return tail if node is None else reversed_onto(node["rest"], Node(value=node["value"], rest=tail))


def there_and_back(chain):
    return length(chain) + reversed_onto(chain, None)["value"]


def recurse(chain):
    return sum(map(there_and_back, [chain] * 600))


def a_chain():
    chain = None
    for number in range(900):
        chain = Node(value=number, rest=chain)
    return chain


def small(argument):
    return argument or small


def call_all(functions):
    seen = {}
    for _ in range(30):
        for function in functions:
            seen[function("x")] = function.__name__
    return seen


def a_hundred_thousand():
    """Functions, each with a code object of its own."""
    return [types.FunctionType(small.__code__.replace(co_name=f"small_{number}"), globals()) for number in range(100000)]


PROGRAMS = {
    "objects": (orders, many_transfers),
    "generators": (foxes, followers),
    "strings": (a_tale, word_counts),
    "recursion": (a_chain, recurse),
    "functions": (a_hundred_thousand, call_all),
}
