"""Who else runs the programs: numba, jax and torch.compile the same source.

Each of `PEERS` takes a program's function and gives the ways in which a careful user would have it compiled; the fastest that gives NumPy's result counts.
What they can't do at all (stores into arrays for jax, functions that numba doesn't know) raises at the first call.
"""

import types

from benchmarks.elementwise import peers as elementwise


def rebuilt(function, names, wrap=lambda one: one):
    """The function with other globals of these names; what it calls of its module, too."""
    there = {**function.__globals__, **names}
    for name, one in list(there.items()):
        if isinstance(one, types.FunctionType) and one.__module__ == function.__module__:
            there[name] = wrap(types.FunctionType(one.__code__, there, name, one.__defaults__, one.__closure__))
    return wrap(types.FunctionType(function.__code__, there, function.__name__, function.__defaults__, function.__closure__))


def numba_of(function):
    import numba
    return [rebuilt(function, {}, numba.njit), rebuilt(function, {}, numba.njit(parallel=True))]


def jax_of(function):
    """Ints, strings and functions are constants of what is compiled, as loops over them and shapes have to be."""
    import jax
    import jax.numpy
    jax.config.update("jax_enable_x64", True)
    written, compiled = rebuilt(function, {"np": jax.numpy}), {}

    def called(*given):
        static = tuple([place for place, one in enumerate(given) if isinstance(one, (int, str, types.FunctionType))])
        if static not in compiled:
            compiled[static] = jax.jit(written, static_argnums=static)
        return jax.block_until_ready(compiled[static](*given))
    return [called]


def torch_of(function):
    return [elementwise.torch_of(function)]


PEERS = {"numba": numba_of, "jax": jax_of, "torch": torch_of}

__all__ = ["PEERS"]
