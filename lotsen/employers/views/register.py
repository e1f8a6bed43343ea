"""The register: listed, written down, shown, merged."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.enums import Permission
from lotsen.core.forms import Form, once
from lotsen.core.pages import list_page
from lotsen.core.rights import Request, allow
from lotsen.employers import actions, queries
from lotsen.employers.exports import EMPLOYER_COLUMNS, FOLLOWING
from lotsen.employers.forms import ContactForm, EmployerFilters, EmployerForm, PersonForm, WorkplaceForm
from lotsen.employers.models import Employer

#: So many contacts stand on the page; the older ones are counted.
_SHOWN = 30
_FIELDS = ("name", "organisation_number", "sector", "industry", "size", "about")


@allow(Permission.EMPLOYERS_VIEW)
def employer_list(request: Request) -> HttpResponse:
    """List the register: it is common to all units."""
    return list_page(
        request,
        queryset=queries.register(),
        columns=EMPLOYER_COLUMNS,
        template="employers/employer_list.html",
        title=_("Employers"),
        filters=EmployerFilters,
    )


@allow(Permission.EMPLOYERS_KEEP)
def employer_new(request: Request) -> HttpResponse:
    """Register an employer. What may be the same is shown first, and nothing is lost."""
    form = EmployerForm(request.POST or None)
    alike: list[queries.Likeness] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        alike = queries.alike(name=data["name"], number=data["organisation_number"])
        if not alike or data["is_another"]:

            def act() -> str:
                return reverse("employer_detail", args=[actions.keep_employer(**form.told()).pk])

            if address := once(request, form, act):
                messages.success(request, _("Registered. Write down the workplace next."))
                return redirect(address)
    context = {"form": form, "alike": alike}
    status = 422 if form.errors else 200
    return render(request, "employers/employer_new.html", context, status=status)


@allow(Permission.EMPLOYERS_VIEW)
def employer_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show an employer: workplaces, people, contacts, and what to do next."""
    return detail(request, get_object_or_404(Employer, pk=pk))


def detail(request: Request, employer: Employer, **bound: Form) -> HttpResponse:
    """Show an employer; with a form that was refused, where it stands."""
    today, user = timezone.localdate(), request.user
    log = employer.contacts.select_related("person", "by", "unit", "programme")
    contacts = list(log[:_SHOWN])
    keeps = user.can(Permission.EMPLOYERS_KEEP)
    context = {
        "employer": employer,
        "workplaces": queries.with_analysis(employer, today),
        "people": queries.people_of(employer),
        "needs": queries.needs_of(employer),
        "own_units": user.own_units,
        "contacts": contacts,
        "older": max(0, log.count() - _SHOWN),
        # The newest contact says when to be in touch again, or nobody does.
        "following": next((each for each in contacts[:1] if each.next_on), None),
        "today": today,
        "keeps": keeps,
        "form": next(iter(bound.values()), None),
    }
    if keeps:
        context |= {
            "contact_form": bound.get("contact") or ContactForm(employer=employer, user=user, today=today),
            "person_form": bound.get("person") or PersonForm(employer=employer),
            "workplace_form": bound.get("workplace") or WorkplaceForm(),
            "alike": queries.alike(name=employer.name, number=employer.organisation_number, without=employer),
        }
    return render(request, "employers/employer_detail.html", context, status=422 if bound else 200)


@allow(Permission.EMPLOYERS_KEEP)
def employer_change(request: Request, pk: UUID) -> HttpResponse:
    """Change what is known of an employer."""
    employer = get_object_or_404(Employer, pk=pk)
    form = EmployerForm(request.POST or None, initial={name: getattr(employer, name) for name in _FIELDS})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.keep_employer(employer=employer, **form.told())
            return reverse("employer_detail", args=[pk])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    context = {"form": form, "employer": employer}
    return render(request, "employers/employer_change.html", context, status=422 if form.errors else 200)


@allow(Permission.EMPLOYERS_KEEP)
def employer_merge(request: Request, pk: UUID, kept: UUID) -> HttpResponse:
    """Show what would go over from one employer to another; merge them when asked to."""
    gone, into = get_object_or_404(Employer, pk=pk), get_object_or_404(Employer, pk=kept)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.merge_employers(gone=gone, kept=into)
            return reverse("employer_detail", args=[kept])

        if address := once(request, form, act):
            messages.success(request, _("The two are one now."))
            return redirect(address)
    rows = [(FOLLOWING.get(table, table), count) for table, count in queries.following(gone).items()]
    context = {"form": form, "gone": gone, "kept": into, "rows": rows, "twins": queries.named_alike(gone, into)}
    return render(request, "employers/employer_merge.html", context, status=422 if form.errors else 200)
