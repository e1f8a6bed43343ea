"""Figures of speed: `make bench`, or `make bench ONLY=pages` for a part.

Each figure is one JSON line on standard output. Its limit is measured in the same run: the page's own SQL, or a
statement written by hand that counts the same. What is looked at is the ratio; seconds hang on the machine.
"""
