"""Signing in: the library's forms and what it asks of us."""
