# native: loop
# try, except, else, finally, raise from, and return out of all of them, in a loop.
import traceback


def sort_out(numbers):
    fine = wrong = always = 0
    for position, number in enumerate(numbers):
        try:
            fine += 60 // number
            if number == 99:
                return fine, wrong, always, position
        except ZeroDivisionError as error:
            wrong += 1
            if wrong > 30:
                raise KeyError(position) from error
        else:
            fine += 1
        finally:
            always += 1
    else:
        always = -always
    return fine, wrong, always, "all"


def nested(numbers):
    caught = []
    for number in numbers:
        try:
            try:
                value = 10 // number
            finally:
                caught.append(number)
        except ZeroDivisionError:
            continue
        if value == 5:
            break
    return caught


def index(values, positions):
    total = 0
    for position in positions:
        try:
            total += values[position]
        except IndexError:
            total -= 1
    return total


numbers = [k * 31 % 17 for k in range(250)]
for _ in range(200):
    sort_out(numbers)
    nested([1, 3, 7, 2])
    index([1, 2, 3], [0, 1, 2])
print(sort_out(numbers), sort_out(numbers[:20] + [99, 1]), nested([0, 0, 3, 2, 1]), index([1, 2, 3], range(-5, 6)))
try:
    sort_out([0] * 50)
except KeyError as error:
    print(repr(error), repr(error.__cause__), error.__traceback__.tb_next.tb_lineno, error.__cause__.__traceback__.tb_lineno)
    traceback.print_exc()
