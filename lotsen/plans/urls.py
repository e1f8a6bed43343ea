"""Addresses of plans."""

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<uuid:pk>/plan/", views.plan_detail, name="plan_detail"),
    path("cases/<uuid:pk>/plan/begin/", views.plan_begin, name="plan_begin"),
    path("plans/<uuid:pk>/", views.plan_edit, name="plan_edit"),
    path("plans/<uuid:pk>/words/", views.plan_words, name="plan_words"),
    path("plans/<uuid:pk>/draft/", views.plan_draft, name="plan_draft"),
    path("plans/<uuid:pk>/goals/", views.goal_keep, name="goal_keep"),
    path("plans/<uuid:pk>/sign/", views.plan_sign, name="plan_sign"),
    path("plans/<uuid:pk>/drop/", views.plan_drop, name="plan_drop"),
    path("plans/<uuid:pk>/template/", views.plan_template, name="plan_template"),
    path("plans/<uuid:pk>/copy/", views.plan_copy, name="plan_copy"),
    path("plans/<uuid:pk>/file/", views.plan_file, name="plan_file"),
    path("goals/<uuid:pk>/actions/", views.action_keep, name="action_keep"),
    path("goals/<uuid:pk>/reach/", views.goal_reach, name="goal_reach"),
    path("goals/<uuid:pk>/drop/", views.goal_drop, name="goal_drop"),
    path("actions/<uuid:pk>/do/", views.action_do, name="action_do"),
    path("actions/<uuid:pk>/drop/", views.action_drop, name="action_drop"),
]
