"""Made-up people for show and tests: five cohorts that give the published figures, made by the actions that staff use.

Owns no words and no tables.
"""
