"""The programmes of one's units."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotsen.access.enums import Permission
from lotsen.core.rights import Request, allow

from .models import Programme


@allow(Permission.PROGRAMMES_VIEW)
def programme_list(request: Request) -> HttpResponse:
    """List the programmes that the user's units take part in, running ones first."""
    programmes = Programme.objects.visible_to(request.user).select_related("lead_unit__organisation")
    today = timezone.localdate()
    running = [programme for programme in programmes if programme.starts_on <= today <= programme.ends_on]
    others = [programme for programme in programmes if programme not in running]
    return render(request, "programmes/programme_list.html", {"running": running, "others": others})
