"""Expressions over whole arrays, unmodified: NumPy, framejit, and whatever of numba, numexpr and jax is installed."""
