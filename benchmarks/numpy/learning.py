"""Inference and training of small networks."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def perceptron(x, w1, b1, w2, b2, w3, b3):
    x = relu(x @ w1 + b1)
    x = relu(x @ w2 + b2)
    return softmax(x @ w3 + b3)


def attention(q, k, v):
    scores = q @ k.T / np.sqrt(q.shape[-1])
    return softmax(scores) @ v


def layer_norm(x, gain, bias):
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + 1e-5) + bias


def gelu(x):
    return 0.5 * x * (1.0 + np.tanh(np.sqrt(2.0 / np.pi) * (x + 0.044715 * x**3)))


def block(x, w1, w2, gain, bias):
    h = layer_norm(x, gain, bias)
    return x + gelu(h @ w1) @ w2


def convolution(image, kernels):
    size = kernels.shape[1]
    height, width = image.shape[0] - size + 1, image.shape[1] - size + 1
    out = np.zeros((len(kernels), height, width), dtype=np.float32)
    for c in range(len(kernels)):
        for i in range(size):
            for j in range(size):
                out[c] += kernels[c, i, j] * image[i:i + height, j:j + width]
    return relu(out)


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def lstm(inputs, w, u, b, units):
    h, c = np.zeros(units), np.zeros(units)
    for x in inputs:
        gates = w @ x + u @ h + b
        i, f = sigmoid(gates[:units]), sigmoid(gates[units:2 * units])
        g, o = np.tanh(gates[2 * units:3 * units]), sigmoid(gates[3 * units:])
        c = f * c + i * g
        h = o * np.tanh(c)
    return h


def adam(w, gradient_of, steps):
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t in range(1, steps + 1):
        g = w * gradient_of - 1.0
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        w = w - 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


def single(r, *shape):
    return r.random(shape).astype(np.float32) - np.float32(0.5)


PROGRAMS = {
    "perceptron": Program(perceptron, lambda r, n: (single(r, n, 32), single(r, 32, 64), single(r, 64), single(r, 64, 64), single(r, 64), single(r, 64, 10), single(r, 10)), (1, 100, 10_000)),
    "attention": Program(attention, lambda r, n: (single(r, n, 32), single(r, n, 32), single(r, n, 32)), (8, 128, 1024)),
    "block": Program(block, lambda r, n: (single(r, n, 64), single(r, 64, 256), single(r, 256, 64), single(r, 64), single(r, 64)), (1, 64, 4096)),
    "convolution": Program(convolution, lambda r, n: (single(r, n, n), single(r, 4, 3, 3)), (10, 64, 512)),
    "lstm": Program(lstm, lambda r, n: (r.random((50, 8)), r.random((4 * n, 8)), r.random((4 * n, n)), r.random(4 * n), n), (4, 32, 256)),
    "adam": Program(adam, lambda r, n: (r.random(n), 1.0 + r.random(n), 100), (10, 1_000, 200_000)),
}
