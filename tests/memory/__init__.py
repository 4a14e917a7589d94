"""Nothing grows with the number of entries and exits."""
