"""Placements: a participant at a workplace, of one of the programme's kinds.

Owns the word placement.
"""
