"""The final report: texts by staff, figures from the indicators, made into files and kept as made.

Owns the words report, section and figure.
"""
