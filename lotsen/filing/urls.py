"""Addresses of participant files."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/files/", views.file_list, name="file_list"),
    path("projects/<uuid:pk>/files/make/", views.file_make, name="file_make"),
    path("projects/<uuid:pk>/files/correct/", views.file_correct, name="file_correct"),
    path("files/<uuid:pk>/", views.file_detail, name="file_detail"),
    path("files/<uuid:pk>/progress/", views.file_progress, name="file_progress"),
    path("files/<uuid:pk>/rows/", views.file_rows, name="file_rows"),
    path("files/<uuid:pk>/download/", views.file_download, name="file_download"),
    path("files/<uuid:pk>/send/", views.file_send, name="file_send"),
    path("files/<uuid:pk>/receipt/", views.file_receipt, name="file_receipt"),
]
