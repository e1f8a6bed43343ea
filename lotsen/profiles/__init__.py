"""What a participant can, needs and has: needs, competences, languages, references.

Owns the words need, competence, validation, reference.
"""
