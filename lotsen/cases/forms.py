"""The filters of the list of cases."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.core.pages import Filters
from lotsen.core.text import search_key

from .enums import CaseState, Closing
from .models import CaseQuerySet


class CaseFilters(Filters):
    """By name or number, and by state."""

    q = forms.CharField(label=_("Name or case number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *CaseState.choices], required=False)

    def apply(self, queryset: Any) -> CaseQuerySet:
        """Narrow the list. A name is matched from the beginning of its words, whatever their order and accents."""
        found: CaseQuerySet = queryset
        if text := self.cleaned_data["q"]:
            words = search_key(text.replace(",", " ")).split()
            starts = [Q(person__search_key__startswith=w) | Q(person__search_key__contains=f" {w}") for w in words]
            by_name = Q(*starts) if starts else Q(pk__in=[])
            found = found.filter(by_name | Q(number__iexact=text.strip()))
        states = {
            CaseState.REFERRED: Q(started_on=None),
            CaseState.ACTIVE: Q(started_on__isnull=False, closing=""),
            CaseState.ENDED: Q(closing=Closing.EXIT),
            CaseState.TRANSFERRED: Q(closing=Closing.TRANSFER),
        }
        if state := self.cleaned_data["state"]:
            found = found.filter(states[CaseState(state)])
        return found
