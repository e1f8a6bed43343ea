"""Made-up people for show and tests, made by the actions that staff use.

Five cohorts give the published figures; a sixth project runs now.

Owns no words and no tables.
"""
