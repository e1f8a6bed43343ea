"""Places that employers offer: listed, kept, closed, and the way from one to a placement."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.queries import own_unit
from lotsen.core.forms import once, pressed
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.core.text import as_key
from lotsen.employers.enums import classifications
from lotsen.employers.models import Contact, Workplace
from lotsen.employers.queries import analysis_of
from lotsen.placements import actions, queries
from lotsen.placements.exports import OPENING_COLUMNS
from lotsen.placements.forms import ChosenForm, CloseForm, OpeningFilters, OpeningForm
from lotsen.placements.models import Opening


@allow(Permission.EMPLOYERS_VIEW)
def opening_list(request: Request) -> HttpResponse:
    """List the openings."""
    return list_page(
        request,
        queryset=queries.openings(),
        columns=OPENING_COLUMNS,
        template="placements/opening_list.html",
        title=_("Openings"),
        filters=OpeningFilters,
    )


@allow(Permission.EMPLOYERS_KEEP)
def opening_new(request: Request, pk: UUID) -> HttpResponse:
    """Write down a place that an employer offers; begins with what the analysis says, and the contact it came from."""
    workplace = get_object_or_404(Workplace.objects.select_related("employer"), pk=pk)
    analysis = analysis_of(workplace, timezone.localdate())
    said = ("tasks", "swedish", "needs_licence", "adaptations")
    initial = {name: getattr(analysis, name) for name in said} if analysis else {}
    if request.GET.get("occupation") in classifications.names(classifications.OCCUPATION):
        initial["occupation"] = request.GET["occupation"]
    form = OpeningForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            of = {"workplace": workplace, "unit": own_unit(request.user), "by": request.user}
            made = actions.keep_opening(**of, contact=_contact(request, workplace), **form.values())
            return reverse("opening_detail", args=[made.pk])

        if address := once(request, form, act):
            messages.success(request, _("Written down. Choose whom to place."))
            return redirect(address)
    context = {"form": form, "workplace": workplace, "occupations": _occupations()}
    return render(request, "placements/opening_new.html", context, status=422 if form.errors else 200)


def _occupations() -> dict[str, str]:
    return classifications.names(classifications.OCCUPATION)


def _contact(request: Request, workplace: Workplace) -> Contact | None:
    """Return the contact that the address names, if it is one with this employer."""
    key = as_key(request.GET.get("contact", ""))
    return Contact.objects.filter(pk=key, employer=workplace.employer_id).first() if key else None


@allow(Permission.EMPLOYERS_VIEW)
def opening_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show an opening, who of one's own is placed there, and whom one may choose."""
    opening, today, user = get_object_or_404(queries.openings(), pk=pk), timezone.localdate(), request.user
    works = user.can(Permission.CASES_WORK)
    context = {
        "opening": opening,
        "is_open": opening.is_open(today),
        "placed": queries.placed_by(opening, user) if works else [],
        "choice": ChosenForm(cases=queries.active_cases(user)) if works else None,
        "keeps": user.can(Permission.EMPLOYERS_KEEP) and opening.unit_id in user.own_units,
        "close_form": CloseForm(),
    }
    return render(request, "placements/opening_detail.html", context)


@allow(Permission.CASES_WORK)
def opening_place(request: Request, pk: UUID) -> HttpResponse:
    """Lead from an opening and a chosen participant to the plan of the placement."""
    opening = get_object_or_404(queries.openings(), pk=pk)
    form = ChosenForm(request.GET, cases=queries.active_cases(request.user))
    if not form.is_valid():
        messages.error(request, _("Choose a participant first."))
        return redirect("opening_detail", pk=pk)
    case = form.cleaned_data["case"]
    return redirect(f"{reverse('placement_new', args=[case.pk])}?opening={opening.pk}")


def _own(request: Request, pk: UUID) -> Opening:
    found: Opening = get_object_or_404(queries.openings().filter(unit__in=request.user.own_units), pk=pk)
    return found


@allow(Permission.EMPLOYERS_KEEP)
def opening_change(request: Request, pk: UUID) -> HttpResponse:
    """Change what is known of an opening."""
    opening = _own(request, pk)
    names = [name for name in OpeningForm.base_fields if hasattr(opening, name)]
    form = OpeningForm(request.POST or None, initial={name: getattr(opening, name) for name in names})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.keep_opening(opening=opening, **form.values())
            return reverse("opening_detail", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    context = {"form": form, "opening": opening, "occupations": _occupations()}
    return render(request, "placements/opening_change.html", context, status=422 if form.errors else 200)


@allow(Permission.EMPLOYERS_KEEP)
@require_POST
def opening_close(request: Request, pk: UUID) -> HttpResponse:
    """Close an opening, or open it again."""
    opening, form = _own(request, pk), CloseForm(request.POST)
    why = form.cleaned_data.get("closed_why", "") if form.is_valid() else ""
    said = _("The opening is open again.") if opening.closed_on else _("The opening is closed.")
    back = reverse("opening_detail", args=[pk])

    def act() -> None:
        actions.close_opening(opening=opening, on=timezone.localdate(), why=why)

    return pressed(request, act, back=back, said=said)
