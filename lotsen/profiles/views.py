"""What a participant can, needs and has, on one page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.cases.models import Case
from lotsen.cases.queries import own_case, seen_case
from lotsen.core.forms import Form, once, pressed
from lotsen.core.rights import Request, allow
from lotsen.core.text import as_key
from lotsen.employers.enums import classifications

from . import actions
from .enums import CompetenceKind
from .forms import CompetenceForm, NeedsForm, ReferenceForm, WishForm
from .models import Competence, Reference, Wish
from .queries import skills_like, wishes_of


@allow(Permission.CASES_VIEW)
def profile_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show needs, competences and references of a case, with a form for each."""
    return _page(request, seen_case(pk, request.user))


def _page(request: Request, case: Case, **bound: Form) -> HttpResponse:
    needs = getattr(case, "needs", None)
    competences = list(case.competences.all())
    named = request.GET.get("competence", "")
    changed = next((each for each in competences if str(each.pk) == named), None)
    may_write = case.is_worked_by(request.user)
    today = timezone.localdate()
    kinds = [(kind, [each for each in competences if each.kind == kind]) for kind in CompetenceKind]
    context = {
        "case": case,
        "needs": needs,
        "kinds": [(kind.label, rows) for kind, rows in kinds if rows],
        "references": [
            (each, bool(each.confirmed_on and each.confirmed_on <= today)) for each in case.references.all()
        ],
        "may_write": may_write,
        "needs_form": bound.get("needs") or NeedsForm(initial=_fields(needs, NeedsForm)),
        "wishes": wishes_of(case, today),
        "wish_form": bound.get("wish") or WishForm(),
        "occupations": classifications.names(classifications.OCCUPATION) if may_write else {},
        "competence_form": bound.get("competence")
        or CompetenceForm(initial={**_fields(changed, CompetenceForm), "competence": changed.pk if changed else None}),
        "reference_form": bound.get("reference") or ReferenceForm(initial=_said_by(request, case)),
        "form": next(iter(bound.values()), None),
        "changed": changed,
    }
    return render(request, "profiles/profile_detail.html", context, status=422 if bound else 200)


def _said_by(request: Request, case: Case) -> dict[str, Any]:
    """Begin a reference with the supervisor of the placement that the address names."""
    key = as_key(request.GET.get("placement", ""))
    found = case.placements.select_related("supervisor", "workplace__employer")
    placement = found.filter(pk=key).first() if key else None
    if placement is None:
        return {}
    person = placement.supervisor
    told = {"name": person.name, "contact": person.phone or person.email} if person else {}
    where = f"{placement.workplace.name}, {placement.workplace.employer.name}"
    return {**told, "workplace": where, "placement": placement.pk}


def _fields(row: Any, form: type[Form]) -> dict[str, Any]:
    """Return what stands in a row, by the names of a form's fields."""
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)} if row else {}


def _kept(request: Request, case: Case, name: str, form: Form, act: Callable[[], object]) -> HttpResponse:
    """Do what one of the page's forms asks; where it cannot be done, show the page with what was written."""
    if form.is_valid():

        def done() -> str:
            act()
            return reverse("profile_detail", args=[case.pk])

        if address := once(request, form, done):
            messages.success(request, _("Saved."))
            return redirect(address)
    return _page(request, case, **{name: form})


@allow(Permission.CASES_WORK)
@require_POST
def needs_keep(request: Request, pk: UUID) -> HttpResponse:
    """Write down what must be respected."""
    case, form = own_case(pk, request.user), NeedsForm(request.POST)
    return _kept(request, case, "needs", form, lambda: actions.keep_needs(case=case, **form.values()))


@allow(Permission.CASES_WORK)
@require_POST
def wish_add(request: Request, pk: UUID) -> HttpResponse:
    """Write down what the participant wants to work with."""
    case, form = own_case(pk, request.user), WishForm(request.POST)
    return _kept(request, case, "wish", form, lambda: actions.add_wish(case=case, **form.values()))


@allow(Permission.CASES_WORK)
@require_POST
def wish_drop(request: Request, pk: UUID) -> HttpResponse:
    """Take a wish away."""
    row = get_object_or_404(Wish.objects.filter(case__unit__in=request.user.own_units), pk=pk)
    back = reverse("profile_detail", args=[row.case_id])
    return pressed(request, lambda: actions.drop_wish(wish=row), back=back, said=_("Gone."))


@allow(Permission.CASES_WORK)
def skill_list(request: Request) -> HttpResponse:
    """Suggest skills while the name of a competence is written."""
    return render(request, "profiles/skill_list.html", {"names": skills_like(request.GET.get("name", ""))})


@allow(Permission.CASES_WORK)
@require_POST
def competence_keep(request: Request, pk: UUID) -> HttpResponse:
    """Write down a competence, or change the one that the form names."""
    case, form = own_case(pk, request.user), CompetenceForm(request.POST)

    def act() -> None:
        changed = case.competences.filter(pk=form.cleaned_data["competence"]).first()
        actions.keep_competence(case=case, competence=changed, **form.told())

    return _kept(request, case, "competence", form, act)


@allow(Permission.CASES_WORK)
@require_POST
def reference_keep(request: Request, pk: UUID) -> HttpResponse:
    """Write down a reference."""
    case, form = own_case(pk, request.user), ReferenceForm(request.POST)
    return _kept(request, case, "reference", form, lambda: actions.gain_reference(case=case, **form.values()))


@allow(Permission.CASES_WORK)
@require_POST
def competence_drop(request: Request, pk: UUID) -> HttpResponse:
    """Take a competence away."""
    row = get_object_or_404(Competence.objects.filter(case__unit__in=request.user.own_units), pk=pk)
    back = reverse("profile_detail", args=[row.case_id])
    return pressed(request, lambda: actions.drop_competence(competence=row), back=back, said=_("Gone."))


@allow(Permission.CASES_WORK)
@require_POST
def reference_confirm(request: Request, pk: UUID) -> HttpResponse:
    """Say that both have allowed the use of a reference."""
    row = get_object_or_404(Reference.objects.filter(case__unit__in=request.user.own_units), pk=pk)
    back, today = reverse("profile_detail", args=[row.case_id]), timezone.localdate()
    said = _("The reference may be used.")
    return pressed(request, lambda: actions.confirm_reference(reference=row, on=today), back=back, said=said)


@allow(Permission.CASES_WORK)
@require_POST
def reference_drop(request: Request, pk: UUID) -> HttpResponse:
    """Take a reference away."""
    row = get_object_or_404(Reference.objects.filter(case__unit__in=request.user.own_units), pk=pk)
    back = reverse("profile_detail", args=[row.case_id])
    return pressed(request, lambda: actions.drop_reference(reference=row), back=back, said=_("Gone."))
