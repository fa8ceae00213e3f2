"""Settings, all from the environment; a missing one fails with a hint.

``DAYBOOK_AS=owner`` connects as the role that owns the tables and migrates them;
everything else runs as the app role, which row-level security binds.
"""

import json
import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from daybook.config import logs, outside
from daybook.config.service_key import service_keys

PACKAGE = Path(__file__).resolve().parent.parent

# A service is many processes on few cores, each with small matrices: threads of one that wait for
# those of another turn seconds into minutes. Read when numpy is first loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def required(name: str, hint: str) -> str:
    """The environment's value, or a refusal that says how to set it."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def switched_on(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


AS_OWNER = os.environ.get("DAYBOOK_AS") == "owner"
DATABASE_URL = (
    required(
        "DAYBOOK_OWNER_URL",
        "Give the address of the role that owns the tables, "
        "as in postgresql://daybook_owner:…@host/daybook, or use 'daybook demo'.",
    )
    if AS_OWNER
    else required(
        "DAYBOOK_DATABASE_URL",
        "Give the address of the app role, as in "
        "postgresql://daybook_app:…@host/daybook, or use 'daybook demo'.",
    )
)
SECRET_KEY = required(
    "DAYBOOK_SECRET_KEY", "Give 50 or more random characters; keep them out of any repository."
)
ALLOWED_HOSTS = os.environ.get("DAYBOOK_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DAYBOOK_ORIGINS", "").split(",") if o]
DEBUG = switched_on("DAYBOOK_DEBUG")
# The demo and tests speak plain HTTP on the local machine; everything else is HTTPS only.
PLAIN_HTTP = switched_on("DAYBOOK_PLAIN_HTTP")
DEMO = switched_on("DAYBOOK_DEMO")
# Who may be looked around as: role, staff number, password; the demo's command tells.
DEMO_SIGN_INS = json.loads(os.environ.get("DAYBOOK_DEMO_SIGN_INS", "[]")) if DEMO else []

# Wraps the keys of what is told in confidence. On one machine, for invented people, it comes from
# the secret key; a service gives its own, or does not start.
VAULT_KEYS = service_keys(
    os.environ.get("DAYBOOK_VAULT_KEY", ""),
    [k for k in os.environ.get("DAYBOOK_VAULT_KEYS_OLD", "").split(",") if k],
    invented=f"vault {SECRET_KEY}" if PLAIN_HTTP else "",
)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "daybook.ui",
    "daybook.foundation.registry",
    "daybook.foundation.terms",
    "daybook.foundation.audit",
    "daybook.foundation.vault",
    "daybook.foundation.places",
    "daybook.foundation.staff",
    "daybook.foundation.access",
    "daybook.foundation.people",
    "daybook.foundation.equality",
    "daybook.foundation.cases",
    "daybook.foundation.retention",
    "daybook.foundation.disclosures",
    "daybook.foundation.contests",
    "daybook.foundation.duties",
    "daybook.foundation.breakglass",
    "daybook.observe.reflections",
    "daybook.observe.safety",
    "daybook.observe.shifts",
    "daybook.observe.conduct",
    "daybook.observe.confidences",
    "daybook.observe.information",
    "daybook.understand.instruments",
    "daybook.understand.assessments",
    "daybook.understand.reviews",
    "daybook.learn.training",
    "daybook.web",
    "daybook.web.carry",
    "daybook.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "daybook.foundation.access.middleware.NothingFromOutside",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "daybook.foundation.access.middleware.NothingWithoutAWall",
    "daybook.web.middleware.NoEmptyRefusals",
]

ROOT_URLCONF = "daybook.config.urls"
WSGI_APPLICATION = "daybook.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "daybook.web.context.desk",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "daybook.ui.templatetags.daybook_ui",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
DATABASES["default"].setdefault("OPTIONS", {})
if not AS_OWNER and not switched_on("DAYBOOK_NO_POOL"):
    # A fresh connection for every request costs four times the throughput.
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 2,
        "max_size": int(os.environ.get("DAYBOOK_POOL", "16")),
        "timeout": 10,
    }
# Statements that come back are prepared once; plans are then not made anew for each page.
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
# One day for the whole house: `current_date` within the database is the day on the wall.
TIME_ZONE = os.environ.get("DAYBOOK_TIME_ZONE", "Europe/Brussels")
USE_TZ = True
DATABASES["default"]["TIME_ZONE"] = TIME_ZONE
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.Staff"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "daybook.foundation.staff.door.Badges",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Daybook takes of allauth what proves a second factor. Tables it has no use for are not made.
MIGRATION_MODULES = {"account": None, "socialaccount": None}
MFA_ADAPTER = "daybook.foundation.staff.adapters.Factors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
# The clock of a token that hangs on a key ring drifts.
MFA_TOTP_TOLERANCE = 1
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# The service's own identity provider, by OpenID Connect; none unless it is given.
PROVIDER = outside.provider(
    os.environ.get("DAYBOOK_OIDC", ""),
    client=os.environ.get("DAYBOOK_OIDC_CLIENT", ""),
    secret=os.environ.get("DAYBOOK_OIDC_SECRET", ""),
    name=os.environ.get("DAYBOOK_OIDC_NAME", ""),
    claim=os.environ.get("DAYBOOK_OIDC_CLAIM", "preferred_username"),
    second_factor=switched_on("DAYBOOK_OIDC_SECOND_FACTOR"),
)

# However busy, everyone signs in again after a long shift; a browser nobody touches locks sooner.
LONGEST_SIGN_IN = timedelta(hours=int(os.environ.get("DAYBOOK_LONGEST_SIGN_IN", "12")))
LOCKS_AFTER = timedelta(minutes=int(os.environ.get("DAYBOOK_LOCKS_AFTER", "15")))
DESK_LOCKS_AFTER = timedelta(minutes=int(os.environ.get("DAYBOOK_DESK_LOCKS_AFTER", "5")))

# A concern for safety that nobody has answered for so long is called out again, further.
ANSWER_WITHIN = timedelta(minutes=int(os.environ.get("DAYBOOK_ANSWER_WITHIN", "5")))

SESSION_COOKIE_AGE = int(LONGEST_SIGN_IN.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if switched_on("DAYBOOK_BEHIND_PROXY") else None
)
X_FRAME_OPTIONS = "DENY"
# A note may hold 1 MB of text; nothing larger is read into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# A sheet of paper for a full wing is one form: some twenty answers for each of a hundred people.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
# No page takes a file; tables come in by command.
FILE_UPLOAD_HANDLERS = ["daybook.web.uploads.NoUploads"]
CSRF_FAILURE_VIEW = "daybook.web.views.errors.session_ended"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "ui" / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("DAYBOOK_STATIC_ROOT", PACKAGE.parent.parent / "var" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = PLAIN_HTTP
if PLAIN_HTTP:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

LOGGING = logs.logging(readable=PLAIN_HTTP)

# Charts help a team to notice; a service may do without them (ADR 0008).
CHARTS = os.environ.get("DAYBOOK_CHARTS", "on").lower() != "off"

# How chaplains belong here: employed by the State, external, or none.
CHAPLAINCY = outside.one_of("DAYBOOK_CHAPLAINCY", ("employed", "external", "none"))

# By which scheme the desk grades sources and information.
GRADING = outside.one_of("DAYBOOK_GRADING", ("3x5x2", "5x5x5", "admiralty"))

# In which words people are asked about themselves: a YAML file, Daybook's own words without one.
EQUALITY_WORDS = os.environ.get("DAYBOOK_EQUALITY", "")

# What browsers seal waiting entries to: a P-256 key, as PEM or the name of a file with it. Unless
# one is given it comes from the secret key. Earlier ones still open what waits.
SEAL_KEY = os.environ.get("DAYBOOK_SEAL_KEY", "")
SEAL_KEYS_OLD = [k for k in os.environ.get("DAYBOOK_SEAL_KEYS_OLD", "").split(",") if k]

# Where the log's signed heads are written for a body outside to keep, and the key that signs them:
# an Ed25519 private key, as PEM or the name of a file with it. Unless one is given it comes from
# the secret key.
TREE_HEADS = os.environ.get("DAYBOOK_TREE_HEADS", "")
TREE_HEAD_KEY = os.environ.get("DAYBOOK_TREE_HEAD_KEY", "")
# What was erased, as keys, in a file outside the database: a backup that is read back catches up
# with it before it serves. How many days backups are kept, which `daybook check` says.
ERASURE_LEDGER = os.environ.get("DAYBOOK_ERASURE_LEDGER", "")
BACKUPS_KEPT = int(os.environ.get("DAYBOOK_BACKUPS_KEPT", "30"))

# Where the site is, for the one sentence that leaves by mail.
SITE_ADDRESS = os.environ.get("DAYBOOK_ADDRESS", "")
# Ways out by which somebody hears that something waits; each is open where it is set up.
_mail = outside.mail(os.environ.get("DAYBOOK_MAIL", ""))
NOTICES_BY_EMAIL = bool(_mail)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.get("host", ""), _mail.get("port", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("user", ""), _mail.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("starttls", False), _mail.get("ssl", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DAYBOOK_MAIL_FROM", "daybook@localhost")
WEBHOOK_SECRET = os.environ.get("DAYBOOK_WEBHOOK_SECRET", "")
WEBHOOK_URL = outside.webhook(os.environ.get("DAYBOOK_WEBHOOK", ""), WEBHOOK_SECRET)
