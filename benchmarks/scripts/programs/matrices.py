"""A product of matrices that are lists."""

n = 120
A = [[i * j % 7 + 0.5 for j in range(n)] for i in range(n)]
B = [[i + j * 0.25 for j in range(n)] for i in range(n)]


def matmul(A, B):
    Bt = list(zip(*B))
    return [[sum((a * b for a, b in zip(r, c))) for c in Bt] for r in A]


for _ in range(30):
    C = matmul(A, B)
print(C[3][4], sum(map(sum, C)))
