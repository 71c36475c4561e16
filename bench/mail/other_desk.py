"""django-helpdesk's own reading of mail, for `bench/mail.py`: run by a Python where it is installed."""

import logging
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.urls import include, path

urlpatterns: list = []


def set_up(folder: Path) -> None:
    settings.configure(
        SECRET_KEY="bench",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "helpdesk.sqlite3"}},
        INSTALLED_APPS=[
            *(
                f"django.contrib.{name}"
                for name in ("auth", "contenttypes", "sessions", "sites", "humanize", "admin")
            ),
            "django.contrib.messages",
            "rest_framework",
            "helpdesk",
        ],
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_FULL_FIRST_MESSAGE_FROM_EMAIL=True,
        HELPDESK_ENABLE_ATTACHMENTS=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        MEDIA_ROOT=folder / "media",
        ROOT_URLCONF=__name__,
        SITE_ID=1,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        USE_TZ=True,
    )
    django.setup()
    urlpatterns.append(path("helpdesk/", include("helpdesk.urls", namespace="helpdesk")))


def main() -> None:
    mails, folder = Path(sys.argv[1]), Path(sys.argv[2])
    set_up(folder)
    from django.core.management import call_command
    from django.utils.encoding import force_str
    from helpdesk.email import extract_email_metadata
    from helpdesk.models import Queue

    call_command("migrate", verbosity=0)
    queue = Queue.objects.create(title="Bench", slug="bench", allow_email_submission=True)
    logging.disable(logging.CRITICAL)
    log = logging.getLogger("bench")
    done = failed = 0
    begun, busy = time.perf_counter(), time.process_time()
    for mail in sorted(mails.iterdir()):
        try:
            extract_email_metadata(
                message=force_str(mail.read_bytes(), errors="replace"), queue=queue, logger=log
            )
            done += 1
        except Exception as problem:
            failed += 1
            print(f"{mail.name}: {type(problem).__name__}: {problem}", file=sys.stderr)
    print(done, failed, time.perf_counter() - begun, time.process_time() - busy)


if __name__ == "__main__":
    main()
