"""Retention and erasure; reviews of the reading log."""

from .retention import Erasure, ErasureItem, Evidence, LegalHold, RetentionRule
from .reviews import LogReview, ReviewedReading

__all__ = ["Erasure", "ErasureItem", "Evidence", "LegalHold", "LogReview", "RetentionRule", "ReviewedReading"]
