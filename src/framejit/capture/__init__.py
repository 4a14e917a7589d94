"""Symbolic execution: bytecode and the types of the values at hand become a graph with guards and exits."""
