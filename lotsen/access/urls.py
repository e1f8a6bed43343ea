"""Signing in and out, one's own sign-in, and accounts. Of the library's pages only these are offered, each by name."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from .views import accounts, own, provider

urlpatterns = [
    path("account/login/", login_not_required(account.login), name="account_login"),
    path("account/login/code/", factors.authenticate, name="mfa_authenticate"),
    path("account/logout/", login_not_required(account.logout), name="account_logout"),
    path("account/provider/", provider.provider_login, name="provider_login"),
    path("account/oidc/", provider.oidc_callback, name="oidc_callback"),
    path("account/saml/", provider.saml_acs, name="saml_acs"),
    path("account/saml/finish/", provider.saml_finish, name="saml_finish"),
    path("account/saml/metadata/", provider.saml_metadata, name="saml_metadata"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/again/key/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/password/", own.password_change, name="password_change"),
    path("account/sign-in/", factors.index, name="mfa_index"),
    path("account/sign-in/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/sign-in/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/sign-in/key/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("account/sign-in/key/<int:pk>/", own.security_key_rename, name="security_key_rename"),
    path("account/sign-in/key/<int:pk>/remove/", own.security_key_remove, name="security_key_remove"),
    path("account/sign-in/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/sign-in/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("accounts/", accounts.user_list, name="user_list"),
    path("accounts/<uuid:pk>/", accounts.user_detail, name="user_detail"),
    path("accounts/<uuid:pk>/roles/", accounts.role_give, name="role_give"),
    path("accounts/<uuid:pk>/deactivate/", accounts.user_deactivate, name="user_deactivate"),
    path("accounts/<uuid:pk>/reactivate/", accounts.user_reactivate, name="user_reactivate"),
    path("accounts/<uuid:pk>/second-factor/", accounts.second_factor_reset, name="second_factor_reset"),
    path("roles/<uuid:pk>/take/", accounts.role_take, name="role_take"),
    path("invitations/", accounts.invitation_list, name="invitation_list"),
    path("invitations/<uuid:pk>/resend/", accounts.invitation_resend, name="invitation_resend"),
    path("invitations/<uuid:pk>/withdraw/", accounts.invitation_withdraw, name="invitation_withdraw"),
    path("welcome/<slug:token>/", accounts.invitation_accept, name="invitation_accept"),
]
