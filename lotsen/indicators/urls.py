"""Addresses of a programme's figures."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/", views.programme_overview, name="programme_overview"),
    path("projects/<uuid:pk>/indicators/", views.indicator_list, name="indicator_list"),
    path("projects/<uuid:pk>/indicators/<slug:code>/", views.indicator_detail, name="indicator_detail"),
    path("projects/<uuid:pk>/indicators/<slug:code>/members/", views.indicator_members, name="indicator_members"),
    path("projects/<uuid:pk>/common/", views.common_list, name="common_list"),
    path("projects/<uuid:pk>/common/<slug:code>/members/", views.common_members, name="common_members"),
]
