"""Settings of the site: one file, values from the environment (see .env.example)."""

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from diplomacy import embedded
from following.keys import without_keys

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

# --- What kind of installation this is ----------------------------------------------------------

DEBUG: bool = env.bool("DEBUG", default=False)
# Plain HTTP is for loopback: `make demo`, tests and development.
INSECURE_HTTP: bool = env.bool("INSECURE_HTTP", default=DEBUG)
SECRET_KEY: str = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not INSECURE_HTTP:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it in the environment, or INSECURE_HTTP=1 on your own "
            "machine to use a throw-away key."
        )
    SECRET_KEY = embedded.local_secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if INSECURE_HTTP else []
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Sources on this machine: a page of ours must not be able to make a worker read its own network.
ALLOW_LOOPBACK_SOURCES: bool = env.bool("ALLOW_LOOPBACK_SOURCES", default=False)
# /metrics answers loopback, and others only with this token.
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")

# --- Applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "events",
    "following",
    "news",
    "diplomacy",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "import_export",
    "pghistory",
    "pgtrigger",
    "template_partials",
    "diplomacy.apps.LateAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
# A tool of development: absent where only requirements.txt is installed.
if find_spec("django_migration_linter"):
    INSTALLED_APPS.append("django_migration_linter")
    # Looked over: a column that gets wider, and a constraint that the migration before makes true.
    MIGRATION_LINTER_OPTIONS = {"ignore_name_contains": "by_key"}

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    # Pages are compressed here, so that a site without a proxy is quick too. Their only secret is
    # the token of a form, which Django masks anew in each answer.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "diplomacy.operations.middleware.OperationsMiddleware",
    "diplomacy.addressing.by_who_asks",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "events.history.HistoryMiddleware",
    "events.theme.vary_by_theme",
    "events.indexing.index_after_changes",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "diplomacy.urls"
WSGI_APPLICATION = "diplomacy.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "events.theme.theme",
            ],
        },
    }
]

# --- State: PostgreSQL; Redis only wakes workers and caches -------------------------------------

DATABASE_URL: str = env.str("DATABASE_URL", default="")
REDIS_URL: str = env.str("REDIS_URL", default="")

database: dict[str, Any] = (
    env.dj_db_url("DATABASE_URL") if DATABASE_URL else embedded.database_settings()
)
if database["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured(
        f"DATABASE_URL names {database['ENGINE']}; the record needs PostgreSQL 16 or newer."
    )
# A pool belongs to one process and does not survive a fork: it is for the web process only.
if env.bool("DATABASE_POOL", default=False):
    database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 4, "timeout": 10}
else:
    database["CONN_MAX_AGE"] = 60
    database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "diplomacy.cache.ForgivingRedisCache",
        "LOCATION": embedded.cache_location(REDIS_URL) if REDIS_URL else embedded.cache_url(),
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        "KEY_PREFIX": "record",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

PGHISTORY_CREATED_AT_FUNCTION = "record_now()"
PGHISTORY_APPEND_ONLY = True

# --- Workers ------------------------------------------------------------------------------------

CELERY_BROKER_URL = embedded.celery_broker(REDIS_URL) if REDIS_URL else embedded.broker_url()
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # else a worker gives up, and ends, after a while
CELERY_TASK_PUBLISH_RETRY = False  # a broker that is down must not hold up a request
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_REDIRECT_STDOUTS = False  # a mail that goes to the console stays readable
# Whose import gives tasks their broker; loaded by a web process that has something to ask for.
WORKERS_APP = "diplomacy.celery"

# --- What is read -------------------------------------------------------------------------------

# For so many days; 0 is for ever. The identity of an article stays, or it would come back as new.
KEEP_POLLS_DAYS: int = env.int("KEEP_POLLS_DAYS", default=180)
KEEP_TEXTS_DAYS: int = env.int("KEEP_TEXTS_DAYS", default=730)

# --- What is given away -------------------------------------------------------------------------

# The dated packages of the whole record: written by workers, served by web processes.
PACKAGES_DIR: Path = env.path("PACKAGES_DIR", default=BASE_DIR / "var" / "packages")

# --- A language model, if one is to read along ---------------------------------------------------

# Where any server that speaks the chat protocol answers below /chat/completions; empty: none.
MODEL_URL: str = env.str("MODEL_URL", default="")
MODEL_NAME: str = env.str("MODEL_NAME", default="")
MODEL_KEY: str = env.str("MODEL_KEY", default="")
MODEL_SECONDS: float = env.float("MODEL_SECONDS", default=60.0)
# What a day may cost, by UTC.
MODEL_DAILY_REQUESTS: int = env.int("MODEL_DAILY_REQUESTS", default=300)
MODEL_DAILY_TOKENS: int = env.int("MODEL_DAILY_TOKENS", default=1_000_000)
if bool(MODEL_URL) != bool(MODEL_NAME):
    raise ImproperlyConfigured("MODEL_URL and MODEL_NAME are set together, or neither is.")
# Two requests must fit into the time of a task.
if not 1 <= MODEL_SECONDS <= 80:
    raise ImproperlyConfigured("MODEL_SECONDS is from 1 to 80.")
if len(MODEL_NAME) > 120:
    raise ImproperlyConfigured("MODEL_NAME is longer than 120 letters.")
if not MODEL_KEY.isprintable() or not MODEL_KEY.isascii():
    raise ImproperlyConfigured("MODEL_KEY holds what a header cannot carry.")

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/review/"
ACCOUNT_ADAPTER = "accounts.adapter.StaffOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Seoul–Tokyo Record"

# --- Languages and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어"), ("ja", "日本語")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# What tells readers of the timeline how current it is (see events/notices.py).
RECORD_NOTICES = ["news.silence.notices"]
# "Today" on pages: Seoul and Tokyo share UTC+9.
RECORD_TIME_ZONE = "Asia/Seoul"

# --- Static files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed names need `collectstatic`; tests and development do without.
HASHED_STATIC_FILES: bool = env.bool("HASHED_STATIC_FILES", default=not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC_FILES
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not HASHED_STATIC_FILES

# --- What a browser is told ---------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT: bool = env.bool("SECURE_SSL_REDIRECT", default=not INSECURE_HTTP)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# An article of 10 MB may be pasted by an editor; nothing larger is read into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# What one address may ask of the API in a minute; 0 is without a limit.
API_REQUESTS_PER_MINUTE: int = env.int("API_REQUESTS_PER_MINUTE", default=300)

# --- Mail ---------------------------------------------------------------------------------------

mail: dict[str, Any] = env.dj_email_url("EMAIL_URL", default="console:")
if "EMAIL_BACKEND" not in mail:
    # Django would take localhost for the mail server.
    raise ImproperlyConfigured("EMAIL_URL begins with smtp://, console: or another known scheme.")
vars().update(mail)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="record@localhost")
# Where this site is, for links in mails: those are written where nobody has asked for a page.
SITE_URL: str = env.str("SITE_URL", default="").rstrip("/") or (
    "http://127.0.0.1:8000"
    if INSECURE_HTTP
    else f"https://{next((name for name in ALLOWED_HOSTS if name[:1] not in '.*'), 'localhost')}"
)
if not SITE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("SITE_URL begins with https:// (or http:// on your own machine).")
# Who is told of sources in trouble, besides the accounts of the group `operator` with an address.
OPERATOR_EMAILS: list[str] = env.list("OPERATOR_EMAILS", default=[])

# --- Logs: one JSON object a line, each with its request id -------------------------------------

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        without_keys,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.format_exc_info,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # They say again, less exactly, what django_structlog says of requests and tasks.
    "loggers": {
        "celery.app.trace": {"level": "CRITICAL"},
        "celery.worker.strategy": {"level": "WARNING"},
        "django.request": {"level": "CRITICAL"},
        # Puts whatever a server sends for headers into the log; news.fetching says it in words.
        "urllib3": {"level": "ERROR"},
    },
}
# One line a request or task, when it ends. A page that is not there is not the operator's trouble.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
# The logs of a public record say what was asked for, not who asked.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
