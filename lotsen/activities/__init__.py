"""Whatever people come together for: coaching, groups, training, steering groups. Participant hours come from here.

Owns the words activity, session and attendance.
"""
