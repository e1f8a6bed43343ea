"""Addresses of placements."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/placements/", views.placement_list, name="placement_list"),
    path("cases/<uuid:pk>/place/", views.placement_new, name="placement_new"),
    path("placements/<uuid:pk>/", views.placement_detail, name="placement_detail"),
    path("placements/<uuid:pk>/change/", views.placement_change, name="placement_change"),
    path("placements/<uuid:pk>/start/", views.placement_start, name="placement_start"),
    path("placements/<uuid:pk>/pause/", views.placement_pause, name="placement_pause"),
    path("placements/<uuid:pk>/complete/", views.placement_complete, name="placement_complete"),
    path("placements/<uuid:pk>/stop/", views.placement_stop, name="placement_stop"),
    path("placements/<uuid:pk>/agreement/", views.agreement_pdf, name="agreement_pdf"),
    path("placements/<uuid:pk>/sign/", views.agreement_sign, name="agreement_sign"),
    path("placements/<uuid:pk>/show/", views.workplace_show, name="workplace_show"),
    path("placements/<uuid:pk>/link/<slug:purpose>/", views.link_give, name="link_give"),
    path("placements/<uuid:pk>/visit/", views.visit_keep, name="visit_keep"),
    path("placements/<uuid:pk>/assess/<slug:voice>/", views.assessment_keep, name="assessment_keep"),
    path("at-work/<slug:token>/", views.link_open, name="link_open"),
]
