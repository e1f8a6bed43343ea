"""The individual plan of a case. Goals, sub-goals and measures come to stand in it.

Owns the word plan.
"""
