"""A meeting that looks at cases alike: prepared, discussed, what changed and why, minutes. No quotas, no grades."""

from django.db import models

from andon.growth.models.kept import Written
from andon.people import access as people
from andon.people.models import Person
from andon.plans import access
from andon.plans.models.plans import Plan
from andon.standards.models import Standard


class MeetingQuerySet(models.QuerySet):
    """How meetings are looked up."""

    def visible_to(self, reader):
        """HR partners, and whoever was invited."""
        if not people.at_work(reader):
            return self.none()
        if access.is_hr(reader):
            return self
        return self.filter(invitations__person=reader)

    def complete(self):
        return self.select_related("by", "minutes__by").prefetch_related(
            "invitations__person", "remarks__by", "remarks__case"
        )


class Meeting(models.Model):
    """What it is about, when, and who prepared it."""

    title = models.CharField(max_length=160)
    on = models.DateField()
    purpose = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def closed(self) -> bool:
        return hasattr(self, "minutes")


class Invitation(models.Model):
    """Somebody takes part."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="invited_once")]


class CaseQuerySet(models.QuerySet):
    """How cases are looked up."""

    def visible_to(self, reader):
        """A standard names nobody. A plan only those who may see that plan."""
        plans = Plan.objects.visible_to(reader).order_by().values("pk")
        return self.filter(models.Q(plan__isnull=True) | models.Q(plan__in=plans))


class Case(models.Model):
    """One standard, or one plan, with the question that is to be talked over."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="cases")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]


class Remark(Written):
    """What was said, of one case or of all."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="remarks")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="remarks")
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]


class Change(Written):
    """What is different after the meeting: what it was, what it is now, and why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="changes")
    before = models.TextField()
    after = models.TextField()
    reason = models.TextField()

    class Meta:
        ordering = ["at", "pk"]


class Minutes(Written):
    """What came of it. Closes the meeting: nothing is added afterwards."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    text = models.TextField()
