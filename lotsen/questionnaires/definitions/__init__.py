"""What a questionnaire is made of, and what follows from its answers."""

from .schema import Definition, Question, Score, Section
from .scoring import asked, band_of, is_whole, missing, scores

__all__ = ["Definition", "Question", "Score", "Section", "asked", "band_of", "is_whole", "missing", "scores"]
