"""Why a place is put aside, or chosen; how the factors weigh."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Municipality
from lotsen.core.forms import Form
from lotsen.core.pages import Filters
from lotsen.placements.enums import Offered
from lotsen.placements.models import Opening

from .definitions import Weights, all_factors, standard_weights


class AsideForm(Form):
    """Why it is put aside."""

    ids = "aside_%s"
    why = forms.CharField(label=_("Why"), max_length=300)


class ChooseForm(Form):
    """Why it is chosen, where somebody wants to say so."""

    ids = "choose_%s"
    why = forms.CharField(label=_("Why"), max_length=300, required=False)


class MatchFilters(Filters):
    """Which openings somebody looks for: offered as what, and where."""

    offered = forms.ChoiceField(label=_("Offered as"), choices=[("", _("All")), *Offered.choices], required=False)
    municipality = forms.ModelChoiceField(label=_("Municipality"), queryset=Municipality.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the municipalities that have openings."""
        super().__init__(*args, **kwargs)
        open_now = Opening.objects.open(timezone.localdate())
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Municipality.objects.filter(code__in=open_now.values("workplace__municipality")).order_by(
            "name"
        )

    @staticmethod
    def words(asked: Mapping[str, str]) -> list[str]:
        """Return what was asked for in words."""
        town = Municipality.objects.filter(code=asked.get("municipality", "")).first()
        return [
            word for word in (str(dict(Offered.choices).get(asked.get("offered", ""), "")), str(town or "")) if word
        ]

    def asked(self) -> dict[str, str]:
        """Return what is asked for; what cannot be is left out."""
        self.is_valid()
        return {
            name: value.pk if isinstance(value, Municipality) else value
            for name, value in self.cleaned_data.items()
            if value
        }


class WeightsForm(Form):
    """How much each factor weighs, and why."""

    ids = "weigh_%s"
    why = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("For who wonders later why places stand in another order.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for each factor that can move a score."""
        super().__init__(*args, **kwargs)
        soft = {
            factor.code: forms.IntegerField(
                label=str(factor.name),
                min_value=0,
                max_value=100,
                widget=forms.NumberInput(attrs={"class": "ds-input"}),
            )
            for factor in all_factors()
            if factor.is_soft
        }
        self.fields = {**soft, **self.fields}

    @property
    def weights(self) -> Weights:
        """The weights that were sent."""
        return {name: value for name, value in self.cleaned_data.items() if name in standard_weights()}
