"""Addresses of money."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/<uuid:pk>/money/", views.money_overview, name="money_overview"),
    path("projects/<uuid:pk>/money/decide/", views.money_decide, name="money_decide"),
    path("projects/<uuid:pk>/money/plan/", views.money_plan, name="money_plan"),
    path("projects/<uuid:pk>/money/spend/", views.money_spend, name="money_spend"),
    path("projects/<uuid:pk>/money/contribute/", views.money_contribute, name="money_contribute"),
    path("projects/<uuid:pk>/ledger/", views.ledger_detail, name="ledger_detail"),
    path("projects/<uuid:pk>/ledger/rows/", views.ledger_rows, name="ledger_rows"),
    path("projects/<uuid:pk>/rates/", views.rate_list, name="rate_list"),
    path("projects/<uuid:pk>/payments/new/", views.payment_new, name="payment_new"),
    path("payments/<uuid:pk>/", views.payment_detail, name="payment_detail"),
    path("payments/<uuid:pk>/pack/", views.payment_pack, name="payment_pack"),
    path("payments/<uuid:pk>/apply/", views.payment_apply, name="payment_apply"),
    path("payments/<uuid:pk>/paid/", views.payment_paid, name="payment_paid"),
    path("payments/<uuid:pk>/draw/", views.payment_draw, name="payment_draw"),
    path("drawn/<uuid:pk>/check/", views.sample_check, name="sample_check"),
    path("projects/<uuid:pk>/three-r/", views.three_r, name="three_r"),
    path("projects/<uuid:pk>/staff-hours/", views.staff_hours, name="staff_hours"),
    path("staff-hours/<uuid:pk>/drop/", views.staff_hours_drop, name="staff_hours_drop"),
]
