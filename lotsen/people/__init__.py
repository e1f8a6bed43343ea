"""Persons: who somebody is, apart from what is done with and for them.

Owns the words person and identity number. A person is not an account, and is kept by one authority: the same human
being met by two municipalities is two records until a consent joins them.
"""
