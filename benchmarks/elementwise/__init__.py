"""Expressions over whole arrays, unmodified: NumPy, framejit, and whatever of numba, numexpr, jax and torch is installed."""
