"""The computed figures of a plan."""
