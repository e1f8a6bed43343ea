"""Amounts as people type them. Kept in öre: a sum of money is a whole number."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .text import amount


def parse_amount(text: str) -> int:
    """Read kronor, of at most thirteen digits, as öre: 1234, 1 234,50, 1234.5, -200, 12 kr.

    Raises ValueError for what is no amount.
    """
    plain = re.sub(r"[\s\u00a0\u202f]", "", text.lower()).removesuffix("kr").removesuffix(":-").replace("−", "-")
    found = re.fullmatch(r"(-?)(\d{1,13})(?:[.,](\d{1,2}))?", plain, re.ASCII)
    if not found:
        raise ValueError(text)
    sign, kronor, rest = found.groups()
    ore = int(kronor) * 100 + int((rest or "").ljust(2, "0"))
    return -ore if sign else ore


class AmountField(forms.CharField):
    """An amount in kronor, read as öre."""

    default_error_messages: ClassVar = {
        "invalid": _("Write an amount in kronor, for example 1234,50."),
        "negative": _("The amount is less than nought."),
    }

    def __init__(self, *, may_be_negative: bool = False, **kwargs: Any) -> None:
        """Say whether something may be given back."""
        self.may_be_negative = may_be_negative
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return öre, or None where none are needed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            ore = parse_amount(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if ore < 0 and not self.may_be_negative:
            raise ValidationError(self.error_messages["negative"], code="negative")
        return ore

    def prepare_value(self, value: Any) -> Any:
        """Show an amount as it is written everywhere."""
        return amount(value).removesuffix(" kr") if isinstance(value, int) else value
