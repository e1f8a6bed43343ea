"""Organisations and their units, users, their roles and what a role may do.

Owns the words organisation, unit, municipality, user, membership, role and permission. A right on rows is a filter:
`lotsen_units()` in the database says which units the acting user works for, and every policy and every
`visible_to(user)` starts from it.
"""
