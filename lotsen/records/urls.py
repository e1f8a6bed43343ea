"""Addresses of what is kept of people."""

from django.urls import path

from . import views

urlpatterns = [
    path("alive/nightly/", views.nightly_alive, name="nightly_alive"),
    path("persons/<uuid:pk>/extract/", views.person_extract, name="person_extract"),
    path("persons/<uuid:pk>/hold/", views.person_hold, name="person_hold"),
    path("holds/new/", views.programme_hold, name="programme_hold"),
    path("holds/<uuid:pk>/lift/", views.hold_lift, name="hold_lift"),
    path("retention/", views.retention_overview, name="retention_overview"),
    path("retention/rules/new/", views.retention_rule, name="retention_rule"),
    path("units/<uuid:pk>/erasure/", views.erasure_propose, name="erasure_propose"),
    path("erasures/", views.erasure_list, name="erasure_list"),
    path("erasures/<uuid:pk>/", views.erasure_detail, name="erasure_detail"),
    path("erasures/<uuid:pk>/archive/", views.erasure_archive, name="erasure_archive"),
    path("erasures/<uuid:pk>/approve/", views.erasure_approve, name="erasure_approve"),
    path("erasures/<uuid:pk>/withdraw/", views.erasure_withdraw, name="erasure_withdraw"),
    path("evidence/", views.evidence_list, name="evidence_list"),
    path("reviews/", views.review_list, name="review_list"),
    path("reviews/<uuid:pk>/", views.review_detail, name="review_detail"),
    path("reviews/<uuid:pk>/sign/", views.review_sign, name="review_sign"),
]
