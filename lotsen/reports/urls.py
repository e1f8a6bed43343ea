"""Addresses of reports."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/report/", views.report_overview, name="report_overview"),
    path("projects/<uuid:pk>/report/texts/<slug:section>/", views.report_text, name="report_text"),
    path("projects/<uuid:pk>/report/texts/<slug:section>/draft/", views.report_draft, name="report_draft"),
    path("projects/<uuid:pk>/report/make/", views.report_make, name="report_make"),
    path("reports/<uuid:pk>/", views.report_detail, name="report_detail"),
    path("reports/<uuid:pk>/progress/", views.report_progress, name="report_progress"),
    path("reports/<uuid:pk>/files/<slug:format>/", views.report_file, name="report_file"),
]
