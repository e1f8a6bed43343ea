"""Employers, their workplaces, and the contacts that are kept with them.

Owns the words employer, workplace and contact.
"""
