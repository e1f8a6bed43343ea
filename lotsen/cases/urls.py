"""Addresses of cases."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/cases/", views.case_list, name="case_list"),
    path("search/", views.case_search, name="case_search"),
]
