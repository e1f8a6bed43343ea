"""Following a placement up, and how it went."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.access.enums import Permission
from lotsen.core.forms import Form
from lotsen.core.rights import Request, allow
from lotsen.placements import actions
from lotsen.placements.enums import Voice
from lotsen.placements.forms import ParticipantForm, SupervisorForm, VisitForm

from .course import done
from .placements import own_placement


@allow(Permission.CASES_WORK)
@require_POST
def visit_keep(request: Request, pk: UUID) -> HttpResponse:
    """Write down a follow-up at the workplace."""
    placement, form, today = own_placement(request, pk), VisitForm(request.POST), timezone.localdate()
    return done(
        request,
        placement,
        "visit",
        form,
        lambda: actions.visit(placement=placement, by=request.user, today=today, **form.values()),
        _("The follow-up is written down."),
    )


@allow(Permission.CASES_WORK)
@require_POST
def assessment_keep(request: Request, pk: UUID, voice: str) -> HttpResponse:
    """Write down how it went, as one of the two says it."""
    if voice not in Voice.values:
        raise Http404
    placement, today = own_placement(request, pk), timezone.localdate()
    form: Form = (SupervisorForm if voice == Voice.SUPERVISOR else ParticipantForm)(request.POST)
    return done(
        request,
        placement,
        voice,
        form,
        lambda: actions.assess(placement=placement, voice=Voice(voice), on=today, **form.values()),
        _("Written down, in the words of the one who said it."),
    )
