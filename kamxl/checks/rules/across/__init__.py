"""KAM4xx: what only shows when several plans lie side by side."""
