"""Why a place is put aside, or chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lotsen.core.forms import Form


class AsideForm(Form):
    """Why it is put aside."""

    ids = "aside_%s"
    why = forms.CharField(label=_("Why"), max_length=300)


class ChooseForm(Form):
    """Why it is chosen, where somebody wants to say so."""

    ids = "choose_%s"
    why = forms.CharField(label=_("Why"), max_length=300, required=False)
