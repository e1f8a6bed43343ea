"""Addresses of employers."""

from django.urls import path

from . import views

urlpatterns = [
    path("employers/", views.employer_list, name="employer_list"),
    path("employers/new/", views.employer_new, name="employer_new"),
    path("employers/import/", views.import_new, name="import_new"),
    path("imports/<uuid:pk>/", views.import_detail, name="import_detail"),
    path("imports/<uuid:pk>/columns/", views.import_columns, name="import_columns"),
    path("imports/<uuid:pk>/progress/", views.import_progress, name="import_progress"),
    path("imports/<uuid:pk>/rows/", views.import_rows, name="import_rows"),
    path("imports/<uuid:pk>/choose/", views.import_choose, name="import_choose"),
    path("imports/<uuid:pk>/register/", views.import_register, name="import_register"),
    path("imports/<uuid:pk>/drop/", views.import_drop, name="import_drop"),
    path("import-rows/<uuid:pk>/", views.import_row, name="import_row"),
    path("import-rows/<uuid:pk>/choose/", views.row_choose, name="row_choose"),
    path("employers/<uuid:pk>/", views.employer_detail, name="employer_detail"),
    path("employers/<uuid:pk>/change/", views.employer_change, name="employer_change"),
    path("employers/<uuid:pk>/merge/<uuid:kept>/", views.employer_merge, name="employer_merge"),
    path("employers/<uuid:pk>/contacts/", views.contact_log, name="contact_log"),
    path("employers/<uuid:pk>/people/", views.person_add, name="person_add"),
    path("statistics/", views.statistics, name="statistics"),
    path("people-met/<uuid:pk>/", views.person_change, name="person_change"),
    path("people-met/<uuid:pk>/forget/", views.person_forget, name="person_forget"),
    path("employers/<uuid:pk>/workplaces/", views.workplace_add, name="workplace_add"),
    path("workplaces/<uuid:pk>/", views.workplace_detail, name="workplace_detail"),
    path("workplaces/<uuid:pk>/analysis/", views.analysis_new, name="analysis_new"),
    path("analyses/<uuid:pk>/", views.analysis_detail, name="analysis_detail"),
]
