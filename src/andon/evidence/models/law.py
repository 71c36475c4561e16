"""What the law asks: how long things are kept, what must not be destroyed, and what was."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from andon.evidence.models.ledger import Entry
from andon.people.models import Person


class Retention(models.Model):
    """How long a class of things is kept, where the organisation chose otherwise than the default."""

    slug = models.SlugField(primary_key=True)
    days = models.PositiveIntegerField()
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()


class HoldQuerySet(models.QuerySet):
    """How holds are looked up."""

    def in_force(self, now):
        ended = Q(ends__isnull=False, ends__lte=now)
        return self.filter(starts__lte=now, lifted_at=None).exclude(ended)

    def on(self, person: Person):
        return self.filter(held__person=person).distinct()


class Hold(models.Model):
    """Nothing about these people is destroyed until it is lifted or ends: retention and erasure wait."""

    name = models.CharField(max_length=120)
    reason = models.TextField()
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_why = models.TextField(blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Held(models.Model):
    """Somebody whom a hold covers: the person it is about, or one whose case is compared with theirs."""

    class As(models.TextChoices):
        NAMED = "named", _("Named")
        COMPARATOR = "comparator", _("Compared with")

    hold = models.ForeignKey(Hold, models.CASCADE, related_name="held")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    as_what = models.CharField(max_length=12, choices=As.choices, default=As.NAMED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hold", "person"], name="held_once")]


WHY_ERASED = {
    "retention": _("kept long enough"),
    "leaver": _("they left"),
    "request": _("they asked for it"),
}


class Erasure(models.Model):
    """Contents that were erased, of whom, when and why. What they said is gone; that they were is not."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    why = models.TextField()
    whole = models.BooleanField(default=False, help_text="The person was pseudonymised too.")
    entries = models.PositiveIntegerField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    @property
    def reason(self) -> str:
        return str(WHY_ERASED.get(self.why, self.why))
