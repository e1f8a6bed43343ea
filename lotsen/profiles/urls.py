"""Addresses of profiles."""

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<uuid:pk>/profile/", views.profile_detail, name="profile_detail"),
    path("cases/<uuid:pk>/profile/needs/", views.needs_keep, name="needs_keep"),
    path("cases/<uuid:pk>/profile/competences/", views.competence_keep, name="competence_keep"),
    path("cases/<uuid:pk>/profile/references/", views.reference_keep, name="reference_keep"),
    path("cases/<uuid:pk>/profile/wishes/", views.wish_add, name="wish_add"),
    path("wishes/<uuid:pk>/drop/", views.wish_drop, name="wish_drop"),
    path("skills/", views.skill_list, name="skill_list"),
    path("competences/<uuid:pk>/drop/", views.competence_drop, name="competence_drop"),
    path("references/<uuid:pk>/confirm/", views.reference_confirm, name="reference_confirm"),
    path("references/<uuid:pk>/drop/", views.reference_drop, name="reference_drop"),
]
