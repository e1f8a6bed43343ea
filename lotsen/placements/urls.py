"""Addresses of placements."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/placements/", views.placement_list, name="placement_list"),
    path("projects/<uuid:pk>/placements/kinds/", views.placement_kinds, name="placement_kinds"),
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
    path("projects/<uuid:pk>/materials/", views.material_list, name="material_list"),
    path("projects/<uuid:pk>/materials/add/", views.material_add, name="material_add"),
    path("materials/<uuid:pk>/drop/", views.material_drop, name="material_drop"),
    path("openings/", views.opening_list, name="opening_list"),
    path("workplaces/<uuid:pk>/openings/", views.opening_new, name="opening_new"),
    path("openings/<uuid:pk>/", views.opening_detail, name="opening_detail"),
    path("openings/<uuid:pk>/place/", views.opening_place, name="opening_place"),
    path("openings/<uuid:pk>/change/", views.opening_change, name="opening_change"),
    path("openings/<uuid:pk>/close/", views.opening_close, name="opening_close"),
    path("training/", views.training_list, name="training_list"),
    path("training/new/", views.training_new, name="training_new"),
    path("training/<uuid:pk>/", views.training_detail, name="training_detail"),
    path("training/<uuid:pk>/change/", views.training_change, name="training_change"),
    path("training/<uuid:pk>/take/", views.training_take, name="training_take"),
    path("cases/<uuid:pk>/employments/", views.employment_new, name="employment_new"),
    path("employments/<uuid:pk>/change/", views.employment_change, name="employment_change"),
    path("at-work/<slug:token>/", views.link_open, name="link_open"),
]
