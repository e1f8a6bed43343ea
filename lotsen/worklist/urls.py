"""Addresses of the worklist."""

from django.urls import path

from . import views

urlpatterns = [
    path("my-day/", views.my_day, name="my_day"),
    path("my-day/selections/", views.selection_keep, name="selection_keep"),
    path("my-day/notes/", views.bulk_note, name="bulk_note"),
    path("selections/<uuid:pk>/drop/", views.selection_drop, name="selection_drop"),
    path("units/<uuid:pk>/day/", views.unit_day, name="unit_day"),
]
