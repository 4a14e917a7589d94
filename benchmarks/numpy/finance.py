"""Prices of options, paths, portfolios."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def normal_cdf(x):
    k = 1.0 / (1.0 + 0.2316419 * np.abs(x))
    tail = np.exp(-0.5 * x * x) / np.sqrt(2 * np.pi) * k * (0.319381530 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))))
    return np.where(x >= 0, 1.0 - tail, tail)


def black_scholes(spot, strike, time, rate, volatility):
    root = volatility * np.sqrt(time)
    d1 = (np.log(spot / strike) + (rate + 0.5 * volatility**2) * time) / root
    d2 = d1 - root
    discounted = strike * np.exp(-rate * time)
    call = spot * normal_cdf(d1) - discounted * normal_cdf(d2)
    return call, call - spot + discounted


def binomial(spot, strike, rate, volatility, time, n):
    dt = time / n
    up = np.exp(volatility * np.sqrt(dt))
    down = 1.0 / up
    p = (np.exp(rate * dt) - down) / (up - down)
    discount = np.exp(-rate * dt)
    prices = spot * up ** np.arange(n, -1, -1) * down ** np.arange(0, n + 1)
    values = np.maximum(strike - prices, 0.0)
    for _ in range(n):
        prices = prices[:-1] * down
        values = np.maximum(discount * (p * values[:-1] + (1.0 - p) * values[1:]), strike - prices)
    return values[0]


def paths(normals, spot, rate, volatility, dt):
    price = np.full(normals.shape[1], spot)
    total = np.zeros(normals.shape[1])
    for z in normals:
        price = price * np.exp((rate - 0.5 * volatility**2) * dt + volatility * np.sqrt(dt) * z)
        total += price
    return np.maximum(total / len(normals) - spot, 0.0).mean()


def portfolio(returns, weights, steps):
    mean = returns.mean(axis=0)
    centred = returns - mean
    covariance = centred.T @ centred / (len(returns) - 1)
    for _ in range(steps):
        gradient = covariance @ weights - 0.1 * mean
        weights = np.maximum(weights - 0.05 * gradient, 0.0)
        weights /= weights.sum()
    return weights, np.sqrt(weights @ covariance @ weights)


PROGRAMS = {
    "black_scholes": Program(black_scholes, lambda r, n: (80 + 40 * r.random(n), 80 + 40 * r.random(n), 0.1 + r.random(n), 0.03, 0.3), (10, 1_000, 1_000_000)),
    "binomial": Program(binomial, lambda r, n: (100.0, 105.0, 0.03, 0.3, 1.0, n), (20, 200, 3_000)),
    "paths": Program(paths, lambda r, n: (r.normal(size=(50, n)), 100.0, 0.03, 0.3, 0.02), (10, 1_000, 100_000)),
    "portfolio": Program(portfolio, lambda r, n: (r.normal(size=(60, n)), np.ones(n) / n, 100), (4, 40, 500)),
}
