"""Principles, the behaviours by which one sees them, and anchors: steps of a behaviour in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from andon.people import access


class InUseQuerySet(models.QuerySet):
    """Things that are retired, never deleted."""

    def in_use(self):
        return self.filter(retired_at__isnull=True)

    def visible_to(self, person):
        """Everybody at work reads what is expected of everybody."""
        return self if access.at_work(person) else self.none()


class Principle(models.Model):
    """What the organisation wants to be known for, in a few words and a meaning."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    meaning = models.TextField(_("what it means here"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = InUseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class BehaviourQuerySet(InUseQuerySet):
    """How behaviours are looked up."""

    def in_use(self):
        return self.filter(retired_at__isnull=True, principle__retired_at__isnull=True)


class Behaviour(models.Model):
    """Something one can see or hear somebody do. Observations are tied to it, never to a principle alone."""

    principle = models.ForeignKey(Principle, models.CASCADE, related_name="behaviours")
    text = models.CharField(_("what one can see or hear"), max_length=240)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = BehaviourQuerySet.as_manager()

    class Meta:
        ordering = ["principle__position", "position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def steps(self) -> list["Anchor"]:
        """The anchors in use, from the lowest step up."""
        in_use = (anchor for anchor in self.anchors.all() if anchor.retired_at is None)
        return sorted(in_use, key=lambda anchor: anchor.step)


class Anchor(models.Model):
    """What a step of a behaviour looks like, in words. Words that change are a new anchor.

    So whatever was said with the former words keeps its meaning.
    """

    behaviour = models.ForeignKey(Behaviour, models.CASCADE, related_name="anchors")
    step = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=240)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = InUseQuerySet.as_manager()

    class Meta:
        ordering = ["step", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["behaviour", "step"],
                condition=models.Q(retired_at__isnull=True),
                name="anchor_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.words}"
