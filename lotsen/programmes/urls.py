"""Addresses of programmes."""

from django.urls import path

from . import views

urlpatterns = [path("projects/", views.programme_list, name="programme_list")]
