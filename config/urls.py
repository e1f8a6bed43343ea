"""All addresses, area by area."""

from django.urls import include, path

from lotsen.core import views as core

urlpatterns = [
    path("alive/", core.alive, name="alive"),
    path("language/", core.language, name="language"),
    path("", include("lotsen.access.urls")),
    path("", include("lotsen.programmes.urls")),
    path("", include("lotsen.questionnaires.urls")),
    path("", include("lotsen.people.urls")),
    path("", include("lotsen.cases.urls")),
    path("", include("lotsen.activities.urls")),
    path("", include("lotsen.employers.urls")),
    path("", include("lotsen.placements.urls")),
    path("", include("lotsen.filing.urls")),
    path("", include("lotsen.funding.urls")),
    path("", include("lotsen.matching.urls")),
    path("", include("lotsen.notes.urls")),
    path("", include("lotsen.plans.urls")),
    path("", include("lotsen.profiles.urls")),
    path("", include("lotsen.referrals.urls")),
    path("", include("lotsen.worklist.urls")),
    path("", include("lotsen.indicators.urls")),
    path("", include("lotsen.records.urls")),
    path("", include("lotsen.reports.urls")),
    path("", include("lotsen.portals.urls")),
]

handler403 = "lotsen.core.views.not_allowed"
handler404 = "lotsen.core.views.not_found"
handler500 = "lotsen.core.views.server_error"
