"""A script whose hot loop stands in a block of `with framejit.jit():`, at module level, with an error in its middle.

    python examples/with_block.py                       what is computed
    FRAMEJIT_LOG=time,exits,breaks python examples/with_block.py
    FRAMEJIT_DISABLE=1 python examples/with_block.py    the same, interpreted

In the log, look at
- `<module>@with, line 23: compiled in ... ms`: the block was compiled when it was entered, for the types that were there;
- `left at line 25, 1 times: a divisor is zero`, and FJ003: the division was left to the interpreter, which raised the error;
- `<module>@with, line 29: left at ..., the loop or the block ... has ended`: the second block ran natively to its end.
The last lines say how often each block was entered, and how many iterations it made natively.
"""

import time

import framejit

STEPS = 3_000_000

start = time.perf_counter()
position, velocity, nearest = 0.0, 1.0, 0.0
try:
    with framejit.jit():
        for step in range(STEPS):
            position += 1.0 / (STEPS // 2 - step) * velocity
            velocity -= position * 1e-9
except ZeroDivisionError as error:
    print(f"stopped in line {error.__traceback__.tb_lineno} at step {step:,}: {error}")
with framejit.jit():
    for step in range(STEPS):
        position = position * 0.999999 + velocity * 1e-6
        if position > nearest:
            nearest = position
seconds = time.perf_counter() - start


def below(limit):
    """How many primes: each call enters the block again."""
    count = 0
    with framejit.jit():
        for n in range(2, limit):
            d = 2
            while d * d <= n and n % d:
                d += 1
            count += d * d > n
    return count


print(f"at {position:.6f}, {velocity:.6f}, at most {nearest:.6f}")
print("primes:", [below(limit) for limit in (10, 100, 1000, 20_000)])
print(f"{seconds:.2f} s")
for line in str(framejit.explain()).splitlines():
    if "block at" in line:
        print(line.strip())
