"""What was found about the organisation as a whole, as last computed. No person is in it."""

from django.db import models


class Silence(models.Model):
    """Where customers complain or charts are out of spec and nobody asks, or questions die young."""

    computed_at = models.DateTimeField()
    since = models.DateTimeField(help_text="What happened from here on was looked at.")
    teams = models.JSONField(
        default=dict, help_text="Customers who complained after a team served them; questions."
    )
    mechanisms = models.JSONField(
        default=dict, help_text="Customers who complained about one; questions about it."
    )
    young = models.JSONField(
        default=dict, help_text="Questions closed, by team asked; those that died young."
    )
    unasked = models.JSONField(default=list, help_text="Measures out of spec that nobody has asked about.")

    class Meta:
        ordering = ["-computed_at", "-pk"]
        get_latest_by = "computed_at"


class Week(models.Model):
    """A weekly review as it was when the week was over: pictures, questions and changes, in words and numbers."""

    starts = models.DateField(unique=True, help_text="A Monday.")
    kept_at = models.DateTimeField()
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ["-starts"]


# Pulse, audits, journeys and the contact centre are rooms of this stage; Django looks for their nouns here.
from andon.culture.centre.models import CentreFigure  # noqa: E402, F401
from andon.culture.fairness.models import (  # noqa: E402, F401
    Attribute,
    FairnessAudit,
    FairnessAuditor,
    GroupList,
    Membership,
)
from andon.culture.journeys.models import JourneyReport, JourneySlice  # noqa: E402, F401
from andon.culture.metrics.models import MetricAudit  # noqa: E402, F401
from andon.culture.pulse.models import (  # noqa: E402, F401
    Box,
    Question,
    Remark,
    Result,
    Rhythm,
    TeamFigure,
    Wave,
)
