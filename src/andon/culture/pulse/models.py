"""What is asked, waves, the box of an open one, and what was counted. Nothing points from a person to an answer."""

import uuid
from datetime import date, datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from andon.culture.pulse.rules.scoring import Score
from andon.people.models import Person, Team

FEWEST, FEWEST_COMMENTS = 5, 10
"""Answers below which nothing, and no comment, is shown. A wave may ask for more, and never for fewer."""


class Dimension(models.TextChoices):
    """What is asked about. 100 is always best."""

    ENGAGEMENT = "engagement", gettext_lazy("Engagement")
    STRESS = "stress", gettext_lazy("Manageable stress")
    VOICE = "voice", gettext_lazy("Voice and safety to speak up")
    FAIRNESS = "fairness", gettext_lazy("Fairness")
    SUPPORT = "support", gettext_lazy("Support")
    MEANING = "meaning", gettext_lazy("Meaning")


RESPONSE = "response"
"""The measure of a result that says how many took part."""


class Question(models.Model):
    """A statement to agree with or not, in the languages of the house."""

    key = models.SlugField(max_length=40, unique=True)
    place = models.PositiveSmallIntegerField(default=0)
    dimension = models.CharField(max_length=20, choices=Dimension.choices)
    texts = models.JSONField(default=dict, help_text="Language to words: en, de.")
    turned = models.BooleanField(default=False, help_text="To agree is to say that it is bad.")
    source = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.texts.get("en", self.key)


class Every(models.TextChoices):
    NEVER = "never", gettext_lazy("Only when somebody opens one")
    MONTH = "month", gettext_lazy("Every month")
    TWO_MONTHS = "two_months", gettext_lazy("Every two months")
    QUARTER = "quarter", gettext_lazy("Every quarter")


class Rhythm(models.Model):
    """How often waves open by themselves; one row."""

    every = models.CharField(max_length=12, choices=Every.choices, default=Every.NEVER)
    open_days = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(3), MaxValueValidator(31)]
    )
    next_on = models.DateField(null=True, blank=True)
    fewest = models.PositiveSmallIntegerField(default=FEWEST, validators=[MinValueValidator(FEWEST)])
    fewest_comments = models.PositiveSmallIntegerField(
        default=FEWEST_COMMENTS, validators=[MinValueValidator(FEWEST_COMMENTS)]
    )


class WaveQuerySet(models.QuerySet):
    def open(self, now: datetime):
        return self.filter(opens_at__lte=now, closes_at__gt=now, counted_at=None)

    def to_count(self, now: datetime):
        return self.filter(closes_at__lte=now, counted_at=None)

    def counted(self):
        return self.filter(counted_at__isnull=False)


class Wave(models.Model):
    """One time of asking. What is asked, of which groups, and how few are too few is fixed when it opens."""

    number = models.PositiveIntegerField(unique=True)
    key = models.UUIDField(
        default=uuid.uuid4, unique=True, help_text="Names the file with the key of the box."
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    fewest = models.PositiveSmallIntegerField(default=FEWEST)
    fewest_comments = models.PositiveSmallIntegerField(default=FEWEST_COMMENTS)
    questions = models.JSONField(default=list)
    units = models.JSONField(default=list, help_text="Groups that results are for.")
    cells = models.JSONField(default=list, help_text="The smallest sets of people that groups tell apart.")
    by_slip = models.JSONField(
        default=list, help_text="Who answers with a slip of paper; emptied when counted."
    )
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    together = models.JSONField(
        default=dict, help_text="Dimension to Cronbach's alpha of its questions, in steps of 0.05."
    )
    counted_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Pulse {self.number}"

    @property
    def opened_on(self) -> date:
        return timezone.localdate(self.opens_at)

    @property
    def last_day(self) -> date:
        return timezone.localdate(self.closes_at - timedelta(seconds=1))

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at and self.counted_at is None


class Box(models.Model):
    """All answers of an open wave as one sealed value: no row, no time and no order of one answer. Emptied after."""

    wave = models.OneToOneField(Wave, models.CASCADE, primary_key=True, related_name="box")
    sealed = models.BinaryField(default=b"")


class Result(models.Model):
    """What was counted of a group, as blunt as it is shown: all that is kept of the answers."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="results")
    unit = models.CharField(max_length=120)
    measure = models.CharField(max_length=20, help_text="A dimension, or response.")
    n = models.PositiveIntegerField(help_text="Answers, down to fives.")
    value = models.PositiveSmallIntegerField(help_text="Points of 100; per cent of those asked for response.")
    half = models.PositiveSmallIntegerField(default=0, help_text="Half of the 95 % interval, in points.")
    shares = models.JSONField(
        default=list, help_text="Per cent below, at and above the middle; empty if too few."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "unit", "measure"], name="result_once")]
        ordering = ["wave", "unit", "measure"]

    @property
    def score(self) -> Score:
        return Score(self.n, self.value, self.half)


class Remark(models.Model):
    """A comment, with the groups whose readers may see it and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="remarks")
    units = models.JSONField(default=list)
    text = models.TextField()

    class Meta:
        ordering = ["id"]


class Kept(models.TextChoices):
    """What other systems know of a team, and how it is written."""

    ATTRITION = "attrition", gettext_lazy("People who left")
    ABSENCE = "absence", gettext_lazy("Absence")
    TENURE = "tenure", gettext_lazy("Years here")


class TeamFigure(models.Model):
    """A number of a team in a month, brought as a file: share who left, share of days absent, mean years here."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="figures")
    month = models.DateField(help_text="Its first day.")
    measure = models.CharField(max_length=20, choices=Kept.choices)
    value = models.FloatField()
    n = models.PositiveIntegerField(help_text="People it was computed of.")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "month", "measure"], name="team_figure_once")]
        ordering = ["team", "measure", "month"]
