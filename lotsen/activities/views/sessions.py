"""One session: moved, cancelled, its roll called."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.activities import actions, queries
from lotsen.activities.forms import RollForm, SessionForm
from lotsen.activities.models import Activity, Session
from lotsen.core.forms import once, pressed
from lotsen.core.rights import Request, allow


def _session(pk: UUID, request: Request) -> Session:
    kept = Session.objects.filter(activity__in=Activity.objects.kept_by(request.user))
    related = ("activity__programme__lead_unit__organisation", "activity__kind", "place", "led_by")
    session: Session = get_object_or_404(kept.select_related(*related), pk=pk)
    return session


@allow(Permission.CASES_WORK)
def session_change(request: Request, pk: UUID) -> HttpResponse:
    """Move a session, or change where it is and who leads it."""
    session = _session(pk, request)
    told = {name: getattr(session, name) for name in ("on", "at", "minutes", "place", "led_by")}
    form = SessionForm(request.POST or None, user=request.user, initial=told)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.change_session(session=session, **form.values())
            return reverse("activity_detail", args=[session.activity_id])

        if address := once(request, form, act):
            messages.success(request, _("Saved."))
            return redirect(address)
    context = {"programme": session.activity.programme, "session": session, "form": form}
    return render(request, "activities/session_change.html", context, status=422 if form.errors else 200)


@allow(Permission.CASES_WORK)
@require_POST
def session_cancel(request: Request, pk: UUID) -> HttpResponse:
    """Cancel a session."""
    session = _session(pk, request)
    back = reverse("activity_detail", args=[session.activity_id])
    return pressed(
        request,
        lambda: actions.cancel_session(session=session, on=timezone.localdate()),
        back=back,
        said=_("Cancelled."),
    )


@allow(Permission.CASES_WORK)
def session_roll(request: Request, pk: UUID) -> HttpResponse:
    """Call the roll. Without network the page keeps what was sent, and sends it once when the network is back."""
    session = _session(pk, request)
    form = RollForm(request.POST or None, session=session, expected=queries.roll_of(session, request.user))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.call_roll(session=session, cases=form.marks(), on=timezone.localdate())
            return reverse("activity_detail", args=[session.activity_id])

        if address := once(request, form, act):
            messages.success(request, _("The roll is called."))
            # The script that keeps rolls without network asks for no page, and the message waits for the next one.
            return HttpResponse(status=204) if "Lotsen-Queue" in request.headers else redirect(address)
    context = {
        "programme": session.activity.programme,
        "session": session,
        "form": form,
        "done": reverse("activity_detail", args=[session.activity_id]),
        "unmet": queries.unmet_needs(session.place, [each.case for each in form.expected]),
        "is_ahead": session.on > timezone.localdate(),
    }
    return render(request, "activities/session_roll.html", context, status=422 if form.errors else 200)
