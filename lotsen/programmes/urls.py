"""Addresses of programmes."""

from django.urls import path

from . import views

urlpatterns = [path("", views.programme_list, name="programme_list")]
