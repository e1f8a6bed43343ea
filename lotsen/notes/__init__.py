"""What staff write down of their work with a participant, and when they meet next.

Owns the words note, snippet, appointment.
"""
