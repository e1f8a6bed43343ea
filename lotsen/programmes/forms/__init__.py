"""The template file: its schema, and reading it."""

from .reading import Fault, TemplateFaults, parse_template
from .template import SCHEMA_VERSION, Template

__all__ = ["SCHEMA_VERSION", "Fault", "Template", "TemplateFaults", "parse_template"]
