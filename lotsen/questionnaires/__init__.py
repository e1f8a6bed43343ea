"""Questionnaires: questions as data, and what was answered.

One engine for assessments, the Life Wheel, ratings, surveys of staff and answers of employers. A questionnaire has
versions, and a version that is in use never changes. A response is one voice's answers to a version; a wave asks many
at once, each a recipient with a link of its own. Owns the words questionnaire, version, question, answer, response,
voice, score, wave, recipient.
"""
