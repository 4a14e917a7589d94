"""Loop nests over whole arrays, and NumPy's own inner loops that they call."""
