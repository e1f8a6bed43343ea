"""The link by which a calendar program reads one's sessions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.access.models import User
from lotsen.activities import actions, exports, queries
from lotsen.activities.models import CalendarFeed, Session
from lotsen.core import database
from lotsen.core.acting import acting_as, open_by_link
from lotsen.core.rights import Request, allow, public


@allow(Permission.CASES_WORK)
def feed_keep(request: Request) -> HttpResponse:
    """Show how to have one's sessions in another calendar; make the link, which is shown once."""
    link = ""
    if request.method == "POST":
        token = actions.make_feed(user=request.user, on=timezone.localdate())
        link = request.build_absolute_uri(reverse("feed_read", args=[token]))
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return render(request, "activities/feed_keep.html", {"link": link, "feed": feed})


@allow(Permission.CASES_WORK)
@require_POST
def feed_remove(request: Request) -> HttpResponse:
    """Take the link away."""
    actions.remove_feed(user=request.user)
    messages.success(request, _("The link is removed. Take the calendar away in your calendar program too."))
    return redirect("feed_keep")


@public
def feed_read(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program with the sessions of whose link it holds. Wrong and removed links look alike."""
    open_by_link(token)
    owner = database.call("lotsen_calendar_of")
    if owner is None:
        raise Http404
    with acting_as(owner):
        user = User.objects.get(pk=owner)
        sessions = list(queries.sessions_in_feed(user, timezone.localdate()))

    def address(session: Session) -> str:
        return request.build_absolute_uri(reverse("activity_detail", args=[session.activity_id]))

    drawn = exports.draw_calendar(sessions, address, timezone.now())
    return HttpResponse(drawn, content_type="text/calendar; charset=utf-8")
