# native: loop
# What comes out of a container is the object that went in: `in` and `is` can tell.
not_a_number = float("nan")
big = 10**6 + 7


def largest(values):
    best = values[0]
    for value in values:
        if value > best:
            best = value
    return best


def last_even(numbers):
    found = None
    for number in numbers:
        if number % 2 == 0:
            found = number
    return found


for _ in range(6000):
    largest([0.25, 3.5, 1.0, 2.0] * 6)
    last_even([1, 2, 3, 4] * 6)
floats = [not_a_number, 4.0, 8.0]
integers = [big, big + 1, 5]
print(largest(floats) is not_a_number, largest(floats) in floats, not_a_number in [float("nan")])
print(last_even(integers) is integers[1], largest([1.5, 2.5]) == 2.5, last_even([1, 3]) is None)
print(largest([True, 0]) is True, last_even([0, False]) is False)
