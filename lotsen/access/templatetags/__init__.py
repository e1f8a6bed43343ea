"""Filters and tags of signing in."""
