"""Figures for files and as charts."""
