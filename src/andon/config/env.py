"""Settings come from the environment, are typed, and are refused with a sentence that helps."""

import os
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

SMTP_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
SMTP_SECONDS = 60  # that a server may take for one answer

LANGUAGES = [("en", "English"), ("de", "Deutsch")]
"""Each by the name that it gives itself. Nothing else names them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its environment name, how it is read, its default and what it is for."""

    name: str
    kind: str
    default: str
    purpose: str


SETTINGS = {
    s.name: s
    for s in (
        Setting(
            "ANDON_HOME",
            "path",
            "var",
            "Folder for everything Andon writes: database, lake, uploads, secret.",
        ),
        Setting(
            "ANDON_DATABASE_URL",
            "text",
            "",
            "`postgresql://user:password@host:port/name`; empty means SQLite.",
        ),
        Setting("ANDON_SECRET_KEY", "text", "", "Signs sessions. Empty: made once and kept in ANDON_HOME."),
        Setting(
            "ANDON_DEBUG",
            "switch",
            "off",
            "Shows error pages to developers. Never on with real people's data.",
        ),
        Setting("ANDON_HOSTS", "list", "127.0.0.1,localhost,[::1]", "Host names Andon answers to."),
        Setting("ANDON_ORIGINS", "origins", "", "Trusted origins, such as `https://andon.example.com`."),
        Setting("ANDON_HTTPS", "switch", "off", "On behind TLS: secure cookies, HSTS, redirect from http."),
        Setting("ANDON_ORGANISATION", "text", "Your organisation", "The name shown on the pages."),
        Setting(
            "ANDON_PLAN_LABEL",
            "text",
            "improvement plan",
            "What a plan is called on the pages and in its dossier.",
        ),
        Setting(
            "ANDON_TIME_ZONE", "zone", "UTC", "Zone in which times are shown. Periods of charts begin in UTC."
        ),
        Setting(
            "ANDON_LANGUAGE",
            "language",
            "en",
            "Language of pages and mail for whoever has asked for none: `en` or `de`.",
        ),
        Setting(
            "ANDON_ADDRESS",
            "address",
            "http://127.0.0.1:8000",
            "Where people reach Andon: the beginning of every link in a mail.",
        ),
        Setting(
            "ANDON_SMTP_URL",
            "text",
            "",
            "Server that mail goes out through; empty means none does.",
        ),
        Setting(
            "ANDON_MAIL_FROM",
            "sender",
            "Andon <andon@localhost>",
            "Sender of every mail; answers come back to it.",
        ),
        Setting(
            "ANDON_UPLOAD_MB", "number", "2048", "Largest file that may be brought in through the browser."
        ),
    )
}


def read(name: str):
    """Value of a setting, typed. Raises ImproperlyConfigured with the remedy."""
    setting = SETTINGS[name]
    raw = os.environ.get(name, setting.default).strip()
    try:
        return PARSERS[setting.kind](raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={raw!r}: {error}. {setting.purpose}") from None


def switch(raw: str) -> bool:
    if raw.lower() in {"on", "true", "yes", "1"}:
        return True
    if raw.lower() in {"off", "false", "no", "0", ""}:
        return False
    raise ValueError("write on or off")


def number(raw: str) -> int:
    if not raw.isdecimal() or int(raw) < 1:
        raise ValueError("write a whole number of at least 1")
    return int(raw)


def words(raw: str) -> list[str]:
    return [word.strip() for word in raw.split(",") if word.strip()]


def origins(raw: str) -> list[str]:
    found = words(raw)
    if any(not origin.startswith(("https://", "http://")) for origin in found):
        raise ValueError("write each with https:// or http:// before it")
    return found


def zone(raw: str) -> str:
    try:
        return ZoneInfo(raw).key
    except (KeyError, ValueError, OSError):
        raise ValueError("write a zone such as Europe/Berlin, or UTC") from None


def language(raw: str) -> str:
    if raw not in dict(LANGUAGES):
        raise ValueError(f"write one of {', '.join(code for code, _name in LANGUAGES)}")
    return raw


def address(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("write it like https://andon.example.com")
    return raw.rstrip("/")


def sender(raw: str) -> str:
    """A name and an address; the address takes a token after a plus, so it has none yet."""
    local, at, domain = parseaddr(raw)[1].rpartition("@")
    if not (local and at and domain) or "+" in local or not raw.isprintable():
        raise ValueError("write it like Andon <andon@example.com>, without a plus in it")
    return raw


def folder(raw: str) -> Path:
    path = Path(raw).expanduser().resolve()
    if not raw or (path.exists() and not path.is_dir()):
        raise ValueError("write the name of a folder")
    return path


PARSERS = {
    "text": str,
    "path": folder,
    "switch": switch,
    "number": number,
    "list": words,
    "origins": origins,
    "zone": zone,
    "language": language,
    "address": address,
    "sender": sender,
}


def database(url: str, home: Path) -> dict:
    """Django's DATABASES entry for `url`; SQLite in `home` when it is empty."""
    if not url:
        return sqlite(home / "andon.sqlite3")
    parts = urlsplit(url)
    if (
        parts.scheme not in {"postgresql", "postgres"}
        or not parts.path.strip("/")
        or not _has_sound_port(url)
    ):
        raise ImproperlyConfigured(
            "ANDON_DATABASE_URL must look like postgresql://user:password@host:5432/name, "
            "or be empty for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def mailer(url: str) -> dict:
    """Django's MAILERS entry for the server at `url`.

    `smtp://` starts in the clear and insists on STARTTLS, `smtps://` is encrypted from the start, and
    `smtp+plain://` never is: for a server on the same machine.
    """
    parts = urlsplit(url)
    if parts.scheme not in SMTP_PORTS or not _has_sound_port(url) or not parts.hostname:
        raise ImproperlyConfigured(
            "ANDON_SMTP_URL must look like smtp://user:password@host:587 (STARTTLS), smtps://user:password@host "
            "(TLS) or smtp+plain://localhost:25 (not encrypted), or be empty for no mail."
        )
    options = {
        "host": parts.hostname,
        "port": parts.port or SMTP_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp",
        "use_ssl": parts.scheme == "smtps",
        "timeout": SMTP_SECONDS,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def _has_sound_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def sqlite(path: Path) -> dict:
    """WAL and immediate transactions: readers never wait, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
                "PRAGMA mmap_size=268435456;"
            ),
        },
    }


def secret_key(given: str, home: Path) -> str:
    """The given key, or one made once and kept readable by its owner only."""
    if given:
        return given
    path = home / "secret"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        try:
            home.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(get_random_secret_key())
        except FileExistsError:  # another process was first; its key is the key
            pass
        except OSError as error:
            raise ImproperlyConfigured(
                f"ANDON_HOME, {home}, cannot be written to: {error.strerror}. Name a folder that can."
            ) from None
    return path.read_text()
