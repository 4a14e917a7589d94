"""Arithmetic on NumPy's scalars: NEP 50 promotion, wrap-around, floating-point errors by exits."""


def binary(machine, symbol, left, right):
    return None


def compare(machine, symbol, left, right):
    return None


def negative(machine, value):
    return None


def positive(machine, value):
    return None


def inverted(machine, value):
    return None
