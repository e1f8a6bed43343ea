"""Indicators: what each figure counts, as a set.

Owns the words indicator, figure, breakdown and part. An indicator is one SQL statement that gives the rows it counts,
as of a day; the figure, its breakdowns and the list behind it are read from that statement, so that no figure can
differ from its list.
"""
