"""Accounts: the filter of the list, roles, invitations and their answer."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.enums import Role
from lotsen.access.models import Invitation, Unit, User
from lotsen.core.forms import Form
from lotsen.core.pages import Filters


class UserFilters(Filters):
    """By name or address."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)

    def apply(self, queryset: Any) -> Any:
        """Narrow the list."""
        text = self.cleaned_data["q"].strip()
        return queryset.filter(Q(name__icontains=text) | Q(email__icontains=text)) if text else queryset


class RoleForm(Form):
    """A role in one of the units that one keeps."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose")), *Role.choices])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the units that this user keeps."""
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = Unit.objects.kept_by(user)

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    """Whom to invite, and to what."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The address at work. The invitation is sent to it."))
    name = forms.CharField(label=_("Name"), max_length=120)
    field_order = ("name", "email", "unit", "role")


class WelcomeForm(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. A few words are easier to remember than signs."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "ds-input"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("The new password once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "ds-input"}),
        strip=False,
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        """Take the invitation, whose name and address make no password. Where passwords are off none is chosen."""
        super().__init__(*args, **kwargs)
        if not settings.PASSWORDS_ARE_ON:
            self.fields.clear()
        self.invitation = invitation

    def clean_password(self) -> str:
        """Ask the rules for passwords."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.invitation.email, name=self.invitation.name))
        return password

    def clean_again(self) -> str:
        """Refuse two that differ."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two are not the same."))
        return again
