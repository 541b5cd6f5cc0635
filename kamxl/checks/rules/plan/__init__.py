"""KAM3xx: entries of one account plan that do not go together, and what a good plan would not leave open."""
