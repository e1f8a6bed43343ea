"""Public statistics: what is loaded, and loading more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from lotsen.access.enums import Permission
from lotsen.core.forms import once
from lotsen.core.rights import Request, allow
from lotsen.core.text import number
from lotsen.employers import actions, queries
from lotsen.employers.forms import StatisticsForm


@allow(Permission.EMPLOYERS_VIEW)
def statistics(request: Request) -> HttpResponse:
    """Show which tables are loaded; load one. They are public, and the same for all units."""
    form = StatisticsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        cube = form.cleaned_data["file"]

        def act() -> str:
            n = actions.load_table(cube=cube, on=timezone.localdate())
            messages.success(
                request, ngettext("One figure is loaded.", "%(n)s figures are loaded.", n) % {"n": number(n)}
            )
            return reverse("statistics")

        if address := once(request, form, act):
            return redirect(address)
    context = {"form": form, "loaded": queries.loaded()}
    return render(request, "employers/statistics.html", context, status=422 if form.errors else 200)
