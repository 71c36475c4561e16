"""What the pages themselves remember: what somebody sent last, so that a double click does a thing once."""

from django.db import models

from andon.people.models import Person


class Sent(models.Model):
    """The last form of somebody: `digest` of what it said, and where its answer led; empty until it is answered."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    led_to = models.TextField(blank=True)
