# native: loop
# A NumPy scalar warns at its line, as often as the filters say, and goes on.
import warnings

import numpy as np


def reciprocals(values, factor):
    answer = 0.0
    for k in range(len(values)):
        answer = 1.0 / (values[k] * factor)
        if answer < 0.25:
            answer = 0.25
    return answer


def products(values):
    total = values[0]
    for k in range(len(values)):
        total = total * values[k]
    return total


values = np.linspace(1.0, 3.0, 3000)
small = np.full(40, 3, dtype=np.int16)
for _ in range(30):
    reciprocals(values, 2.0)
    products(small[:6])
values[700], values[2500], values[2501] = 0.0, 3e307, 0.0
for action in ("always", "default"):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter(action)
        print(repr(reciprocals(values, 20.0)), repr(products(small)))
    for warning in caught:
        print(warning.category.__name__, warning.message, warning.lineno)
print(repr(reciprocals(values, 20.0)), repr(products(small)))
with np.errstate(all="raise"):
    try:
        reciprocals(values, 20.0)
    except FloatingPointError as error:
        print(error, error.__traceback__.tb_next.tb_lineno, error.__traceback__.tb_next.tb_frame.f_locals["k"])
with np.errstate(divide="ignore", over="ignore"):
    print(repr(reciprocals(values, 20.0)))
