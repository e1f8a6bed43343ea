"""Addresses of matching."""

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<uuid:pk>/matches/", views.match_list, name="match_list"),
    path("cases/<uuid:pk>/matches/<uuid:opening>/choose/", views.match_choose, name="match_choose"),
    path("cases/<uuid:pk>/matches/<uuid:opening>/aside/", views.match_aside, name="match_aside"),
    path("openings/<uuid:pk>/matches/", views.opening_matches, name="opening_matches"),
    path("projects/<uuid:pk>/fairness/", views.fairness, name="fairness"),
    path("matches/", views.cohort_matches, name="cohort_matches"),
    path("decisions/<uuid:pk>/take-back/", views.match_again, name="match_again"),
]
