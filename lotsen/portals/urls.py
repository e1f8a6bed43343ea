"""Addresses of cases."""

from django.urls import path

from . import views

urlpatterns = [path("cases/<uuid:pk>/", views.case_detail, name="case_detail")]
