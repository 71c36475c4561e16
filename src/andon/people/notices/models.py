"""Notices, the threads they belong to, and what each person chose about them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from andon.people.models import Person
from andon.people.notices.kinds import Kind, Way


class Thread(models.Model):
    """What several mails are about, such as one question: `key` is `escalation:12`.

    `token` stands in the address that answers go to. It is random, so that nobody can write to a thread by
    guessing, and kept, so that answers still arrive when the secret of the installation has changed.
    """

    key = models.CharField(max_length=120, unique=True)
    token = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField(default=timezone.now)


class NoticeQuerySet(models.QuerySet):
    """How notices are looked up."""

    def visible_to(self, person: Person):
        """What was told to somebody; a digest is the mail that holds such notices, and not one itself."""
        return self.filter(to=person.pk).exclude(kind=Kind.DIGEST)

    def due(self, now):
        """What is to go out by mail now, on its own."""
        return self.filter(state=Notice.State.WAITING, way=Way.AT_ONCE, due_at__lte=now)


class Notice(models.Model):
    """Something somebody is told, once. `key` says what, so that the same is never told twice."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("To go out by mail")
        SENDING = "sending", gettext_lazy("Going out by mail")
        SENT = "sent", gettext_lazy("Sent by mail")
        FAILED = "failed", gettext_lazy("Could not be sent by mail")
        HELD = "held", gettext_lazy("On this page only")

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    to = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="notices")
    address = models.EmailField(blank=True, max_length=254, help_text="Of somebody who does not work here.")
    about_own = models.BooleanField(default=False, help_text="About what is the reader’s own.")
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=400, blank=True, help_text="Path of the page, from the root.")
    thread = models.CharField(max_length=120, blank=True, db_index=True)
    picture = models.CharField(max_length=80, blank=True, help_text="What is drawn in the mail: measure:12.")
    answers = models.CharField(max_length=400, blank=True, help_text="Message-ID of the mail this answers.")
    message_id = models.CharField(max_length=200, unique=True)
    language = models.CharField(max_length=12, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.AT_ONCE)
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    claimed_by = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["to", "-at"]),
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["address", "-at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to__isnull=False, address="") | models.Q(to__isnull=True),
                name="notice_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Preference(models.Model):
    """How a person wants to hear of a kind of thing; without one, as usual."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    way = models.CharField(max_length=10, choices=Way.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="preference_once")]


class Delivery(models.Model):
    """At what hour of which zone a person gets their digest, and in which language Andon writes to them."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="delivery")
    hour = models.PositiveSmallIntegerField(default=8)
    zone = models.CharField(max_length=64, blank=True, help_text="Empty: the zone of the organisation.")
    language = models.CharField(max_length=12, blank=True, help_text="Empty: the language of the house.")
