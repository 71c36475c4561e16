"""Where mail comes in, and every message that came: kept as it was, whatever became of it."""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from andon.people.models import Person
from andon.signals import letters
from andon.signals.keys import new_key
from andon.signals.mail import Letter, read


def new_secret() -> str:
    """Part of an address on the web that only a provider of mail knows."""
    return secrets.token_urlsafe(24)


class MailboxQuerySet(models.QuerySet):
    """How mailboxes are looked up."""

    def in_use(self):
        return self.filter(retired_at=None)

    def fetched(self):
        """Those that lie on a server."""
        return self.in_use().exclude(host="")

    def ours(self) -> frozenset[str]:
        """Every address of ours: mail from one of them is our own that came back."""
        return frozenset(one.lower() for one in self.exclude(address="").values_list("address", flat=True))

    def insiders(self) -> frozenset[str]:
        """Addresses of ours and of everybody on the staff list: what stands in a forward under one is no customer's."""
        staff = Person.objects.exclude(email=None).values_list("email", flat=True)
        return self.ours() | frozenset(address.lower() for address in staff)


class Mailbox(models.Model):
    """One way for mail to come in: a pipe, an account on a server, a provider's webhook, or all of them."""

    class Purpose(models.TextChoices):
        CORD = "cord", gettext_lazy("The cord: colleagues forward what a customer wrote")
        COMPLAINTS = "complaints", gettext_lazy("Complaints: customers write themselves")

    class Security(models.TextChoices):
        TLS = "tls", gettext_lazy("TLS")
        STARTTLS = "starttls", gettext_lazy("STARTTLS")
        NONE = "none", gettext_lazy("None: only on a network that you trust")

    name = models.SlugField(max_length=60, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.CORD)
    address = models.EmailField(blank=True)
    trusted = models.JSONField(
        default=list, blank=True, help_text="Names of our own mail servers, as they sign what they checked."
    )
    host = models.CharField(max_length=200, blank=True)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=200, blank=True)
    password_variable = models.CharField(
        max_length=120, blank=True, help_text="The environment variable that holds the password."
    )
    folder = models.CharField(max_length=200, default="INBOX")
    done_folder = models.CharField(
        max_length=200, blank=True, help_text="Where to move what is kept; empty leaves it and marks it read."
    )
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When the server last answered.")
    problem = models.TextField(blank=True, help_text="Why it cannot be reached, in words.")

    objects = MailboxQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_cord(self) -> bool:
        return self.purpose == self.Purpose.CORD


class ArrivalQuerySet(models.QuerySet):
    """How messages that came are looked up."""

    def visible_to(self, person):
        """Who may see who wrote: a message names its sender and everybody it went to."""
        from andon.signals import access

        return self if access.may_read_mail(person) else self.none()

    def waiting(self):
        """Kept, and not yet understood: their process ended in between."""
        return self.filter(status=Arrival.Status.WAITING)

    def in_quarantine(self):
        return self.filter(status=Arrival.Status.QUARANTINED, ruling="")

    def failed(self):
        return self.filter(status=Arrival.Status.FAILED)


class Arrival(models.Model):
    """One message that came in. Its bytes lie in a file of their own, and are never changed."""

    class Status(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Waiting its turn")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        DUPLICATE = "duplicate", gettext_lazy("Here already")
        QUARANTINED = "quarantined", gettext_lazy("In quarantine")
        FAILED = "failed", gettext_lazy("Not understood")

    class Kind(models.TextChoices):
        HUMAN = "human", gettext_lazy("Written by somebody")
        AUTO = "auto", gettext_lazy("Automatic answer")
        BOUNCE = "bounce", gettext_lazy("Could not be delivered")
        LIST = "list", gettext_lazy("Mailing list")

    class Transport(models.TextChoices):
        FILE = "file", gettext_lazy("A file")
        PIPE = "pipe", gettext_lazy("The mail server of the house")
        IMAP = "imap", gettext_lazy("A mailbox on a server")
        WEBHOOK = "webhook", gettext_lazy("A provider of mail")

    class Ruling(models.TextChoices):
        NONE = "", gettext_lazy("Not looked at yet")
        RELEASED = "released", gettext_lazy("Released")
        DISMISSED = "dismissed", gettext_lazy("Dismissed")

    key = models.CharField(max_length=20, unique=True, default=new_key)
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="arrivals")
    transport = models.CharField(max_length=8, choices=Transport.choices)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField(default=0)
    uid_validity = models.BigIntegerField(null=True, blank=True)
    uid = models.BigIntegerField(null=True, blank=True)
    received_at = models.DateTimeField(help_text="When the customer's word reached us.")
    kept_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    identity = models.CharField(max_length=64, blank=True, help_text="Of its Message-ID and content.")
    message_id = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.HUMAN)
    sender = models.CharField(max_length=320, blank=True)
    by = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who of us sent it, so that they may read what they passed on.",
    )
    original_sender = models.CharField(max_length=320, blank=True)
    basis = models.CharField(max_length=10, blank=True, help_text="How the original sender is known.")
    authentication = models.CharField(max_length=4, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    text_chars = models.PositiveIntegerField(default=0)
    signal = models.ForeignKey(
        "signals.Signal", models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    thread = models.CharField(max_length=80, blank=True, help_text="What it became part of.")
    problem = models.TextField(blank=True)
    notes = models.JSONField(default=list, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.NONE, blank=True)
    ruled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity"],
                condition=Q(status__in=["accepted", "quarantined"]) & ~Q(identity=""),
                name="letter_once",
            ),
            models.UniqueConstraint(fields=["mailbox", "uid_validity", "uid"], name="fetched_once"),
        ]
        indexes = [
            models.Index(fields=["status", "-kept_at", "-id"]),
            models.Index(fields=["-kept_at", "-id"]),
            models.Index(fields=["sender", "-kept_at"]),
        ]

    def __str__(self) -> str:
        return self.subject or self.key

    @property
    def path(self) -> Path:
        return letters.path(settings.LETTERS, self.sha256)

    @property
    def raw(self) -> bytes:
        return self.path.read_bytes()

    def letter(self) -> Letter:
        """What it says, read anew from its bytes."""
        return read(self.raw, trusted=frozenset(self.mailbox.trusted), ours=Mailbox.objects.insiders())
