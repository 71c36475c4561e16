"""Numbers of a contact centre as last counted. No person is in them."""

from django.db import models

from andon.people import access


class FigureQuerySet(models.QuerySet):
    """How figures are looked up."""

    def visible_to(self, person):
        """Everybody at work, as all charts of measures."""
        return self if access.at_work(person) else self.none()


class CentreFigure(models.Model):
    """One number of the contact centre by week, of all contacts or of one mechanism, with all that draws it."""

    key = models.CharField(max_length=20, help_text="Of an indicator.")
    mechanism = models.CharField(max_length=80, blank=True, help_text="Short name; empty: all contacts.")
    computed_at = models.DateTimeField()
    n = models.PositiveBigIntegerField(default=0, help_text="Contacts that were counted.")
    overall = models.FloatField(null=True, help_text="Of all of them together.")
    unit = models.CharField(max_length=20, blank=True)
    good = models.CharField(max_length=4, choices=[("high", "high"), ("low", "low")])
    sentence = models.TextField(blank=True)
    why = models.TextField(blank=True)
    warnings = models.JSONField(default=list)
    latest = models.FloatField(null=True)
    out = models.BooleanField(default=False)
    tile = models.TextField(blank=True, help_text="The small picture, ready to show.")
    points = models.JSONField(default=dict, help_text="Columns, as in a chart of a measure.")
    basis = models.JSONField(
        default=dict,
        help_text="columns it was read from; seconds to answer within, by mechanism; best answers.",
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["key", "mechanism"]
        constraints = [models.UniqueConstraint(fields=["key", "mechanism"], name="centre_figure_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.mechanism}".strip()
