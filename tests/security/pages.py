"""What a browser would make of a page: the elements and attributes that it finds, and where the page leads."""

from collections.abc import Iterator
from html.parser import HTMLParser

#: Attributes that lead somewhere.
LEADING = {
    "href",
    "src",
    "action",
    "formaction",
    "data-draft-url",
    "hx-get",
    "hx-post",
    "srcset",
    "poster",
    "xlink:href",
}
#: What a page of ours never holds: the policy would stop it, or it would lead away.
FORBIDDEN = {"base", "embed", "frame", "iframe", "math", "noscript", "object", "style", "template"}


class Page(HTMLParser):
    """Gathers what is dangerous in a page, and its addresses."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []
        #: The names of its fields, with what they hold or offer; and those that stand in the address.
        self.fields: dict[str, list[str]] = {}
        self.asked: set[str] = set()
        self._select = self._method = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self._note_field(tag, held)
        if (
            tag.startswith("zx")
            or tag in FORBIDDEN
            or (tag == "script" and not held.get("src", "").startswith("/static/"))
        ):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith(("on", "zx", "style")) or "<" in name or (name == "http-equiv"):
                self.faults.append(f"<{tag} {name}>")
            if name in LEADING:
                self.addresses.append(value or "")
                if (value or "").lstrip().lower().startswith(("javascript:", "data:", "vbscript:", "//")):
                    self.faults.append(f"<{tag} {name}={value}>")

    def _note_field(self, tag: str, held: dict[str, str | None]) -> None:
        name, value = held.get("name") or "", held.get("value") or ""
        if tag == "form":
            self._method = (held.get("method") or "get").lower()
        if tag in {"input", "select", "textarea", "button"} and name:
            self.asked |= {name} if self._method == "get" else set()
            self.fields.setdefault(name, []).append(value)
        if tag == "select":
            self._select = name
        if tag == "option" and self._select:
            self.fields[self._select].append(value)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        if "zx" in data:
            self.faults.append(f"<!--{data}-->")


def faults_of(text: str) -> Iterator[str]:
    """Yield what an attack has become in a page, if it is more than text."""
    page = Page(text)
    yield from page.faults
    if "1337" in "".join(page.text):
        yield "a template was run"
