"""What every form has: the key that makes a second sending do nothing, and errors that a screen reader meets first."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from django import forms
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .models import Submission
from .refused import Refused
from .rights import Request


class Form(forms.Form):
    """A form that is sent. `submission` is made with the form and remembered when the form has done its work."""

    required_css_class = "required"
    #: How the ids of its fields are made. A form that shares its page with others has its own.
    ids: ClassVar[str] = "id_%s"
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give a fresh form a fresh key."""
        kwargs.setdefault("auto_id", self.ids)
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4
        # Nothing points to it, and a page may hold several.
        self.fields["submission"].widget.attrs["id"] = False
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "ds-input")
            name_the_empty(field, _("Choose"))

    def values(self) -> dict[str, Any]:
        """Return what was filled in, by field, without the key of the sending."""
        return {name: value for name, value in self.cleaned_data.items() if name != "submission"}

    def follow_upon(self, **seen: object) -> None:
        """Let the next sending follow upon what is shown now: the fields that say from what it was put together."""
        said = {name: str(value) for name, value in seen.items()}
        self.data = {**self.data.dict(), **said, "submission": str(uuid.uuid4())}  # type: ignore[attr-defined]  # of a request

    def refuse(self, refused: Refused) -> None:
        """Show what an action refused, by the field that it belongs to."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))


def name_the_empty(field: forms.Field, words: str) -> None:
    """Say in words what the empty choice of a list of rows means, where Django would draw dashes."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label:
        field.empty_label = words


def long_text(rows: int, **given: Any) -> forms.CharField:
    """Return a field for a text of several lines that may be left empty."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), required=False, max_length=4000, **given)


class Lists(Protocol):
    """Lists of codes with their names, by kind: who owns them says what was meant by what somebody typed."""

    def code_of(self, kind: str, typed: str) -> str | None:
        """Return the code of what was typed, or none."""

    def written(self, kind: str, code: str) -> str:
        """Write a code with its name."""


class ListedField(forms.CharField):
    """A code or name from a long list, as the page offers it in the element `list-` and the kind. Gives the code."""

    def __init__(self, kind: str, lists: Lists, **kwargs: Any) -> None:
        """Take which list it is from, and who owns it."""
        widget = forms.TextInput(attrs={"list": f"list-{kind}", "autocomplete": "off", "placeholder": " "})
        super().__init__(widget=widget, max_length=200, **kwargs)
        self.kind, self.lists = kind, lists

    def clean(self, value: Any) -> Any:
        """Return the code."""
        typed = super().clean(value)
        if not typed:
            return ""
        if code := self.lists.code_of(self.kind, typed):
            return code
        raise forms.ValidationError(_("Choose from the list: write a part of the name, then take the line that fits."))

    def prepare_value(self, value: Any) -> Any:
        """Show a code with its name."""
        return (
            self.lists.written(self.kind, value) if value and self.lists.code_of(self.kind, value) == value else value
        )


def keeps_drafts(field: forms.Field, url: str) -> None:
    """Have the page send what is being written in a field to this address, and say when it was saved."""
    field.widget.attrs |= {
        "data-draft-url": url,
        "data-draft-status": "draft-status",
        "data-draft-failed": _("The draft could not be saved. Copy your text before you leave the page."),
    }


def accept(check: Callable[..., object], *args: Any) -> None:
    """Ask a rule while a field is cleaned: what it refuses is said by the field."""
    try:
        check(*args)
    except Refused as refused:
        raise forms.ValidationError(str(refused)) from None


def once(request: Request, form: Form, act: Callable[[], str]) -> str | None:
    """Do what a valid form asks, once. Returns the address to go to, the same one for a second sending.

    Returns None where the action refused; the form then says why.
    """
    key = form.cleaned_data.get("submission") or uuid.uuid4()
    try:
        with transaction.atomic():
            # The row is written first: a second sending at the same moment waits here for the first to end.
            Submission.objects.create(pk=key, user_id=request.user.pk)
            address = act()
            Submission.objects.filter(pk=key).update(answered_with=address)
            return address
    except IntegrityError:
        done = Submission.objects.filter(pk=key).first()
        if done is None:
            raise
        if done.user_id != request.user.pk:
            raise SuspiciousOperation("The key of a form that somebody else has sent.") from None
        return done.answered_with
    except Refused as refused:
        form.refuse(refused)
        return None


def pressed(request: Request, act: Callable[[], object], *, back: str, said: str) -> HttpResponse:
    """Do what a button asks, once, say so and go back; where it is refused, say why.

    Where `act` returns an address, that is gone to instead.
    """

    def done() -> str:
        address = act()
        return address if isinstance(address, str) else back

    form = Form(request.POST)
    if form.is_valid() and (address := once(request, form, done)):
        if said:
            messages.success(request, said)
        return redirect(address)
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return redirect(back)
