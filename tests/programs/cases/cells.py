# Variables shared between functions: nonlocal in loops, late binding, a cell that is emptied.
def account(n):
    balance = 0
    readers = []

    def pay(amount):
        nonlocal balance
        balance += amount
        return balance

    total = 0
    for k in range(n):
        total += pay(k) - balance
        total += balance
        readers.append(lambda: (k, balance))
    return total, balance, readers[0](), readers[-1]()


def counter(limit):
    count = 0
    while count < limit:
        count += 1
        if count == limit - 1:
            peek = lambda: count  # noqa: E731
    return peek()


def emptied(flag):
    value = 1

    def read():
        return value

    for k in range(20):
        if flag and k == 10:
            del value
        elif not flag:
            value += k
    return read()


for _ in range(600):
    account(25)
    counter(30)
    emptied(False)
print(account(300), counter(100), emptied(False))
try:
    emptied(True)
except NameError as error:
    print(type(error).__name__, error)
