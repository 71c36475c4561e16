"""The one settings file. What can be set from outside is listed, typed and explained in `env.py`."""

from pathlib import Path

from django.utils.csp import CSP

from andon.config import env

PACKAGE = Path(__file__).resolve().parent.parent
HOME = env.read("ANDON_HOME")
LAKE = HOME / "lake"
UPLOADS = HOME / "uploads"
LETTERS = HOME / "letters"  # mail as it came
ORGANISATION = env.read("ANDON_ORGANISATION")
PLAN_LABEL = env.read("ANDON_PLAN_LABEL") or "improvement plan"
UPLOAD_BYTES = env.read("ANDON_UPLOAD_MB") * 1024 * 1024

DEBUG = env.read("ANDON_DEBUG")
SECRET_KEY = env.secret_key(env.read("ANDON_SECRET_KEY"), HOME)
ALLOWED_HOSTS = env.read("ANDON_HOSTS")
CSRF_TRUSTED_ORIGINS = env.read("ANDON_ORIGINS")

INSTALLED_APPS = [
    "andon.people",
    "andon.mechanisms",
    "andon.signals",
    "andon.watch",
    "andon.escalations",
    "andon.standards",
    "andon.attribution",
    "andon.evidence",
    "andon.growth",
    "andon.plans",
    "andon.culture",
    "andon.flow",
    "andon.web",
    "andon.mail",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks_db",
    "lucide",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "andon.web.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "andon.web.nul.leave_out_nul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "andon.web.once.only_once",
]

ROOT_URLCONF = "andon.config.urls"
WSGI_APPLICATION = "andon.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "andon.web.navigation.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "andon.web.templatetags.andon",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.read("ANDON_DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
ACCOUNT_FORMS = {"login": "andon.web.accounts.SignIn"}
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"

# People are brought in from the staff list, so nobody signs up on their own.
ACCOUNT_ADAPTER = "andon.web.accounts.StaffOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
SMTP_URL = env.read("ANDON_SMTP_URL")
MAIL_GOES_OUT = bool(SMTP_URL)  # without a server, notices stand on people's pages only
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.read("ANDON_MAIL_FROM")
ADDRESS = env.read("ANDON_ADDRESS")
MAILERS = {
    "default": env.mailer(SMTP_URL)
    if SMTP_URL
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(HOME / "mail")},
    }
}

LANGUAGE_CODE = "en"  # of the sources, of what is kept, and of the command line
LANGUAGES = env.LANGUAGES
HOUSE_LANGUAGE = env.read("ANDON_LANGUAGE")  # of pages and mail, for whoever has asked for none
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.read("ANDON_TIME_ZONE")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [("andon/plots", PACKAGE / "plots" / "css")]  # tokens and charts, shared with reports
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if env.read("ANDON_HTTPS"):
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
