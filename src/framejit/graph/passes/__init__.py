"""Passes over the graph.  Capture expands, passes shrink."""
