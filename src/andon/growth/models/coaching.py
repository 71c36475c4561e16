"""Coaching: what was seen, what it did, what the person says, what was agreed, and how it went on."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _

from andon.growth.models.kept import Written
from andon.growth.models.passing import at_work, ower, within_reach
from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.standards.models import Standard


class CoachingQuerySet(models.QuerySet):
    """How coaching is looked up."""

    def about(self, person: Person):
        return self.filter(person=person)

    def about_standard(self, standard: Standard, mechanism: Mechanism | None):
        """About a standard, or about the mechanism that its measure belongs to."""
        about = Q(standard=standard)
        return self.filter(about | Q(mechanism=mechanism) if mechanism else about)

    def with_next(self):
        """With the day of the next follow-up: as agreed last, or none any more."""
        newest = FollowUp.objects.filter(coaching=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(
            last_follow_up=Subquery(newest.values("at")[:1]),
            next_on=Case(
                When(last_follow_up__isnull=True, then=F("follow_up_on")),
                default=Subquery(newest.values("next_on")[:1]),
            ),
        )

    def to_follow_up_by(self, person: Person):
        """What `person` has still to look back at, with people who work here."""
        near = self.filter(within_reach(person, "by"), at_work("person__"))
        waiting = near.with_next().filter(next_on__isnull=False)
        return waiting.annotate(owes=ower("by")).filter(owes=person.pk)

    def complete(self):
        """With all that its page shows, in a fixed number of queries."""
        return (
            self.with_next()
            .select_related("person", "by", "standard__job_role", "mechanism")
            .prefetch_related("follow_ups__by", "views__by", "views__confirmation", "corrections__by")
        )


class Coaching(Written):
    """One documented talk. Visible to the person at once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="coaching")
    standard = models.ForeignKey(Standard, models.PROTECT, null=True, blank=True, related_name="coaching")
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, null=True, blank=True, related_name="coaching")
    situation = models.TextField()
    behaviour = models.TextField()
    impact = models.TextField()
    agreed_action = models.TextField(blank=True)
    follow_up_on = models.DateField()
    process = models.JSONField(
        default=dict, help_text="How the mechanism stood when this was written: in_control, sentences."
    )

    objects = CoachingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"])]

    def __str__(self) -> str:
        return str(_("Coaching"))

    @property
    def their_view(self) -> str:
        """What the person says, in their own words or noted and confirmed by them; empty while they have not."""
        return "\n\n".join(view.text for view in self.views.all() if view.stands)


class View(Written):
    """How the person sees it: written by themselves, or noted by somebody with their consent."""

    coaching = models.ForeignKey(Coaching, models.PROTECT, related_name="views")
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]

    @property
    def own(self) -> bool:
        return self.by_id == self.coaching.person_id

    @property
    def stands(self) -> bool:
        """Own words stand at once; noted ones when the person has said that they are theirs."""
        confirmed = getattr(self, "confirmation", None)
        return self.own or bool(confirmed and confirmed.agrees)


class Confirmation(Written):
    """The person says whether a noted view is what they said."""

    view = models.OneToOneField(View, models.PROTECT, related_name="confirmation")
    agrees = models.BooleanField()


class Correction(Written):
    """What was wrong in a note. The note stays as it was."""

    coaching = models.ForeignKey(Coaching, models.PROTECT, related_name="corrections")
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]


class FollowUp(Written):
    """Looking back together: what became of the agreed action, on both sides."""

    class Part(models.TextChoices):
        DONE = "done", _("Done as agreed")
        PARTLY = "partly", _("Partly")
        NOT_YET = "not_yet", _("Not yet")
        NOTHING = "nothing", _("Nothing was agreed")

    coaching = models.ForeignKey(Coaching, models.PROTECT, related_name="follow_ups")
    outcome = models.TextField()
    words = models.TextField(blank=True)
    their_part = models.CharField(max_length=8, choices=Part.choices)
    our_part = models.CharField(max_length=8, choices=Part.choices)
    next_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["coaching", "at"])]
