# native: loop
# Functions that check what they are given, and raise, called natively: who sees which exception, with which frames and locals.

import traceback

REPORTED = []


class Refused(Exception):
    def __init__(self, amount, *, limit=0):
        super().__init__(f"{amount} of {limit}")
        self.amount = amount


class Report:
    """An argument of an exception whose end is seen."""

    def __init__(self, text):
        self.text = text

    def __del__(self):
        REPORTED.append(self.text)


class Account:
    def __init__(self, balance, limit=50.0):
        self.balance = balance
        self.limit = limit

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError(f"bad amount {amount:.3f}")
        if amount > self.balance:
            self.balance += 1.0
            raise Refused(amount,
                          limit=self.balance) from None
        elif amount > self.limit:
            text = "over the limit"
            for _ in range(2):
                text += "!"
            raise RuntimeError(text, Report(text))
        self.balance -= amount
        return self.balance

    @property
    def checked(self):
        if self.balance > 2_500.0:
            raise AttributeError("too rich")
        return self.balance

    def __add__(self, other):
        if other > 1_990.0:
            raise TypeError("no sum")
        return self.balance + other

    def __getitem__(self, place):
        if not 0 <= place < 2_000:
            raise IndexError(place)
        return place * 0.5


def inner(x):
    assert x != 1_500.5, ("asserted", x)
    if x > 1_900:
        if x > 1_950:
            raise OverflowError(x)
        else:
            raise OSError(5, "between", str(x))
    return x + 0.5


def kept_going(x):
    try:
        y = inner(x)
    except OverflowError as error:
        return error.args[0] - 1.0
    finally:
        x = 0.0
    return y


def chained(x):
    try:
        return kept_going(x) * 2
    except OSError as error:
        raise LookupError("chained", x) from error


def bank(account, n):
    total = 0.0
    for k in range(n):
        try:
            total += account.withdraw(k % 61 - 0.5) + account.checked
            if account.balance < 10.0:
                account.balance = 400.0
        except Refused as error:
            account.balance += error.amount + 100.0
        except ValueError as error:
            total += len(str(error))
        except RuntimeError as error:
            total += len(error.args[0])
    return total


def tower(n, start):
    total = 0.0
    for k in range(start, n):
        total += chained(k)
    return total


def operators(account, n):
    total = 0.0
    for k in range(n):
        total += account + k
        total += account[k]
    return total


def sums(n):
    return sum(inner(k) for k in range(n))


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        print(type(error).__name__, error, REPORTED)
        trace = error.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, repr(value)) for name, value in frame.f_locals.items() if type(value) in (int, float, str)]))
            trace = trace.tb_next
        print("".join(traceback.format_exception(error)))
    print(REPORTED[-2:], len(REPORTED))


for turn in range(3):
    shown(bank, Account(1_000.0), 10_000)
    shown(bank, Account(1e9), 10)
    shown(tower, 1_400, 0)
    shown(tower, 3_000, 0)
    shown(tower, 3_000, 1_501)
    shown(operators, Account(0.5), 1_990)
    shown(operators, Account(0.5), 3_000)
    shown(sums, 1_900)
    shown(sums, 3_000)
inner.__code__ = (lambda x: x * 0.25).__code__
shown(tower, 3_000, 0)
shown(sums, 3_000)
