"""Addresses of persons, consents, protected identities and the log of what was read."""

from django.urls import path

from . import views

urlpatterns = [
    path("persons/<uuid:pk>/", views.person_detail, name="person_detail"),
    path("persons/<uuid:pk>/number/", views.person_number, name="person_number"),
    path("persons/<uuid:pk>/consents/new/", views.consent_new, name="consent_new"),
    path("persons/<uuid:pk>/protection/", views.person_protection, name="person_protection"),
    path("persons/<uuid:pk>/protection/end/", views.protection_end, name="protection_end"),
    path("consents/", views.consent_list, name="consent_list"),
    path("consents/form/", views.consent_form, name="consent_form"),
    path("consents/<uuid:pk>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
    path("readers/<uuid:pk>/dismiss/", views.reader_dismiss, name="reader_dismiss"),
    path("protected/", views.emergency_list, name="emergency_list"),
    path("protected/<uuid:pk>/review/", views.emergency_review, name="emergency_review"),
    path("readings/", views.reading_list, name="reading_list"),
]
