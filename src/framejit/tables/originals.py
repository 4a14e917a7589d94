"""The math module that framejit computes with and whose functions it knows: as C made it, whatever the program assigns."""

from framejit.own import original_math

math = original_math()

__all__ = ["math"]
