"""Tests of the graph: text, verifier, interpreter against machine code, passes."""
