"""What framejit costs before it gains anything: import, entry, compilation."""
