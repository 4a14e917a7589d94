"""Back ends: the graph becomes machine code."""
