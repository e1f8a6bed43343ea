"""Signing in and out, and one's own sign-in. Of the library's pages only these are offered, each named here."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import views

urlpatterns = [
    path("login/", login_not_required(account.login), name="account_login"),
    path("login/code/", factors.authenticate, name="mfa_authenticate"),
    path("logout/", login_not_required(account.logout), name="account_logout"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("password/", views.password_change, name="password_change"),
    path("sign-in/", factors.index, name="mfa_index"),
    path("sign-in/app/", app.activate_totp, name="mfa_activate_totp"),
    path("sign-in/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("sign-in/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("sign-in/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]
