"""Addresses of cases."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/cases/", views.case_list, name="case_list"),
    path("projects/<uuid:pk>/cases/anonymous/", views.anonymous_new, name="anonymous_new"),
    path("cases/<uuid:pk>/start/", views.case_start, name="case_start"),
    path("cases/<uuid:pk>/end/", views.case_end, name="case_end"),
    path("cases/<uuid:pk>/step/", views.case_step, name="case_step"),
    path("cases/<uuid:pk>/support/", views.case_support, name="case_support"),
    path("cases/<uuid:pk>/whereabouts/", views.case_whereabouts, name="case_whereabouts"),
    path("cases/<uuid:pk>/responsible/", views.case_responsible, name="case_responsible"),
    path("cases/<uuid:pk>/team/", views.team_join, name="team_join"),
    path("cases/<uuid:pk>/reopen/", views.case_reopen, name="case_reopen"),
    path("cases/<uuid:pk>/follow-ups/<int:day>/", views.follow_up, name="follow_up"),
    path("cases/<uuid:pk>/follow-ups/<int:day>/link/", views.follow_up_link, name="follow_up_link"),
    path("follow-up/<slug:token>/", views.follow_up_answer, name="follow_up_answer"),
    path("members/<uuid:pk>/leave/", views.team_leave, name="team_leave"),
    path("search/", views.case_search, name="case_search"),
]
