"""Settings. What differs between installations comes from the environment; docs/operate.md lists the names."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lotsen.core import database, embedded, mail, providers

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("LOTSEN_DEBUG") == "1"
#: Shown in the header and in reports.
INSTALLATION_NAME = os.environ.get("LOTSEN_NAME", "Exempelstads kommun")
#: True where people and cases are made up: the sign-in page then lists who to sign in as.
IS_DEMO = os.environ.get("LOTSEN_DEMO") == "1"
#: Whether everybody needs a second factor, or an identity provider that asks for one.
SECOND_FACTOR_REQUIRED = os.environ.get("LOTSEN_SECOND_FACTOR", "optional" if IS_DEMO else "required") != "optional"

SECRET_KEY = os.environ.get("LOTSEN_SECRET_KEY") or embedded.secret("django")
#: Keys for identity numbers, newest first, as id:hex (32 bytes). Those of the index are others, kept apart.
IDENTITY_KEYS = database.keys(os.environ.get("LOTSEN_IDENTITY_KEYS") or f"demo:{embedded.secret('identity')}")
IDENTITY_INDEX_KEYS = database.keys(
    os.environ.get("LOTSEN_IDENTITY_INDEX_KEYS") or f"demo:{embedded.secret('identity-index')}"
)

ALLOWED_HOSTS = os.environ.get("LOTSEN_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
USE_HTTPS = os.environ.get("LOTSEN_HTTPS") == "1"

INSTALLED_APPS = [
    "lotsen.core",
    "lotsen.access",
    "lotsen.programmes",
    "lotsen.questionnaires",
    "lotsen.people",
    "lotsen.cases",
    "lotsen.employers",
    "lotsen.activities",
    "lotsen.filing",
    "lotsen.funding",
    "lotsen.placements",
    "lotsen.matching",
    "lotsen.notes",
    "lotsen.profiles",
    "lotsen.plans",
    "lotsen.referrals",
    "lotsen.records",
    "lotsen.indicators",
    "lotsen.reports",
    "lotsen.worklist",
    "lotsen.portals",
    "lotsen.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "django_cotton",
    "csp",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    # Outermost, so that an answer which another one gives by itself has its headers too.
    "lotsen.core.headers.AnswerHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lotsen.core.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lotsen.core.sessions.SessionLimits",
    "lotsen.core.sessions.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lotsen.core.sessions.SecondFactorRequired",
    "lotsen.core.acting.ActingMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

FILE_UPLOAD_HANDLERS = [
    "lotsen.core.uploads.LimitedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "lotsen" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.filesystem.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lotsen.core.pages.page_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "lotsen.core.templatetags.ui",
            ],
        },
    }
]
COTTON_DIR = "components"

DATABASES = {"default": database.from_environment()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["lotsen.access.forms.sign_in.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "lotsen.access.forms.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lotsen.access.forms.sign_in.SignInForm",
    "reauthenticate": "lotsen.access.forms.sign_in.PasswordAgainForm",
    "change_password": "lotsen.access.forms.sign_in.PasswordForm",
}
#: Wrong passwords and wrong codes. They are counted in the database, for all web processes together.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
#: For so long nobody is asked for the password again (seconds).
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "lotsen.access.forms.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "lotsen.access.forms.sign_in.CodeForm",
    "reauthenticate": "lotsen.access.forms.sign_in.CodeAgainForm",
    "activate_totp": "lotsen.access.forms.sign_in.AppForm",
    "add_webauthn": "lotsen.access.forms.sign_in.KeyForm",
    "edit_webauthn": "lotsen.access.forms.sign_in.KeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = f"Lotsen, {INSTALLATION_NAME}"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Addresses are given by those who invite, and an invitation is answered from there.
MFA_ALLOW_UNVERIFIED_EMAIL = True
#: The municipality's own identity provider, by OIDC or SAML; whether passwords are taken beside it.
IDENTITY_PROVIDER = providers.from_environment(os.environ)
PASSWORDS_ARE_ON = os.environ.get("LOTSEN_PASSWORDS", "on") != "off"
#: The levels of assurance (acr, AuthnContextClassRef) of which a session needs one for pages with people's data.
ASSURANCE = frozenset(providers.words(os.environ.get("LOTSEN_ASSURANCE", "")))
providers.check(IDENTITY_PROVIDER, passwords=PASSWORDS_ARE_ON, assurance=ASSURANCE)
SOCIALACCOUNT_PROVIDERS = providers.for_library(IDENTITY_PROVIDER)
SOCIALACCOUNT_ADAPTER = "lotsen.access.forms.sign_in.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
#: How many proxies stand before the server: sign-in is limited by the address of the client, not of the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LOTSEN_PROXIES", "0"))
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
globals().update(mail.from_url(os.environ.get("LOTSEN_EMAIL_URL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("LOTSEN_EMAIL_FROM", "lotsen@localhost")

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "lotsen" / "locale"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Stockholm"
FORMAT_MODULE_PATH = "lotsen.core.formats"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "lotsen" / "static"]
#: Where `lotsen collectstatic` puts the files, for a proxy to serve; without it they are served from the code.
STATIC_ROOT = os.environ.get("LOTSEN_STATIC_ROOT")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT
CACHES = {"default": {"BACKEND": "lotsen.core.cache.SharedCache"}}

# Only our own files; no script or style inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = USE_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if USE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USE_HTTPS
SECURE_HSTS_PRELOAD = USE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if USE_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USE_HTTPS
#: A browser takes a cookie of such a name only from this very host, by TLS: no neighbour can plant one.
_HOST = "__Host-" if USE_HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_HOST}django_language"
#: Pages bring the token with them, so no script reads it from the cookie.
CSRF_COOKIE_HTTPONLY = True
#: What a page says after the next one opens may name somebody: in the session, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
#: A session ends with the browser, after these seconds, and when it has not been used for so many minutes.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_SECONDS = 60 * int(os.environ.get("LOTSEN_IDLE_MINUTES", "60"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "lotsen.core.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "lotsen.core.logs.LineFormatter", "says_all": DEBUG}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
PROCRASTINATE_IMPORT_PATHS = [
    *("lotsen.core.jobs", "lotsen.people.actions", "lotsen.questionnaires.actions", "lotsen.reports.actions")
]
