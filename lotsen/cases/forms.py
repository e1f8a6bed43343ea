"""The filters of the list of cases."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.core import traces
from lotsen.core.pages import Filters
from lotsen.people.enums import ReadingKind
from lotsen.people.queries import identity_index

from .enums import CaseState, Closing
from .models import CaseQuerySet


class CaseFilters(Filters):
    """By name or number, and by state."""

    q = forms.CharField(label=_("Name or case number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *CaseState.choices], required=False)

    def clean_q(self) -> str:
        """Refuse an identity number: what is filtered by stands in the address."""
        text: str = self.cleaned_data["q"].strip()
        if identity_index(text):
            raise forms.ValidationError(_("Search by identity number in the box at the top of the page."))
        return text

    def apply(self, queryset: Any) -> CaseQuerySet:
        """Narrow the list. A name is matched from the beginning of its words, whatever their order and accents."""
        found: CaseQuerySet = queryset
        if text := self.cleaned_data["q"]:
            traces.read_by(ReadingKind.SEARCH)
            found = found.named(text)
        states = {
            CaseState.REFERRED: Q(started_on=None),
            CaseState.ACTIVE: Q(started_on__isnull=False, closing=""),
            CaseState.ENDED: Q(closing=Closing.EXIT),
            CaseState.TRANSFERRED: Q(closing=Closing.TRANSFER),
        }
        if state := self.cleaned_data["state"]:
            found = found.filter(states[CaseState(state)])
        return found


class SearchForm(forms.Form):
    """A name, an identity number or a case number; nothing else may be searched by (SoLPUF 2001:637, 15 §)."""

    q = forms.CharField(label=_("Name, identity number or case number"), max_length=100, min_length=2)
