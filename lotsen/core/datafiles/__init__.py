"""Files of data that people write by hand, YAML by one schema each: read whole, or refused with every fault's place."""

from .parts import CODE_PATTERN, STORABLE, Code, Line, Name, Part, Text
from .reading import Fault, FileFaults, parse_file, read_file
from .sentences import expected

__all__ = [
    "CODE_PATTERN",
    "STORABLE",
    "Code",
    "Fault",
    "FileFaults",
    "Line",
    "Name",
    "Part",
    "Text",
    "expected",
    "parse_file",
    "read_file",
]
