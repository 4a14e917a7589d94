"""Shortest ways with a heap and dictionaries."""

import heapq, random

random.seed(5)
n = 4000
graph = {i: [(random.randrange(n), random.random()) for _ in range(6)] for i in range(n)}


def shortest(src):
    dist = {src: 0.0}
    q = [(0.0, src)]
    while q:
        d, u = heapq.heappop(q)
        if d > dist.get(u, 1000000000.0):
            continue
        for v, w in graph[u]:
            nd = d + w
            if nd < dist.get(v, 1000000000.0):
                dist[v] = nd
                heapq.heappush(q, (nd, v))
    return dist


t = 0.0
for s in range(200):
    t += sum(shortest(s).values())
print(t)
