"""Django's settings, from the home folder and the environment (VINCLE_...), safe when nothing is said."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from vincle.kernel.home import Home
from vincle.site.database import database_settings

HOME = Home.at()
PACKAGE = Path(__file__).resolve().parent.parent


def env_list(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


SECRET_KEY = HOME.secret_key
DEBUG = False
ALLOWED_HOSTS = env_list("VINCLE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("VINCLE_TRUSTED_ORIGINS", "")
BEHIND_HTTPS = os.environ.get("VINCLE_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_cotton",
    "csp",
    "vincle.apps.accounts",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "vincle.flow",
    "vincle.web",
    "vincle.apps.addressbook",
    "vincle.apps.consent",
    "vincle.apps.duplicates",
    "vincle.apps.fields",
    "vincle.apps.files",
    "vincle.apps.hooks",
    "vincle.apps.journeys",
    "vincle.apps.lists",
    "vincle.apps.notes",
    "vincle.apps.people",
    "vincle.apps.relations",
    "vincle.apps.retention",
    "vincle.apps.search",
    "vincle.apps.sources",
    "vincle.apps.tasks",
    "vincle.apps.today",
    "vincle.apps.tokens",
    "vincle.apps.tracking",
    "vincle.apps.value",
    "vincle.apps.webhooks",
    "vincle.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vincle.web.middleware.TokensAlone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vincle.web.middleware.AtHome",
    "vincle.apps.people.web.sight.SeesPeople",
    "vincle.web.middleware.SayWhatHappened",
    "vincle.web.middleware.DenyByDefault",
]

ROOT_URLCONF = "vincle.site.urls"
WSGI_APPLICATION = "vincle.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "vincle.web.context.shell",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "vincle.web.templatetags.vincle",
            ],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = True  # a component sees what it is given, and nothing of the page around it

DATABASES = {"default": database_settings(HOME.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People who sign in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "vincle.apps.accounts.adapter.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
# No security keys yet: browsers refuse them at an address that is a number, such as http://127.0.0.1.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Vincle"

# Words, dates and numbers
LANGUAGE_CODE = os.environ.get("VINCLE_LANGUAGE", "en")
LANGUAGES = [("en", _("English")), ("ca", _("Catalan")), ("es", _("Spanish"))]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# What the browser loads comes from here and from nowhere else
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME.files
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "vincle.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# An upload is streamed to disk beyond 2 MB; its whole size is bounded by the room that takes it
UPLOAD_LIMIT = int(os.environ.get("VINCLE_UPLOAD_LIMIT_MB", "2048")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = str(HOME.staging) if HOME.staging.is_dir() else None

CAN_SEND_EMAIL = bool(os.environ.get("VINCLE_SMTP_HOST"))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if CAN_SEND_EMAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = os.environ.get("VINCLE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("VINCLE_SMTP_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("VINCLE_FROM_EMAIL", "vincle@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("VINCLE_LOG_LEVEL", "WARNING")},
}
