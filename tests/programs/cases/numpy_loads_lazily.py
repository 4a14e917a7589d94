# native: loop
# A module named numpy that loads when it is asked for anything isn't asked.
import importlib.util
import sys

spec = importlib.util.find_spec("numpy")
spec.loader = importlib.util.LazyLoader(spec.loader)
sys.modules["numpy"] = numpy = importlib.util.module_from_spec(spec)
spec.loader.exec_module(numpy)


def weighted(numbers, n):
    total = 0.0
    for k in range(n):
        total += numbers[k & 3] * k
    return total


for _ in range(100):
    found = weighted([1.0, 2.0, 3.5, 1.25], 20_000)
print(found, "numpy.linalg" in sys.modules)
values = numpy.arange(5.0)
for _ in range(100):
    found = weighted(values, 10_000)
print(found, type(found).__name__, "numpy.linalg" in sys.modules)
