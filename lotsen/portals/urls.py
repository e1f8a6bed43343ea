"""Addresses of the start, of cases and of persons."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("cases/<uuid:pk>/", views.case_detail, name="case_detail"),
    path("persons/<uuid:pk>/", views.person_detail, name="person_detail"),
    path("persons/<uuid:pk>/number/", views.person_number, name="person_number"),
]
