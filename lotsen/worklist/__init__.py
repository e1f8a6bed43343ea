"""Due work of all areas, computed and never stored: each rule is a function that returns rows and a reason.

Owns the words worklist, rule, selection.
"""
