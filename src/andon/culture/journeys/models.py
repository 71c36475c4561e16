"""The journeys of customers as last computed: a report, and a slice for each way in which it can be looked at."""

from django.db import models

from andon.culture.journeys import access


class JourneyReportQuerySet(models.QuerySet):
    """How reports are looked up."""

    def visible_to(self, person):
        """Everybody at work: see `access.visible_reports`."""
        return access.visible_reports(self, person)


class JourneyReport(models.Model):
    """From what data, and why there is nothing, where there is nothing. No customer and no person is in it."""

    computed_at = models.DateTimeField()
    starts = models.DateTimeField(null=True, help_text="Journeys that begin from then on were followed.")
    ends = models.DateTimeField(null=True, help_text="Journeys that begin before then were followed.")
    gap = models.FloatField(default=7, help_text="Days without a contact, after which a journey is over.")
    said = models.PositiveBigIntegerField(default=0, help_text="Contacts that are what customers said.")
    one_in = models.PositiveIntegerField(default=1, help_text="One customer in so many was followed.")
    nobody = models.PositiveBigIntegerField(default=0, help_text="Rows that name no customer.")
    problem = models.CharField(max_length=400, blank=True)

    objects = JourneyReportQuerySet.as_manager()

    class Meta:
        ordering = ["-computed_at", "-pk"]
        get_latest_by = "computed_at"


class JourneySlice(models.Model):
    """All journeys, those of a stretch of time, or those that begin at one step; with nothing of fewer than five
    customers in it.
    """

    report = models.ForeignKey(JourneyReport, models.CASCADE, related_name="slices")
    key = models.CharField(max_length=120)
    place = models.PositiveIntegerField(default=0)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ["report", "place"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="journey_slice_once")]
