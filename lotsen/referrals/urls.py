"""Addresses of referrals."""

from django.urls import path

from . import views

urlpatterns = [
    path("referrals/", views.referral_list, name="referral_list"),
    path("referrals/<uuid:pk>/", views.referral_detail, name="referral_detail"),
    path("referrals/<uuid:pk>/accept/", views.referral_accept, name="referral_accept"),
    path("referrals/<uuid:pk>/decline/", views.referral_decline, name="referral_decline"),
    path("referrals/<uuid:pk>/withdraw/", views.referral_withdraw, name="referral_withdraw"),
    path("projects/<uuid:pk>/referrals/", views.referral_queue, name="referral_queue"),
    path("projects/<uuid:pk>/referrals/new/", views.referral_new, name="referral_new"),
    path("projects/<uuid:pk>/referrals/draft/", views.referral_draft, name="referral_draft"),
    path("cases/<uuid:pk>/transfer/", views.case_transfer, name="case_transfer"),
    path("cases/<uuid:pk>/transfer/close/", views.transfer_close, name="transfer_close"),
]
