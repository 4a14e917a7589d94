"""A filter over a list."""

import math

sig = [math.sin(i * 0.01) + 0.3 * math.sin(i * 0.37) for i in range(300000)]
taps = [math.exp(-abs(k - 15) / 5) for k in range(31)]
s = sum(taps)
taps = [t / s for t in taps]
out = [sum((t * sig[i + k] for k, t in enumerate(taps))) for i in range(len(sig) - 31)]
print(sum(out), max(out))
