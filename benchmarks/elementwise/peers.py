"""Who else runs the programs: numba, jax and torch.compile the same source, numexpr a text of the ones that are one expression."""

import types

import numpy as np

TEXTS = {
    "arithmetic": "a * b + c - d / e",
    "distance": "sqrt(x * x + y * y)",
    "single": "x + y",
    "gauss": "exp(-x * x / 2.0) * 0.3989422804014327",
    "logistic": "1.0 / (1.0 + exp(-x))",
    "polynomial": "((((((x * 0.5 + 1.5) * x - 2.25) * x + 0.125) * x - 3.0) * x + 0.75) * x - 1.0) * x + 4.0",
}


def numba_of(function):
    import numba
    return numba.njit(function)


def jax_of(function):
    import jax
    import jax.numpy
    jax.config.update("jax_enable_x64", True)
    other = types.FunctionType(function.__code__, {**function.__globals__, "np": jax.numpy}, function.__name__)
    compiled = jax.jit(other)
    return lambda *given: compiled(*given).block_until_ready()


def numexpr_of(function):
    import numexpr
    if function.__name__ not in TEXTS:
        raise ImportError("numexpr takes single expressions")
    text, names = TEXTS[function.__name__], function.__code__.co_varnames
    return lambda *given: numexpr.evaluate(text, local_dict=dict(zip(names, given)), global_dict={})


def torch_of(function):
    """The same source, of which torch.compile traces what NumPy does."""
    import torch
    return torch.compile(function)


PEERS = {"numba": numba_of, "jax": jax_of, "numexpr": numexpr_of, "torch": torch_of}


def warm_up(makers):
    """Each contestant compiles something else first: what its imports cost is not the programs' first call."""
    given = [np.arange(5.0)]
    for make in makers:
        try:
            make(other)(*given)
        except ImportError:
            continue
        except Exception as error:      # torch has no compiler, say: `usable` leaves it out
            print(f"    {make.__name__}: {type(error).__name__}")


def other(x):
    return (x + 1.0) * (x - 1.0)


__all__ = ["PEERS", "warm_up"]
