"""k-means (Lloyd 1957) in plain Python loops over the 1797 handwritten digits that scikit-learn ships."""

import numpy as np
from sklearn.datasets import load_digits


def assign(points, centres, labels):
    """Give each point the label of its nearest centre; the sum of squared distances and how many labels changed."""
    n, dimensions = points.shape
    inertia = 0.0
    changed = 0
    for i in range(n):
        nearest = -1
        smallest = np.inf
        for k in range(len(centres)):
            distance = 0.0
            for j in range(dimensions):
                difference = points[i, j] - centres[k, j]
                distance += difference * difference
            if distance < smallest:
                smallest = distance
                nearest = k
        if labels[i] != nearest:
            labels[i] = nearest
            changed += 1
        inertia += smallest
    return inertia, changed


def move(points, centres, labels):
    """Put each centre at the mean of its points; one without points stays."""
    n, dimensions = points.shape
    counts = [0] * len(centres)
    sums = np.zeros_like(centres)
    for i in range(n):
        k = labels[i]
        counts[k] += 1
        for j in range(dimensions):
            sums[k, j] += points[i, j]
    for k in range(len(centres)):
        if counts[k]:
            for j in range(dimensions):
                centres[k, j] = sums[k, j] / counts[k]


def main(rounds=30, clusters=10):
    digits = load_digits()
    points = digits.data
    centres = points[:clusters].copy()
    labels = np.full(len(points), -1)
    for number in range(rounds):
        inertia, changed = assign(points, centres, labels)
        move(points, centres, labels)
        print(f"round {number + 1}: inertia {inertia!r}, {changed} points changed")
        if not changed:
            break
    right = 0
    for k in range(clusters):
        counts = np.bincount(digits.target[labels == k], minlength=clusters)
        right += int(counts.max())
    print(f"{right} of {len(points)} digits are in a cluster of their own kind")


if __name__ == "__main__":
    main()
