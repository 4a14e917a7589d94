# python: -W always
# Warnings whose stack level is beyond the program's first frame.
import warnings

for level in range(1, 6):
    warnings.warn(f"level {level}", stacklevel=level)


def inner():
    for level in range(1, 5):
        warnings.warn(f"inner {level}", DeprecationWarning, stacklevel=level)


inner()
