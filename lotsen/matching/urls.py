"""Addresses of matching."""

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<uuid:pk>/matches/", views.match_list, name="match_list"),
    path("cases/<uuid:pk>/matches/<uuid:opening>/choose/", views.match_choose, name="match_choose"),
    path("cases/<uuid:pk>/matches/<uuid:opening>/aside/", views.match_aside, name="match_aside"),
    path("cases/<uuid:pk>/matches/shown/", views.case_shown, name="case_shown"),
    path("openings/<uuid:pk>/matches/shown/", views.opening_shown, name="opening_shown"),
    path("shown-lists/<uuid:pk>/", views.list_again, name="list_again"),
    path("openings/<uuid:pk>/matches/", views.opening_matches, name="opening_matches"),
    path("projects/<uuid:pk>/fairness/", views.fairness, name="fairness"),
    path("projects/<uuid:pk>/fairness/<str:by>/<str:asked>/", views.fairness_cases, name="fairness_cases"),
    path("projects/<uuid:pk>/weighing/", views.weighing, name="weighing"),
    path("projects/<uuid:pk>/weighing/change/", views.weigh, name="weigh"),
    path("matches/", views.cohort_matches, name="cohort_matches"),
    path("decisions/<uuid:pk>/take-back/", views.match_again, name="match_again"),
]
