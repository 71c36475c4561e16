"""Mentoring: offered, asked for, agreed, ended. Between two people; nobody else is told."""

from django.db import models

from andon.growth import reach
from andon.people.models import Person


class MentorOffer(models.Model):
    """Somebody would be a mentor in something. One offer a person."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="mentor_offer")
    about = models.CharField(max_length=200)
    since = models.DateTimeField()

    class Meta:
        ordering = ["person__name"]


class MentoringQuerySet(models.QuerySet):
    """How mentorings are looked up."""

    def visible_to(self, person):
        return reach.between(self, person, "mentee", "mentor")

    def going_on(self):
        return self.filter(agreed_at__isnull=False, ended_at=None)

    def waiting(self):
        return self.filter(agreed_at=None, declined_at=None, ended_at=None)


class Mentoring(models.Model):
    """From asking to the end; a decline gives no reason."""

    mentee = models.ForeignKey(Person, models.CASCADE, related_name="mentorings")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="mentorings_given")
    about = models.TextField()
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MentoringQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(mentee=models.F("mentor")), name="nobody_mentors_themselves"
            )
        ]
