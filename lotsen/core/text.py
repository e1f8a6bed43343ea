"""Text in two languages, and keys for searching and sorting names without the database's collations."""

import re
import unicodedata
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

#: Letters that unaccenting does not reach.
_FOLD = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"})
#: In Swedish å, ä and ö are letters of their own, after z; ü stands among the y.
_SWEDISH_LAST = str.maketrans({"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c", "ü": "y"})


def local(names: dict[str, str] | None, language: str = "") -> str:
    """Return the text in a language, if none is said in the one now in use; else in Swedish."""
    names = names or {}
    return names.get(language or (get_language() or "sv")[:2]) or names.get("sv", "")


def search_key(text: str) -> str:
    """Fold a name for searching: no accents, no capitals, single spaces. `Åsa Öberg` -> `asa oberg`."""
    plain = unicodedata.normalize("NFKD", " ".join(text.lower().split()).translate(_FOLD))
    return "".join(c for c in plain if not unicodedata.combining(c))


def sort_key(text: str) -> str:
    """Return a key that sorts names in Swedish order, compared byte by byte: z < å < ä < ö."""
    return search_key(unicodedata.normalize("NFC", text.lower()).translate(_SWEDISH_LAST))


#: Spellings of one sound, in the order in which they are made alike. The rest of a name's consonants stay.
_ALIKE = (
    (r"ph", "f"),
    (r"[ck]h|ck|q|c(?![eiy])", "k"),
    (r"c|z|sh|sch", "s"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"^[hldg]j|^y(?=[aou])", "j"),
    (r"(?<=.)h", ""),
    (r"^[aeiouy]+", "a"),
    (r"(?<=.)[aeiouy]+", ""),
    (r"(.)\1+", r"\1"),
)


def sound_key(text: str) -> str:
    """Return what is left of a name when its vowels and its spelling are taken away: `Mohammed` and `Muhamad` -> `md`.

    For a search that has found nothing by the letters. Our own rules, after the idea of Soundex (Russell, 1918).
    """
    words = []
    for word in search_key(text).replace("-", " ").split():
        for pattern, sound in _ALIKE:
            word = re.sub(pattern, sound, word)  # noqa: PLW2901 - each rule works on what the one before has left
        words.append(word)
    return " ".join(words)


def amount(ore: int) -> str:
    """Write an amount in öre as kronor, in the Swedish way: 5 377 638 kr. Öre are shown only where there are any."""
    kronor, rest = divmod(abs(ore), 100)
    text = ("-" if ore < 0 else "") + number(kronor)
    return f"{text},{rest:02} kr" if rest else f"{text} kr"


def number(value: Any, decimals: int = 0) -> str:
    """Write a number with narrow spaces between thousands and the decimal sign of the language; a dash for none."""
    if value is None:
        return "–"
    text = f"{value:,.{decimals}f}".replace(",", "\u202f")
    return text if (get_language() or "sv").startswith("en") else text.replace(".", ",")


def clock(minutes: int) -> str:
    """Write minutes as hours and minutes: 90 is 1.30 on the clock, and never one hour and a third."""
    return f"{minutes // 60}:{minutes % 60:02}"


def as_key(text: str) -> UUID | None:
    """Return the key of a row that an address or a form names; none where the text is no key."""
    try:
        return UUID(text)
    except ValueError:
        return None
