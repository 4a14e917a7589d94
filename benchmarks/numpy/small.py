"""Long loops over small vectors and matrices."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def kalman(measurements, dt):
    f = np.array([[1.0, dt], [0.0, 1.0]])
    h = np.array([[1.0, 0.0]])
    q = 1e-4 * np.eye(2)
    r = np.array([[0.05]])
    x, p = np.zeros(2), np.eye(2)
    out = np.empty((len(measurements), 2))
    for k in range(len(measurements)):
        x = f @ x
        p = f @ p @ f.T + q
        s = h @ p @ h.T + r
        gain = p @ h.T @ np.linalg.inv(s)
        x = x + gain @ (measurements[k:k + 1] - h @ x)
        p = (np.eye(2) - gain @ h) @ p
        out[k] = x
    return out


def rotations(points, angles):
    for angle in angles:
        c, s = np.cos(angle), np.sin(angle)
        points = points @ np.array([[c, -s], [s, c]]).T
    return points


def small_solves(matrices, vectors):
    out = np.empty_like(vectors)
    for k in range(len(matrices)):
        out[k] = np.linalg.solve(matrices[k], vectors[k])
    return out


def quaternions(q, rates, dt):
    for w in rates:
        x, y, z = w
        omega = np.array([[0.0, -x, -y, -z], [x, 0.0, z, -y], [y, -z, 0.0, x], [z, y, -x, 0.0]])
        q = q + 0.5 * dt * (omega @ q)
        q = q / np.linalg.norm(q)
    return q


def gauss_newton(x, y, steps):
    p = np.array([1.0, 0.5, 0.1])
    for _ in range(steps):
        e = np.exp(-p[1] * x)
        residual = y - (p[0] * e + p[2])
        jacobian = np.column_stack((e, -p[0] * x * e, np.ones_like(x)))
        p = p + np.linalg.solve(jacobian.T @ jacobian + 1e-9 * np.eye(3), jacobian.T @ residual)
    return p


def chain(angles, lengths):
    position, total = np.zeros(2), 0.0
    heading = 0.0
    for angle, length in zip(angles, lengths):
        heading += angle
        position = position + length * np.array([np.cos(heading), np.sin(heading)])
        total += np.sqrt(position @ position)
    return position, total


PROGRAMS = {
    "kalman": Program(kalman, lambda r, n: (r.random(n), 0.1), (20, 200, 2_000)),
    "rotations": Program(rotations, lambda r, n: (r.random((4, 2)), r.random(n)), (20, 200, 5_000)),
    "small_solves": Program(small_solves, lambda r, n: (r.random((n, 4, 4)) + 4 * np.eye(4), r.random((n, 4))), (20, 200, 5_000)),
    "quaternions": Program(quaternions, lambda r, n: (np.array([1.0, 0.0, 0.0, 0.0]), r.random((n, 3)), 0.01), (20, 200, 5_000)),
    "gauss_newton": Program(gauss_newton, lambda r, n: (np.linspace(0, 5, n), 2 * np.exp(-0.7 * np.linspace(0, 5, n)) + 0.3, 20), (10, 500, 20_000)),
    "chain": Program(chain, lambda r, n: (r.random(n) - 0.5, r.random(n)), (20, 200, 5_000)),
}
