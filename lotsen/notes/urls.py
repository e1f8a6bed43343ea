"""Addresses of notes and appointments."""

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<uuid:pk>/notes/", views.note_list, name="note_list"),
    path("cases/<uuid:pk>/notes/new/", views.note_new, name="note_new"),
    path("cases/<uuid:pk>/notes/draft/", views.note_draft, name="note_draft"),
    path("written/<uuid:pk>/", views.note_edit, name="note_edit"),
    path("written/<uuid:pk>/settle/", views.note_settle, name="note_settle"),
    path("cases/<uuid:pk>/appointments/new/", views.appointment_new, name="appointment_new"),
    path("appointments/<uuid:pk>/", views.appointment_change, name="appointment_change"),
    path("appointments/<uuid:pk>/came/", views.appointment_came, name="appointment_came"),
    path("staff/", views.staff_list, name="staff_list"),
    path("units/<uuid:pk>/staff/<uuid:user>/hand-over/", views.hand_over, name="hand_over"),
    path("units/<uuid:pk>/staff/<uuid:user>/competence/", views.staff_competence, name="staff_competence"),
    path("snippets/", views.snippet_list, name="snippet_list"),
    path("snippets/<uuid:pk>/drop/", views.snippet_drop, name="snippet_drop"),
]
