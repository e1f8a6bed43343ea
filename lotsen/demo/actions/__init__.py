"""Making the demo: programmes, staff, cohorts, meetings and texts. Deterministic: each cohort has its own seed."""

from .load import is_loaded, load_demo, refuse_other_people

__all__ = ["is_loaded", "load_demo", "refuse_other_people"]
