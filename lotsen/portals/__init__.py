"""Pages that gather from several areas: a case with everything that belongs to it.

Owns no words and no tables.
"""
