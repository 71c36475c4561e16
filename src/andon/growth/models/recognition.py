"""Thanks, with what it did for a customer. Never counted against anybody, and nobody is ranked by it."""

from django.db import models

from andon.evidence.models import Item
from andon.growth import reach
from andon.people.models import Person
from andon.standards.models import Behaviour


class RecognitionQuerySet(models.QuerySet):
    """How recognition is looked up."""

    def visible_to(self, person):
        """Who gave it and who received it."""
        return reach.between(self, person, "to", "by")


class Recognition(models.Model):
    """Somebody noticed what somebody did, as which behaviour, and what it did for a customer."""

    to = models.ForeignKey(Person, models.CASCADE, related_name="recognitions")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="recognitions_given")
    behaviour = models.ForeignKey(Behaviour, models.PROTECT, null=True, blank=True, related_name="+")
    what = models.TextField()
    for_customer = models.TextField()
    at = models.DateTimeField()
    item = models.OneToOneField(Item, models.SET_NULL, null=True, related_name="+")

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
