"""What is kept of people: for how long, on whose word it goes, who looked at it, and the extract for the person.

Owns the words retention rule, hold, erasure, evidence, extract and review. It walks the tables of every area by what
they declare in `Privacy`, and no area knows of it. Closed, archived, erased and merged are four different words: a case
is closed when it ends; what is to be preserved is archived before an erasure; what is erased is gone.
"""
