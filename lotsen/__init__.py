"""Lotsen: the areas of the product. docs/architecture.md says which may know which."""
