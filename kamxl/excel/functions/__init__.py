"""Worksheet functions: what a cell may ask, and how its answer gets there."""
