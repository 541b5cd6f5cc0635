"""From what a cell holds to the typed value of its field."""
