"""Distances between words, row by row."""

def lev(a, b):
    prev = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        cur = [i]
        for j, cb in enumerate(b, 1):
            cur.append(min(prev[j] + 1, cur[j - 1] + 1, prev[j - 1] + (ca != cb)))
        prev = cur
    return prev[-1]


words = ["kitten", "sitting", "saturday", "sunday", "intention", "execution", "levenshtein", "distance", "programming", "algorithm"]
print(sum((lev(a * 3, b * 3) for a in words for b in words for _ in range(80))))
