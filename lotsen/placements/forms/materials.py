"""Something for the workplaces to read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.core.forms import Form, long_text


class MaterialForm(Form):
    """A text, or a link."""

    ids = "material_%s"
    title = forms.CharField(label=_("Title"), max_length=120)
    body = long_text(6, label=_("Text"), help_text=_("In plain words. Nothing about a participant."))
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """It says something."""
        data = super().clean() or {}
        if not data.get("body") and not data.get("link") and not self.errors:
            self.add_error("body", _("Write a text, or a link."))
        return data
