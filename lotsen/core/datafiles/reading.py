"""Reading a file, with the line of every fault. Validates and never saves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from lotsen.core.files import why_not
from lotsen.core.refused import Refused

from .sentences import sentence, yaml_sentence

#: Larger files are not templates; reading one would only cost memory.
MAX_BYTES = 1_000_000
MAX_DEPTH = 12

_Schema = TypeVar("_Schema", bound=BaseModel)


@dataclass(frozen=True)
class Fault:
    """One fault of a file."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        return where + (f"{self.field}: " if self.field else "") + self.message


class FileFaults(Exception):
    """The file is not what it should be. Holds every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        """Take the faults in the order of the file."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def parse_file(text: bytes, file: str, schema: type[_Schema]) -> _Schema:
    """Read a file by a schema. Raises `FileFaults` with file, line, field and what was expected."""
    if len(text) > MAX_BYTES:
        said = _("larger than %(bytes)s bytes: this is no template") % {"bytes": MAX_BYTES}
        raise FileFaults([Fault(file, 0, "", said)])
    lines: dict[tuple[Any, ...], int] = {}
    data = _read(_decode(text, file), file, lines)
    if not isinstance(data, dict):
        raise FileFaults([Fault(file, 1, "", _("a template begins with the line `lotsen: 1`"))])
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        faults: dict[tuple[int, str], Fault] = {}
        for found in error.errors():
            for fault in _faults(file, found, lines):
                # A value that may be of several kinds is told once, by the first.
                faults.setdefault((fault.line, fault.field), fault)
        raise FileFaults(sorted(faults.values(), key=lambda fault: fault.line)) from None


def read_file(file: Path, parse: Callable[[bytes, str], _Schema]) -> _Schema:
    """Read a file that a command was given. Refuses what cannot be opened, and what has faults, with all of them."""
    try:
        return parse(file.read_bytes(), str(file))
    except OSError as error:
        raise Refused(f"{file}: {why_not(error)}") from None
    except FileFaults as faults:
        raise Refused(f"{faults}") from None


def _decode(text: bytes, file: str) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = _("the file must be UTF-8; here stands the byte %(byte)s, which is none. Save it anew as UTF-8.")
        line = text[: error.start].count(b"\n") + 1
        raise FileFaults([Fault(file, line, "", said % {"byte": f"0x{text[error.start]:02X}"})]) from None


def _read(text: str, file: str, lines: dict[tuple[Any, ...], int]) -> Any:
    """Read YAML, noting the line of each path."""
    try:
        _refuse_what_no_template_needs(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        return _build(root, (), lines) if root else None
    except yaml.reader.ReaderError as error:
        said = _("the sign %(sign)s cannot stand in a template") % {"sign": f"U+{int(error.character):04X}"}
        raise FileFaults([Fault(file, text[: error.position].count("\n") + 1, "", said)]) from None
    except _Refused as error:
        raise FileFaults([Fault(file, error.line, error.field, str(error))]) from None
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        raise FileFaults([Fault(file, mark.line + 1 if mark else 0, "", yaml_sentence(error))]) from None


class _Refused(Exception):
    """Something that YAML knows and a template may not have."""

    def __init__(self, message: str, line: int, field: str = "") -> None:
        super().__init__(message)
        self.line, self.field = line, field


def _refuse_what_no_template_needs(text: str) -> None:
    """Aliases and deep nests make a small file take enormous time or memory; a tag asks for what is not read."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        mark: Any = event.start_mark
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _Refused(_("nested too deep"), mark.line + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(_("anchors (&name) and aliases (*name) are not allowed"), mark.line + 1)
        if getattr(event, "tag", None):
            raise _Refused(_("tags (!name) are not allowed"), mark.line + 1)


def _build(node: Any, path: tuple[Any, ...], lines: dict[tuple[Any, ...], int]) -> Any:
    """Turn YAML nodes into values, noting the line of each path."""
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, index), lines) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            lines[(*path, name)] = key.start_mark.line + 1
            if name in result:
                raise _Refused(_("the field stands twice"), key.start_mark.line + 1, _written((*path, name)))
            result[name] = _build(value, (*path, name), lines)
        return result
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    except (ValueError, KeyError, AttributeError):
        # No such day or number: left as text, it is told among the other faults, with its field.
        return node.value
    finally:
        loader.dispose()


def _written(path: tuple[Any, ...]) -> str:
    """Write a place in the file: `steps.2.code`, counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in path)


def _faults(file: str, found: Any, lines: dict[tuple[Any, ...], int]) -> Iterator[Fault]:
    """Say where a fault lies and what was expected there. What holds for the file as a whole comes together."""
    for place, message in found.get("ctx", {}).get("faults", []):
        path = tuple(int(part) - 1 if part.isdigit() else part for part in place.split("."))
        yield Fault(file, _line(path, lines), place, message)
    if found["type"] == "faults":
        return
    path = tuple(found["loc"])
    if found["type"] not in {"missing", "extra_forbidden"}:
        # Where a value may be of several kinds, the path goes on into the schema.
        path = _known(path, lines)
    yield Fault(file, _line(path, lines), _written(path), sentence(found))


def _known(path: tuple[Any, ...], lines: dict[tuple[Any, ...], int]) -> tuple[Any, ...]:
    """Return as much of a path as stands in the file."""
    while path and path not in lines:
        path = path[:-1]
    return path


def _line(path: tuple[Any, ...], lines: dict[tuple[Any, ...], int]) -> int:
    return lines.get(_known(path, lines), 1)
