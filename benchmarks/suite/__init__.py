"""The programs of the package pyperformance, plain and under `framejit.enable()`."""
