"""Setting up mailboxes: permission, writing and audit in one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.people.trail import record
from andon.signals.access import may_keep_mailboxes
from andon.signals.models import Mailbox, new_secret

FIELDS = (
    "name", "purpose", "address", "trusted", "host", "port", "security", "user", "password_variable", "folder",
    "done_folder",
)  # fmt: skip
SECRETS = (
    "ANDON_IMAP_"  # only these may be named: else somebody could have any secret of the machine sent away
)
USUAL = "mail"  # the mailbox of messages that name none


@transaction.atomic
def add_mailbox(fields: Mapping[str, Any], by: Person | None, now: datetime) -> Mailbox:
    """Raises PermissionDenied, and ValidationError by field. `by=None` is whoever runs the machine."""
    _demand(by)
    mailbox = Mailbox(made_at=now)
    _fill(mailbox, fields)
    mailbox.save(force_insert=True)
    record(by, "added mailbox", f"mailbox {mailbox.name}", now, **_told(fields))
    return mailbox


@transaction.atomic
def change_mailbox(mailbox: Mailbox, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Mailbox:
    _demand(by)
    _fill(mailbox, fields)
    mailbox.problem = ""
    mailbox.save()
    record(by, "changed mailbox", f"mailbox {mailbox.name}", now, **_told(fields))
    return mailbox


@transaction.atomic
def retire_mailbox(mailbox: Mailbox, by: Person | None, now: datetime) -> Mailbox:
    """Nothing comes in there any more; what came stays. Retired twice is in use again."""
    _demand(by)
    mailbox.retired_at = None if mailbox.retired_at else now
    mailbox.save(update_fields=["retired_at"])
    record(by, "retired mailbox" if mailbox.retired_at else "took up mailbox", f"mailbox {mailbox.name}", now)
    return mailbox


@transaction.atomic
def renew_secret(mailbox: Mailbox, by: Person | None, now: datetime) -> Mailbox:
    """Another address for the provider's webhook; the old one is nobody's from now on."""
    _demand(by)
    mailbox.secret = new_secret()
    mailbox.save(update_fields=["secret"])
    record(by, "renewed the address of a webhook", f"mailbox {mailbox.name}", now)
    return mailbox


@transaction.atomic
def named(name: str, now: datetime) -> Mailbox:
    """The mailbox of this name, made where there is none: mail must never be turned away over a name."""
    mailbox, new = Mailbox.objects.get_or_create(name=name or USUAL, defaults={"made_at": now})
    if new:
        record(None, "added mailbox", f"mailbox {mailbox.name}", now)
    return mailbox


def _fill(mailbox: Mailbox, fields: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in fields:
            setattr(mailbox, name, fields[name])
    mailbox.full_clean()
    if mailbox.password_variable and not mailbox.password_variable.startswith(SECRETS):
        told = {"begins": SECRETS}
        raise ValidationError({"password_variable": _("Choose a name that begins with %(begins)s.") % told})
    if mailbox.host and not mailbox.user:
        raise ValidationError({"user": _("Say as whom to sign in to the server.")})
    if mailbox.done_folder and mailbox.done_folder == mailbox.folder:
        raise ValidationError({"done_folder": _("Choose another folder than the one that is read.")})


def _told(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in FIELDS if name in fields}


def _demand(by: Person | None) -> None:
    if by is not None and not may_keep_mailboxes(by):
        raise PermissionDenied(_("Administrators set up mailboxes."))
