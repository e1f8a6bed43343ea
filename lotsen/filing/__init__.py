"""The monthly participant file: who took part in a month and for how many hours, as the funder's statistics want it.

Owns the words participant file, layout and receipt.
"""
