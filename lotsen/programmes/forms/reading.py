"""Reading a template file, with the line of every fault. Validates and never saves."""

from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from .template import Template

#: Larger files are not templates; reading one would only cost memory.
MAX_BYTES = 1_000_000
MAX_DEPTH = 12


@dataclass(frozen=True)
class Fault:
    """One fault of a template file."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        return where + (f"{self.field}: " if self.field else "") + self.message


class TemplateFaults(Exception):
    """The file is not a template. Holds every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        """Take the faults in the order of the file."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def parse_template(text: bytes, file: str) -> Template:
    """Read a template file. Raises `TemplateFaults` with file, line, field and what was expected."""
    if len(text) > MAX_BYTES:
        raise TemplateFaults([Fault(file, 0, "", f"larger than {MAX_BYTES} bytes: not a template")])
    lines: dict[tuple[Any, ...], int] = {}
    try:
        _refuse_bombs(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = _build(root, (), lines) if root else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = " ".join(str(getattr(error, "problem", None) or error).split())
        raise TemplateFaults([Fault(file, mark.line + 1 if mark else 0, "", problem)]) from None
    except _Duplicate as error:
        raise TemplateFaults([Fault(file, error.line, error.field, "the field stands twice")]) from None
    if not isinstance(data, dict):
        raise TemplateFaults([Fault(file, 1, "", "expected a mapping that begins with `lotsen: 1`")])
    try:
        return Template.model_validate(data)
    except ValidationError as error:
        faults = [_fault(file, found, lines) for whole in error.errors() for found in _each(whole)]
        raise TemplateFaults(sorted(dict.fromkeys(faults), key=lambda fault: fault.line)) from None


def _refuse_bombs(text: bytes) -> None:
    """Aliases and deep nests make a small file take enormous time or memory; no template needs one."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > MAX_DEPTH:
            problem = "nested too deep" if depth > MAX_DEPTH else "aliases (*name) are not allowed"
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


class _Duplicate(Exception):
    """A field stands twice in one mapping."""

    def __init__(self, field: str, line: int) -> None:
        super().__init__(field)
        self.field, self.line = field, line


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
                raise _Duplicate(_written((*path, name)), key.start_mark.line + 1)
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


def _each(found: Any) -> list[Any]:
    """Take apart what was found in the file as a whole: its faults come together in one error."""
    return [{**found, "msg": message} for message in found.get("ctx", {}).get("faults", [found["msg"]])]


def _written(path: tuple[Any, ...]) -> str:
    """Write a place in the file: `steps.2.code`, counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in path)


def _fault(file: str, found: Any, lines: dict[tuple[Any, ...], int]) -> Fault:
    """Say where a fault lies and what was expected there."""
    path = tuple(found["loc"])
    message = found["msg"].removeprefix("Value error, ")
    if not path:
        # What holds for the file as a whole names its place itself: `goals.2.where: ...`.
        place, _, message = message.partition(": ")
        path = tuple(int(part) - 1 if part.isdigit() else part for part in place.split("."))
    known = path
    while known and known not in lines:
        known = known[:-1]
    field = _written(path)
    if found["type"] not in {"missing", "value_error", "extra_forbidden", "faults"}:
        message = f"{message}; found {str(found['input'])[:60]!r}"
    if found["type"] == "extra_forbidden":
        message = "no such field here"
    return Fault(file, lines.get(known, 1), field, message)
