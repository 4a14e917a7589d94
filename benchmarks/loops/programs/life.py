"""Conway's Game of Life on a torus, over two lists of lists of ints."""

import numpy as np

SMALL = 6
LARGE = 280


def setup(size):
    """A random board, an empty one, and the number of generations."""
    board = np.random.default_rng(6).integers(0, 2, (size, size)).tolist()
    return board, [[0] * size for _ in range(size)], 60


def run(board, other, generations):
    n = len(board)
    m = len(board[0])
    for generation in range(generations):
        for i in range(n):
            above = board[(i - 1) % n]
            here = board[i]
            below = board[(i + 1) % n]
            new = other[i]
            for j in range(m):
                left = (j - 1) % m
                right = (j + 1) % m
                neighbours = above[left] + above[j] + above[right] + here[left] + here[right] + below[left] + below[j] + below[right]
                if neighbours == 3 or (neighbours == 2 and here[j] == 1):
                    new[j] = 1
                else:
                    new[j] = 0
        board, other = other, board
    alive = 0
    for i in range(n):
        for j in range(m):
            alive += board[i][j]
    return alive
