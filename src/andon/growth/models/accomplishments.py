"""What somebody did and what customers had of it: private until the person puts it on their record."""

from django.db import models

from andon.evidence.models import Item
from andon.growth import reach
from andon.mechanisms.models import Measure
from andon.people.models import Person


class AccomplishmentQuerySet(models.QuerySet):
    """How accomplishments are looked up."""

    def visible_to(self, person):
        """One's own. On the record they are items, and those have readers of their own."""
        return reach.own(self, person)


class Accomplishment(models.Model):
    """`before` and `after` are on the scale of the measure where there is one."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="accomplishments")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    happened_on = models.DateField()
    impact = models.TextField(blank=True)
    measure = models.ForeignKey(Measure, models.SET_NULL, null=True, blank=True, related_name="+")
    before = models.FloatField(null=True, blank=True)
    after = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    links = models.JSONField(default=list)
    at = models.DateTimeField()
    item = models.OneToOneField(Item, models.SET_NULL, null=True, related_name="+")

    objects = AccomplishmentQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return self.title
