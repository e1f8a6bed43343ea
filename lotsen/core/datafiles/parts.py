"""What the schemas of all files of data are made of: codes, names, texts in several languages."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

CODE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
#: PostgreSQL holds no NUL.
STORABLE = r"^[^\x00]*$"
Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN, max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=STORABLE)]
Name = Annotated[Line, StringConstraints(max_length=200)]


class Part(BaseModel):
    """A mapping in the file. An unknown field is a fault: it is most often a misspelt one."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Part):
    """A text in Swedish and English. A plain string stands for both."""

    sv: Line
    en: Line

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return {"sv": value, "en": value} if isinstance(value, str) else value
