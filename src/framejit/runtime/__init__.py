"""Dispatch: which code is compiled, when, and what happens when it leaves."""
