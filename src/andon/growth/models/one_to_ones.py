"""Talks of two. What is written here is read by the two alone, and is never evidence of anything."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from andon.people import access
from andon.people.models import Line, Person


class OneToOneQuerySet(models.QuerySet):
    """How talks are looked up."""

    def visible_to(self, reader):
        """The two of it: the person always, the manager while they are above the person. Nobody else, ever."""
        if not access.at_work(reader):
            return self.none()
        above = Line.objects.filter(above=reader, below=OuterRef("person"))
        return self.filter(Q(person=reader) | Q(Exists(above), manager=reader))

    def of_pair(self, person, manager):
        return self.filter(person=person, manager=manager)


class OneToOne(models.Model):
    """A talk between somebody and their manager on a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="one_to_ones")
    manager = models.ForeignKey(Person, models.CASCADE, related_name="led_one_to_ones")
    on = models.DateField()
    planned_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OneToOneQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "manager", "on"], name="one_to_one_once")]

    def other(self, reader: Person) -> Person:
        return self.manager if reader.pk == self.person_id else self.person


class Jotted(models.Model):
    """Something one of the two wrote."""

    text = models.TextField()
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


class AgendaItem(Jotted):
    """Something one of the two wants to talk about; carried over until it was."""

    one_to_one = models.ForeignKey(OneToOne, models.CASCADE, related_name="agenda")


class Covered(models.Model):
    """It was talked about, in this talk or a later one."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="covered")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Note(Jotted):
    """What was said, for the two to remember."""

    one_to_one = models.ForeignKey(OneToOne, models.CASCADE, related_name="notes")


class ActionItem(Jotted):
    """What one of the two does until a day; carried over until it is done."""

    one_to_one = models.ForeignKey(OneToOne, models.CASCADE, related_name="actions")
    owner = models.ForeignKey(Person, models.CASCADE, related_name="one_to_one_actions")
    due = models.DateField()


class Done(models.Model):
    """An action was done."""

    action = models.OneToOneField(ActionItem, models.CASCADE, related_name="done")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
