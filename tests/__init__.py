"""Tests. They mirror the code: tests/<area>/test_<module>.py; tests/house holds the rules of the house."""
