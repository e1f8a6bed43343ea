"""Matching: who could thrive where, said in words, with what speaks for it, what against, what nobody knows.

Owns the words factor, match and what is decided about a match. It proposes; people decide.
"""
