"""Plans edited at random, and an eye of its own that tells what a person sees in them."""
