"""Addresses of persons, consents, protected identities and the log of what was read."""

from django.urls import path

from . import views

urlpatterns = [
    path("persons/<uuid:pk>/correct/", views.person_correct, name="person_correct"),
    path("persons/<uuid:pk>/merge/", views.person_merge, name="person_merge"),
    path("persons/<uuid:pk>/merge/<uuid:other>/", views.person_merge_preview, name="person_merge_preview"),
    path("mergings/<uuid:pk>/undo/", views.merging_undo, name="merging_undo"),
    path("persons/<uuid:pk>/consents/new/", views.consent_new, name="consent_new"),
    path("persons/<uuid:pk>/protection/", views.person_protection, name="person_protection"),
    path("persons/<uuid:pk>/protection/end/", views.protection_end, name="protection_end"),
    path("consents/", views.consent_list, name="consent_list"),
    path("consents/form/", views.consent_form, name="consent_form"),
    path("consents/<uuid:pk>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
    path("readers/<uuid:pk>/dismiss/", views.reader_dismiss, name="reader_dismiss"),
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/<uuid:pk>/", views.meeting_detail, name="meeting_detail"),
    path("agenda/<uuid:pk>/remove/", views.agenda_remove, name="agenda_remove"),
    path("protected/", views.emergency_list, name="emergency_list"),
    path("protected/<uuid:pk>/review/", views.emergency_review, name="emergency_review"),
    path("readings/", views.reading_list, name="reading_list"),
]
