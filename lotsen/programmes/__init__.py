"""Programmes as data: a financed undertaking with its period, partners, target groups, steps, goals and budget.

Owns the words programme, template, phase, target group, step, kind, destination, exit reason, goal and partner.
A programme is described whole by a template file; docs/templates.md describes the file. No code knows a programme by
name.
"""
