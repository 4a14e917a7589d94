"""Bodies that are dictionaries."""

import math

bodies = [dict(x=float(i), y=float(i * i % 7), vx=0.0, vy=0.1 * i, m=1.0 + i % 3) for i in range(12)]


def step(dt):
    for a in bodies:
        ax = ay = 0.0
        for b in bodies:
            if a is b:
                continue
            dx = b["x"] - a["x"]
            dy = b["y"] - a["y"]
            r = math.sqrt(dx * dx + dy * dy + 0.01)
            ax += b["m"] * dx / r ** 3
            ay += b["m"] * dy / r ** 3
        a["vx"] += ax * dt
        a["vy"] += ay * dt
    for a in bodies:
        a["x"] += a["vx"] * dt
        a["y"] += a["vy"] * dt


for _ in range(30000):
    step(0.001)
print(sum((a["x"] for a in bodies)))
