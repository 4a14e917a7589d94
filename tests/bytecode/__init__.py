"""Tests of the bytecode stage."""
