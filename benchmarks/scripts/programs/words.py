"""Words and letters counted."""

import re, collections

text = "the quick brown fox jumps over the lazy dog and runs away from the angry bear " * 60000
counts = collections.defaultdict(int)
for w in text.split():
    counts[w.strip(".,")] += 1
top = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:5]
print(top)
letters = {}
for ch in text:
    if ch.isalpha():
        letters[ch] = letters.get(ch, 0) + 1
print(sorted(letters.items())[:4])
