# native: entry
# Numbers of several kinds at one place, ints beyond 64 bits among them.
LARGE = 7**40


def below(a, hi):
    i = 0
    p = a[hi]
    for j in range(hi):
        if a[j] < p:
            i += 1
    return i


def partition(a, lo, hi):
    i, p = lo, a[hi]
    for j in range(lo, hi):
        if a[j] < p:
            a[i], a[j] = a[j], a[i]
            i += 1
    a[i], a[hi] = a[hi], a[i]
    return i


def quicksort(a, lo, hi):
    if lo < hi:
        m = partition(a, lo, hi)
        quicksort(a, lo, m - 1)
        quicksort(a, m + 1, hi)


def truths(a):
    total = 0
    for value in a:
        if value:
            total += 1 if value > 0 else 2
    return total


for _ in range(10_000):              # long enough to be looked at on a busy machine
    below([1, 2, 3, 4], 3)
    truths([1, 0, 2])
below([0.5, 0.25], 1)
truths([0.5, 0.0])
for given in ([2**70, 2.5, 2**70], [LARGE, True, LARGE], [2.5, LARGE, True, LARGE], [LARGE, LARGE], [1, LARGE, 0.5], [-LARGE, 0.5, 3, -LARGE], [LARGE, 1, 2.5]):
    for _ in range(5):
        print(below(given, len(given) - 1), truths(given))
    given = given * 3
    quicksort(given, 0, len(given) - 1)
    print(given)
for given in (["a", 2.5, "b"], [2.5, None]):
    try:
        print(below(given, len(given) - 1))
    except TypeError as error:
        print(error)
