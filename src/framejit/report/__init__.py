"""What the compiler tells people: records, logs, explanations."""
