"""Addresses of the start and of cases."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("cases/<uuid:pk>/", views.case_detail, name="case_detail"),
]
