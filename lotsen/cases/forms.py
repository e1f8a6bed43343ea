"""The filters of the list of cases."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.core import traces
from lotsen.core.forms import Form
from lotsen.core.pages import Filters
from lotsen.people.enums import ReadingKind
from lotsen.people.queries import identity_indexes
from lotsen.programmes.enums import Sex
from lotsen.programmes.models import Programme

from .enums import CaseState, Closing
from .models import CaseQuerySet


class CaseFilters(Filters):
    """By name or number, and by state."""

    q = forms.CharField(label=_("Name or case number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *CaseState.choices], required=False)

    def clean_q(self) -> str:
        """Refuse an identity number: what is filtered by stands in the address."""
        text: str = self.cleaned_data["q"].strip()
        if identity_indexes(text):
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


class AnonymousForm(Form):
    """The sex and the year of the start: all that may be kept of somebody who is not registered."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Choose")), *Sex.choices])
    year = forms.IntegerField(label=_("Year of start"))

    def __init__(self, *args: Any, programme: Programme, user: User, **kwargs: Any) -> None:
        """Offer the user's own units that take part."""
        super().__init__(*args, **kwargs)
        units = programme.units.filter(pk__in=user.own_units).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # of a model's field
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
