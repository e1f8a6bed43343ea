"""The filters of the worklist, and what is done from it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.core.forms import Form

from .enums import Rule
from .queries import Row

#: Who is younger counts as young (the programmes' own lowest band).
YOUNG = 25


class DayFilters(forms.Form):
    """Which rows: by rule, and by marks that are put on and taken off."""

    rule = forms.ChoiceField(choices=[("", ""), *Rule.choices], required=False)
    late = forms.BooleanField(label=_("Late"), required=False)
    interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    young = forms.BooleanField(label=_("Under 25"), required=False)
    MARKS = ("late", "interpreter", "young")

    def apply(self, rows: list[Row]) -> list[Row]:
        """Return the rows that meet all that is chosen."""
        data = self.cleaned_data if self.is_valid() else {}
        rule = data.get("rule")
        return [
            row
            for row in rows
            if (row.due.rule == rule if rule else row.due.rule.turn == "mine")
            and (row.late_days or not data.get("late"))
            and (row.interpreter or not data.get("interpreter"))
            and ((row.case and row.case.age is not None and row.case.age < YOUNG) or not data.get("young"))
        ]

    def chips(self) -> list[tuple[str, Any, bool, str]]:
        """Return each mark: name, label, whether it is on, and the query that turns it over."""
        found = []
        for name in self.MARKS:
            query: Any = self.data.copy()  # type: ignore[attr-defined]  # of a request
            is_on = bool(self.data.get(name))
            if is_on:
                query.pop(name)
            else:
                query[name] = "1"
            query.pop("page", None)
            found.append((name, self.fields[name].label, is_on, query.urlencode()))
        return found


class SelectionForm(Form):
    """A name for the filters that are chosen."""

    ids = "selection_%s"
    name = forms.CharField(label=_("Name of the selection"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)


class BulkForm(Form):
    """The same note in all chosen cases."""

    ids = "bulk_%s"
    body = forms.CharField(
        label=_("Note in all chosen cases"), max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
