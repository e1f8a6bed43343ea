"""Signing in and out, one's own sign-in, and accounts. Of the library's pages only these are offered, each by name."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import views

urlpatterns = [
    path("account/login/", login_not_required(account.login), name="account_login"),
    path("account/login/code/", factors.authenticate, name="mfa_authenticate"),
    path("account/logout/", login_not_required(account.logout), name="account_logout"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/again/key/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/password/", views.password_change, name="password_change"),
    path("account/sign-in/", factors.index, name="mfa_index"),
    path("account/sign-in/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/sign-in/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/sign-in/key/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("account/sign-in/key/<int:pk>/", views.security_key_rename, name="security_key_rename"),
    path("account/sign-in/key/<int:pk>/remove/", views.security_key_remove, name="security_key_remove"),
    path("account/sign-in/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/sign-in/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("accounts/", views.user_list, name="user_list"),
    path("accounts/<uuid:pk>/", views.user_detail, name="user_detail"),
    path("accounts/<uuid:pk>/roles/", views.role_give, name="role_give"),
    path("accounts/<uuid:pk>/deactivate/", views.user_deactivate, name="user_deactivate"),
    path("accounts/<uuid:pk>/reactivate/", views.user_reactivate, name="user_reactivate"),
    path("accounts/<uuid:pk>/second-factor/", views.second_factor_reset, name="second_factor_reset"),
    path("roles/<uuid:pk>/take/", views.role_take, name="role_take"),
    path("invitations/", views.invitation_list, name="invitation_list"),
    path("invitations/<uuid:pk>/resend/", views.invitation_resend, name="invitation_resend"),
    path("invitations/<uuid:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("welcome/<slug:token>/", views.invitation_accept, name="invitation_accept"),
]
