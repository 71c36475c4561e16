"""Metric audits as last computed. No person is in them."""

from django.db import models

from andon.people import access


class MetricAuditQuerySet(models.QuerySet):
    """How metric audits are looked up."""

    def visible_to(self, person):
        """Everybody at work: whoever is held to a number may know whether customers feel it."""
        return self if access.at_work(person) else self.none()

    def light(self):
        """Without the pictures."""
        return self.defer("content")


class MetricAudit(models.Model):
    """Which metrics go with one outcome of customers: everywhere, in contacts alone, or in one mechanism.

    Effects are in units of the outcome. `problem` says why nothing could be told; then the rest is empty.
    """

    outcome = models.CharField(max_length=120, help_text="The column of what customers felt.")
    mechanism = models.CharField(
        max_length=80, blank=True, help_text="Short name of the one looked at; empty: all."
    )
    good = models.CharField(max_length=4, choices=[("high", "high"), ("low", "low")])
    unit = models.CharField(max_length=20, blank=True)
    computed_at = models.DateTimeField()
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    n = models.PositiveBigIntegerField(default=0, help_text="Cases with an outcome.")
    matters = models.FloatField(null=True, help_text="The smallest difference that matters.")
    usual = models.FloatField(null=True)
    problem = models.TextField(blank=True)
    verdicts = models.JSONField(
        default=dict, help_text="Metric to its verdict, and whether more of it is better for customers."
    )
    content = models.JSONField(default=dict, help_text="metrics, harms, trends and how it was computed.")

    objects = MetricAuditQuerySet.as_manager()

    class Meta:
        ordering = ["outcome", "mechanism"]
        constraints = [models.UniqueConstraint(fields=["outcome", "mechanism"], name="metric_audit_once")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.mechanism}".strip()
