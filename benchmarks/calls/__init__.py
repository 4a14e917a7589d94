"""Functions that call others and themselves, and simulations written as classes: plain Python, framejit, C."""
