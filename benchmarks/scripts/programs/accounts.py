"""Accounts that are data classes."""

from dataclasses import dataclass


@dataclass
class Acc:
    balance: float
    rate: float

    def month(self):
        self.balance *= 1 + self.rate / 12
        if self.balance > 1000000.0:
            self.balance -= 100000.0


accs = [Acc(1000.0 + i, 0.01 * (i % 5)) for i in range(300)]
for m in range(16000):
    for a in accs:
        a.month()
print(round(sum((a.balance for a in accs)), 2))
