"""Small things that templates repeat."""
