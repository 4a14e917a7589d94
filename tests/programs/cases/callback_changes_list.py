# native: loop
# A function that is called in the loop shortens, grows or replaces parts of the list that the loop walks.
import traceback


def add_up(values, visit):
    total = 0
    for k in range(len(values)):
        total += values[k]
        visit(values, k)
    return total


def walk(values, visit):
    total = 0
    for k, value in enumerate(values):
        total += value
        visit(values, k)
    return total


def quiet(values, k):
    return None


def cut(values, k):
    if k == 700:
        del values[750:]


def grow(values, k):
    if k in (10, 20):
        values.append(1_000_000)


def swap(values, k):
    if k == 100:
        values[101:110] = [0.5] * 9


for _ in range(200):
    print(add_up(list(range(900)), quiet), walk(list(range(300)), quiet), end=" ")
print()
try:
    add_up(list(range(900)), cut)
except IndexError as error:
    inner = error.__traceback__.tb_next
    print(inner.tb_frame.f_code.co_name, inner.tb_lineno, inner.tb_frame.f_locals["k"], inner.tb_frame.f_locals["total"])
    traceback.print_exc()
print(walk(list(range(900)), cut), walk(list(range(50)), grow), add_up(list(range(50)), grow))
print(add_up(list(range(200)), swap), walk(list(range(200)), swap))
