# status: 1
# The traceback of an exception that nobody catches: chained, with notes, through recursion and a comprehension.
def divide(values):
    return [100 // value for value in values]


def repeat(n):
    if n:
        return repeat(n - 1)
    return divide([5, 0])


def translate(n):
    try:
        return repeat(n)
    except ZeroDivisionError as error:
        error.add_note("a note")
        raise LookupError(
            "translated") from error


for k in range(3, 30):
    if k == 20:
        translate(k)
