"""Addresses of cases."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/cases/", views.case_list, name="case_list"),
    path("projects/<uuid:pk>/cases/anonymous/", views.anonymous_new, name="anonymous_new"),
    path("referrals/", views.referral_list, name="referral_list"),
    path("search/", views.case_search, name="case_search"),
]
