"""The record of a person: dated, sourced items, that they saw them, what they replied, and who read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from andon.evidence.models.ledger import Entry
from andon.evidence.rules import ItemFacts
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person
from andon.signals.models import Signal
from andon.standards.models import Behaviour


class ItemQuerySet(models.QuerySet):
    """How items are looked up."""

    def of(self, person: Person):
        return self.filter(person=person)

    def visible_to(self, reader):
        """One's own, and of whom one is above, or partner of."""
        from andon.evidence import access  # imported here, as access is asked by the nouns

        return access.visible_items(self, reader)

    def with_sights(self):
        """With what `facts` needs, and who wrote them, in three queries."""
        return self.select_related("sight", "by", "corrects").prefetch_related("replies", "corrections")

    def standing(self):
        """Those that no later one corrects."""
        return self.filter(corrections__isnull=True)


class Item(models.Model):
    """One thing on a person's record. Nothing is overwritten: a correction is an item of its own."""

    class Kind(models.TextChoices):
        MEASURE = "measure", _("Measure")
        CUSTOMER_FEEDBACK = "customer_feedback", _("Customer feedback")
        PROJECT_OUTCOME = "project_outcome", _("Project outcome")
        OBSERVATION = "observation", _("Observation")
        ACCOMPLISHMENT = "accomplishment", _("Accomplishment")
        FEEDBACK = "feedback", _("Feedback")

    person = models.ForeignKey(Person, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField()
    situation = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    happened_on = models.DateField()
    source = models.CharField(max_length=300)
    link = models.CharField(max_length=500, blank=True)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, null=True, blank=True, related_name="+")
    signal = models.ForeignKey(Signal, models.PROTECT, null=True, blank=True, related_name="+")
    behaviour = models.ForeignKey(Behaviour, models.PROTECT, null=True, blank=True, related_name="+")
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    step_words = models.CharField(max_length=240, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="item")
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["person", "-happened_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def seen_at(self):
        sight = getattr(self, "sight", None)
        return sight.at if sight else None

    @property
    def facts(self) -> ItemFacts:
        """What `rules.usable` depends on; without a query when it was looked up `with_sights`."""
        replies = [reply.at for reply in self.replies.all()]
        return ItemFacts(
            happened_on=self.happened_on,
            added_at=self.at,
            seen_at=self.seen_at,
            replied_at=min(replies, default=None),
            corrected=bool(self.corrections.all()),
            erased=not self.text,
        )


class Sight(models.Model):
    """The person saw an item: they said so, or it was shown to them in person before a witness."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="sight")
    at = models.DateTimeField()
    shown_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    witness = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")


class Reply(models.Model):
    """What the person says to an item; wherever the item goes, it goes too."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="replies")
    text = models.TextField()
    asks = models.BooleanField(default=False, help_text="Whether it asks for a correction.")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="reply")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class Answer(models.Model):
    """What became of a correction that was asked for: corrected, or why not."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="answer")
    text = models.TextField()
    correction = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Acceptance(models.Model):
    """The person agrees with a correction."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="acceptance")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Reading(models.Model):
    """Somebody read what is kept about a person: who, by which right, what, and when, within an hour as one."""

    class Basis(models.TextChoices):
        LINE = "line", _("Their line")
        HR = "hr", _("HR partner")

    person = models.ForeignKey(Person, models.PROTECT, related_name="readings_of")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=8, choices=Basis.choices)
    what = models.CharField(max_length=120)
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-last_at", "-pk"]
        indexes = [models.Index(fields=["person", "-last_at"])]
