"""Loop programs from the literature, written as people write them, against CPython, numba and C."""
